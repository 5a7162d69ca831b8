import { z } from "zod";
import type { Actor } from "../domain/person";
import type { Ports } from "../domain/ports";
import { type Outcome, refused } from "../domain/problem";
import { themeName } from "../domain/theme";
import { checkInput, themeIdSchema, versionSchema } from "./check-input";
import { decideTheme, whenOpen } from "./decide-theme";
import { findListedTheme } from "./find-listed-theme";

const chooseIssue = "Write the reference of one of its issues";

export const moveIssueThemeSchema = z.object({
  theme: themeIdSchema,
  version: versionSchema,
  /** Reference of an issue in the theme. */
  issue: z
    .string({ required_error: chooseIssue, invalid_type_error: chooseIssue })
    .trim()
    .toUpperCase()
    .min(1, chooseIssue)
    .max(20, chooseIssue),
  into: themeIdSchema,
});

/** Moves an issue that the actor may read from its theme to another one. It stays there through every analysis. */
export async function moveIssueTheme(ports: Ports, actor: Actor, input: unknown): Promise<Outcome<{ theme: string }>> {
  const checked = checkInput(moveIssueThemeSchema, input);
  if (!checked.ok) return checked;
  const { issue: reference, into, ...request } = checked.value;
  return decideTheme(ports, actor, request, async (now) => {
    const invalid = (field: string, message: string) => refused({ kind: "invalid", fields: [{ field, message }] });
    const issue = await ports.issues.byReference(actor, reference);
    const [member] = issue ? await ports.themeDesk.themes.membersOf([issue.id]) : [];
    if (!issue || member?.theme !== now.theme.id) return invalid("issue", "There is no such issue in this theme");
    const other = await findListedTheme(ports, actor, into);
    if (!other || other.id === now.theme.id) return invalid("into", "Choose another theme");
    return whenOpen(now, { kind: "move", issue: issue.id, into: other.id, intoName: themeName(other) });
  });
}
