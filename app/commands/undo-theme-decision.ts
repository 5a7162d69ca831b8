import { z } from "zod";
import type { Actor } from "../domain/person";
import type { Ports } from "../domain/ports";
import { done, type Outcome, refused } from "../domain/problem";
import { closingDecision, standing } from "../domain/theme-decision";
import { checkInput, themeIdSchema, versionSchema } from "./check-input";
import { decideTheme } from "./decide-theme";

export const undoThemeDecisionSchema = z.object({
  theme: themeIdSchema,
  version: versionSchema,
  /** Version of the theme that the decision was made on. */
  of: versionSchema,
});

/** Takes back one decision. What was decided of the same kind before or after it holds again, or still. */
export async function undoThemeDecision(
  ports: Ports,
  actor: Actor,
  input: unknown,
): Promise<Outcome<{ theme: string }>> {
  const checked = checkInput(undoThemeDecisionSchema, input);
  if (!checked.ok) return checked;
  const { of, ...request } = checked.value;
  return decideTheme(ports, actor, request, ({ theme, decisions }) => {
    const decision = standing(decisions).find((each) => each.theme === theme.id && each.version === of);
    if (!decision) return refused({ kind: "already-done", what: "This was undone already" });
    const closing = closingDecision(theme.id, decisions);
    if (closing && closing !== decision && closing.kind === "merge")
      return refused({ kind: "already-done", what: "This theme was merged into another. Undo that first." });
    return done({ kind: "undo", of });
  });
}
