import { z } from "zod";
import type { Actor } from "../domain/person";
import type { Ports } from "../domain/ports";
import { type Outcome, refused } from "../domain/problem";
import { checkInput, themeIdSchema, versionSchema } from "./check-input";
import { decideTheme, stands, whenOpen } from "./decide-theme";

export const pinThemeSchema = z.object({ theme: themeIdSchema, version: versionSchema });

/** Keeps a theme listed and marked, also when an analysis does not find it again. */
export async function pinTheme(ports: Ports, actor: Actor, input: unknown): Promise<Outcome<{ theme: string }>> {
  const checked = checkInput(pinThemeSchema, input);
  if (!checked.ok) return checked;
  return decideTheme(ports, actor, checked.value, (now) => {
    if (stands(now, "pin")) return refused({ kind: "already-done", what: "It is pinned already" });
    return whenOpen(now, { kind: "pin" });
  });
}
