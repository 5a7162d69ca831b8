import { z } from "zod";
import type { Actor } from "../domain/person";
import type { Ports } from "../domain/ports";
import type { Outcome } from "../domain/problem";
import { decisionLimits } from "../domain/theme-decision";
import { checkInput, requiredText, themeIdSchema, versionSchema, withoutIdentifier } from "./check-input";
import { decideTheme, whenOpen } from "./decide-theme";

export const describeThemeSchema = z.object({
  theme: themeIdSchema,
  version: versionSchema,
  description: withoutIdentifier(requiredText(decisionLimits.description, "Say what its issues have in common")),
});

/** Says in a person's words what the issues of a theme have in common. */
export async function describeTheme(ports: Ports, actor: Actor, input: unknown): Promise<Outcome<{ theme: string }>> {
  const checked = checkInput(describeThemeSchema, input);
  if (!checked.ok) return checked;
  const { description, ...request } = checked.value;
  return decideTheme(ports, actor, request, (now) => whenOpen(now, { kind: "describe", description }));
}
