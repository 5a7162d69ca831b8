import { z } from "zod";
import type { Actor } from "../domain/person";
import type { Ports } from "../domain/ports";
import { type Outcome, refused } from "../domain/problem";
import { themeName } from "../domain/theme";
import { checkInput, themeIdSchema, versionSchema } from "./check-input";
import { decideTheme, whenOpen } from "./decide-theme";
import { findListedTheme } from "./find-listed-theme";

export const mergeThemesSchema = z.object({ theme: themeIdSchema, version: versionSchema, into: themeIdSchema });

/** Makes a theme part of another one: its issues follow, now and whenever an analysis finds it again. */
export async function mergeThemes(ports: Ports, actor: Actor, input: unknown): Promise<Outcome<{ theme: string }>> {
  const checked = checkInput(mergeThemesSchema, input);
  if (!checked.ok) return checked;
  const { into, ...request } = checked.value;
  return decideTheme(ports, actor, request, async (now) => {
    const other = await findListedTheme(ports, actor, into);
    if (!other || other.id === now.theme.id)
      return refused({ kind: "invalid", fields: [{ field: "into", message: "Choose another theme" }] });
    return whenOpen(now, { kind: "merge", into: other.id, intoName: themeName(other) });
  });
}
