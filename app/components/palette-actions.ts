import type { IconName } from "./icon";

/** A page, or something to do, that the palette leads to. */
export interface PaletteAction {
  name: string;
  to: string;
  icon: IconName;
  /** Other words people look for it by. */
  words: string;
  /** The single keys that lead there too. */
  keys?: string;
}

const pages: readonly PaletteAction[] = [
  { name: "Home", to: "/", icon: "home", words: "what needs you start", keys: "g h" },
  { name: "Board", to: "/issues", icon: "board", words: "issues columns all", keys: "g b" },
  { name: "Table of issues", to: "/issues?view=table", icon: "table", words: "board list" },
  { name: "My issues", to: "/issues?mine=1", icon: "board", words: "board mine own" },
  { name: "Overdue issues", to: "/issues?overdue=1", icon: "late", words: "board late clock" },
  { name: "Inbox", to: "/inbox", icon: "inbox", words: "notices unread", keys: "g i" },
  { name: "Search", to: "/search", icon: "search", words: "find everything", keys: "g s" },
  { name: "Saved searches", to: "/search/saved", icon: "star", words: "find keep tell" },
  { name: "Help", to: "/help", icon: "help", words: "keys marks guide" },
  { name: "You and this device", to: "/more", icon: "people", words: "settings appearance dark light role hat keys" },
  { name: "Sign out", to: "/sign-out", icon: "out", words: "leave log off" },
];

const raising: PaletteAction = {
  name: "Raise an issue",
  to: "/issues/new",
  icon: "plus",
  words: "new report create",
  keys: "c",
};

/** What the palette leads this person to without searching: raising, pages, the searches they have kept. */
export function paletteActions(
  mayRaise: boolean,
  saved: readonly { name: string; to: string }[],
): readonly PaletteAction[] {
  const kept = saved.map(({ name, to }): PaletteAction => ({ name, to, icon: "star", words: "saved search" }));
  return [...(mayRaise ? [raising] : []), ...pages, ...kept];
}

/** Those whose name or words every word of the text begins, those whose name begins with it first. */
export function matchingActions(all: readonly PaletteAction[], text: string): readonly PaletteAction[] {
  const wanted = wordsOf(text);
  if (wanted.length === 0) return all;
  const begins = text.trim().toLowerCase();
  return all
    .filter((each) => wanted.every((word) => wordsOf(`${each.name} ${each.words}`).some((own) => own.startsWith(word))))
    .map((each) => ({ each, rank: each.name.toLowerCase().startsWith(begins) ? 0 : 1 }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ each }) => each);
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
