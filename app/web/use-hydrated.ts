import { useSyncExternalStore } from "react";

/** Whether scripts run on this page: false on the server and during hydration, so that both draw the same. */
export function useHydrated(): boolean {
  return useSyncExternalStore(never, yes, no);
}

const never = () => () => {};
const yes = () => true;
const no = () => false;
