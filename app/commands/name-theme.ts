import { z } from "zod";
import type { Actor } from "../domain/person";
import type { Ports } from "../domain/ports";
import { type Outcome, refused } from "../domain/problem";
import { themeName } from "../domain/theme";
import { decisionLimits } from "../domain/theme-decision";
import { checkInput, requiredText, themeIdSchema, versionSchema, withoutIdentifier } from "./check-input";
import { decideTheme, whenOpen } from "./decide-theme";

export const nameThemeSchema = z.object({
  theme: themeIdSchema,
  version: versionSchema,
  name: withoutIdentifier(requiredText(decisionLimits.name, "Write a name that people will know it by")),
});

/** Gives a theme a name in place of its label. What it was called stays beside it for a while. */
export async function nameTheme(ports: Ports, actor: Actor, input: unknown): Promise<Outcome<{ theme: string }>> {
  const checked = checkInput(nameThemeSchema, input);
  if (!checked.ok) return checked;
  const { name, ...request } = checked.value;
  return decideTheme(ports, actor, request, (now) => {
    if (themeName(now.theme) === name) return refused({ kind: "already-done", what: "It is called that already" });
    return whenOpen(now, { kind: "name", name });
  });
}
