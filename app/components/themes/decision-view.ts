import { standing, type ThemeDecision } from "../../domain/theme-decision";
import { momentWords } from "../../web/time-words";

/** A decision as the page of a theme lists it. */
export interface DecisionLine {
  key: string;
  /** Who and when: "Sam Lee, Monday 10:31". */
  who: string;
  what: string;
  /** Reference and title of an issue that was moved. */
  issue?: { reference: string; title: string };
  /** Version to be taken back. Absent where it was, or is taken back on another theme's page. */
  undo?: number;
  isUndone: boolean;
}

/**
 * Decisions about this theme, and those that brought issues into it, the newest first. A moved issue is named to those
 * who may read it; for others there is no such line.
 */
export function decisionLines(
  theme: string,
  decisions: readonly ThemeDecision[],
  issues: ReadonlyMap<string, { reference: string; title: string }>,
  now: Date,
): DecisionLine[] {
  const held = new Set(standing(decisions));
  const about = decisions.filter((each) => each.theme === theme || ("into" in each && each.into === theme));
  return about.reverse().flatMap((each): DecisionLine[] => {
    const undone =
      each.kind === "undo" ? decisions.find((one) => one.theme === theme && one.version === each.of) : each;
    const issue = undone?.kind === "move" ? issues.get(undone.issue) : undefined;
    if (!undone || (undone.kind === "move" && !issue)) return [];
    return [
      {
        key: `${each.theme} ${each.version}`,
        who: `${each.by.name}, ${momentWords(each.at, now)}`,
        what: each.kind === "undo" ? `undid: ${whatOf(undone, theme)}` : whatOf(each, theme),
        ...(issue ? { issue } : {}),
        ...(each.theme === theme && held.has(each) ? { undo: each.version } : {}),
        isUndone: each.kind !== "undo" && !held.has(each),
      },
    ];
  });
}

function whatOf(decision: ThemeDecision, theme: string): string {
  switch (decision.kind) {
    case "name":
      return `named it “${decision.name}”`;
    case "describe":
      return `described it: “${decision.description}”`;
    case "confirm":
      return "confirmed it";
    case "pin":
      return "pinned it";
    case "dismiss":
      return `dismissed it: “${decision.why}”`;
    case "merge":
      return decision.theme === theme
        ? `merged it into “${decision.intoName}”`
        : `merged “${decision.themeName}” into it`;
    case "move":
      return decision.theme === theme
        ? `moved an issue to “${decision.intoName}”`
        : `moved an issue here from “${decision.themeName}”`;
    case "undo":
      return "undid a decision";
  }
}

/** Issues that decisions about this theme moved. */
export function issuesMoved(theme: string, decisions: readonly ThemeDecision[]): string[] {
  const moves = decisions.flatMap((each) =>
    each.kind === "move" && (each.theme === theme || each.into === theme) ? [each.issue] : [],
  );
  return [...new Set(moves)];
}
