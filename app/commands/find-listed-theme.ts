import type { Actor } from "../domain/person";
import type { Ports } from "../domain/ports";
import { isListed, type Theme } from "../domain/theme";

/** A theme that others are merged into and issues moved to: one that is listed, and known to the actor. */
export async function findListedTheme({ themeDesk }: Ports, actor: Actor, id: string): Promise<Theme | null> {
  if (!(await themeDesk.isKnown(actor, id))) return null;
  const theme = await themeDesk.themes.theme(id);
  return theme && isListed(theme) ? theme : null;
}
