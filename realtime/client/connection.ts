import { useEffect, useSyncExternalStore } from "react";
import type { ConnectionState } from "./live-link";
import { liveLink } from "./socket";

export type { ConnectionState };

/**
 * Keeps the tab's connection in the name of whoever is signed in: give it `person` and hat in one string, or null when
 * nobody is. Called once, by the shell: another identity means another connection.
 */
export function useLiveSession(identity: string | null): void {
  useEffect(() => liveLink().identify(identity), [identity]);
  useEffect(() => {
    const looked = () => document.visibilityState === "visible" && liveLink().lookAgain();
    addEventListener("focus", looked);
    document.addEventListener("visibilitychange", looked);
    return () => {
      removeEventListener("focus", looked);
      document.removeEventListener("visibilitychange", looked);
    };
  }, []);
}

/** How the live connection is, for the "Live" mark. On the server and before hydration: `idle`. */
export function useConnection(): ConnectionState {
  return useSyncExternalStore(subscribe, current, onServer);
}

const subscribe = (listener: () => void) => liveLink().onState(listener);
const current = () => liveLink().state;
const onServer = (): ConnectionState => "idle";
