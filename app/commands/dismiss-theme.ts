import { z } from "zod";
import type { Actor } from "../domain/person";
import type { Ports } from "../domain/ports";
import type { Outcome } from "../domain/problem";
import { decisionLimits } from "../domain/theme-decision";
import { checkInput, requiredText, themeIdSchema, versionSchema, withoutIdentifier } from "./check-input";
import { decideTheme, whenOpen } from "./decide-theme";

export const dismissThemeSchema = z.object({
  theme: themeIdSchema,
  version: versionSchema,
  why: withoutIdentifier(requiredText(decisionLimits.why, "Say why it is no theme")),
});

/** Takes a theme off every list, with a reason. Its page stays, and no new issue joins it. */
export async function dismissTheme(ports: Ports, actor: Actor, input: unknown): Promise<Outcome<{ theme: string }>> {
  const checked = checkInput(dismissThemeSchema, input);
  if (!checked.ok) return checked;
  const { why, ...request } = checked.value;
  return decideTheme(ports, actor, request, (now) => whenOpen(now, { kind: "dismiss", why }));
}
