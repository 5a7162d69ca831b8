import { z } from "zod";
import type { Actor } from "../domain/person";
import type { Ports } from "../domain/ports";
import { type Outcome, refused } from "../domain/problem";
import { checkInput, themeIdSchema, versionSchema } from "./check-input";
import { decideTheme, stands, whenOpen } from "./decide-theme";

export const confirmThemeSchema = z.object({ theme: themeIdSchema, version: versionSchema });

/** Says that a theme is real. It stays listed, also when an analysis does not find it again. */
export async function confirmTheme(ports: Ports, actor: Actor, input: unknown): Promise<Outcome<{ theme: string }>> {
  const checked = checkInput(confirmThemeSchema, input);
  if (!checked.ok) return checked;
  return decideTheme(ports, actor, checked.value, (now) => {
    if (stands(now, "confirm")) return refused({ kind: "already-done", what: "It is confirmed already" });
    return whenOpen(now, { kind: "confirm" });
  });
}
