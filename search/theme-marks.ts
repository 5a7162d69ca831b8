import { isListed, themeName } from "../app/domain/theme";
import type { ThemeStore } from "../app/domain/theme-ports";

/** What search knows of themes: which one an issue is in, and what each is called. */
export interface ThemeMarks {
  /** The theme of each of these issues that has one. */
  of(issues: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Names of the themes that pages list, by id. */
  names(): Promise<ReadonlyMap<string, string>>;
}

/** Names change by a person's hand or at night: what was read stands for so long. */
const namesForMs = 10_000;

export function themeMarks(store: Pick<ThemeStore, "membersOf" | "themes">): ThemeMarks {
  let read: { names: Promise<ReadonlyMap<string, string>>; at: number } | undefined;
  const readNames = async () => {
    const listed = (await store.themes()).filter(isListed);
    return new Map(listed.map((theme) => [theme.id, themeName(theme)]));
  };
  return {
    async of(issues) {
      const members = await store.membersOf(issues);
      return new Map(members.flatMap(({ issue, theme }) => (theme ? [[issue, theme] as const] : [])));
    },
    names() {
      if (!read || performance.now() - read.at > namesForMs) {
        const names = readNames();
        read = { names, at: performance.now() };
        names.catch(() => {
          read = undefined;
        });
      }
      return read.names;
    },
  };
}
