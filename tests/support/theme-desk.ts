import type { ThemeMember } from "../../app/domain/theme";
import type { ThemeDesk } from "../../app/domain/theme-ports";
import type { Storage } from "../../app/storage/connect";

/** A desk over real stores: everybody knows of every theme but those named, and what is shown is remembered. */
export function storeDesk(store: Pick<Storage, "themes" | "themeDecisions">, unknown: ReadonlySet<string> = new Set()) {
  const shown: ThemeMember[] = [];
  const desk: ThemeDesk = {
    themes: store.themes,
    decisions: store.themeDecisions,
    isKnown: async (_actor, theme) => !unknown.has(theme),
    show: async (members) => void shown.push(...members),
  };
  return { desk, shown };
}
