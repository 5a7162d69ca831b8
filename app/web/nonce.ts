import { createContext, useContext } from "react";

/** The nonce of this response, for scripts and styles. Empty in the browser, which has no need to know it. */
export const NonceContext = createContext<string | undefined>(undefined);

export function useNonce(): string | undefined {
  return useContext(NonceContext);
}
