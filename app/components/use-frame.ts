import { useRouteLoaderData } from "@remix-run/react";
import type { Frame } from "./viewer";

/** What the frame of every page knows: system, viewer, appearance. Undefined only where the root itself failed. */
export function useFrame(): Frame | undefined {
  return useRouteLoaderData<() => Frame>("root");
}
