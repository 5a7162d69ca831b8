import { useEffect, useRef, useState, useSyncExternalStore } from "react";

/** Whether the device has a network. True on the server. */
function useOnline(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
}

function subscribe(changed: () => void): () => void {
  addEventListener("online", changed);
  addEventListener("offline", changed);
  return () => {
    removeEventListener("online", changed);
    removeEventListener("offline", changed);
  };
}

/** How long "Back online" stays. */
const backForMs = 6_000;

export type Network = "online" | "offline" | "back";

/** Offline, just back, or neither. */
export function useNetwork(): Network {
  const online = useOnline();
  const [back, setBack] = useState(false);
  const wasOffline = useRef(false);
  useEffect(() => {
    if (!online) {
      wasOffline.current = true;
      setBack(false);
      return;
    }
    if (!wasOffline.current) return;
    wasOffline.current = false;
    setBack(true);
    const timer = setTimeout(() => setBack(false), backForMs);
    return () => clearTimeout(timer);
  }, [online]);
  if (!online) return "offline";
  return back ? "back" : "online";
}
