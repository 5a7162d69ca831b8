import type { Commands } from "../../commands/bind-commands";
import type { DecisionRefused } from "../../components/themes/decide-panel";
import { decisionLines, issuesMoved } from "../../components/themes/decision-view";
import { mayDecideThemes } from "../../domain/permission";
import type { Actor } from "../../domain/person";
import type { Problem } from "../../domain/problem";
import type { ThemeQuery } from "../../domain/theme-query";
import type { Board } from "../../web/load-context";
import { fieldProblems, problemWords } from "../../web/problem-words";
import { labelsOf } from "../../web/typed-back";

/** What each form of decisions does. The name of the form is also the prefix of its fields. */
export const verbs = {
  name: "nameTheme",
  describe: "describeTheme",
  confirm: "confirmTheme",
  pin: "pinTheme",
  dismiss: "dismissTheme",
  merge: "mergeThemes",
  move: "moveIssueTheme",
  undo: "undoThemeDecision",
} as const satisfies Record<string, keyof Commands>;
export type Verb = keyof typeof verbs;

export function isVerb(value: unknown): value is Verb {
  return typeof value === "string" && Object.hasOwn(verbs, value);
}

/** What was typed, shown back to somebody who was signed out meanwhile. */
export const typedLabel = labelsOf({
  "name-name": "Name of the theme",
  "describe-description": "What do its issues have in common?",
  "dismiss-why": "Why is it no theme?",
  "move-issue": "Reference of the issue",
});

/** Who decided what about a theme, and what the viewer may decide. */
export async function readDecisions(board: Board, actor: Actor, theme: string, query: ThemeQuery) {
  const mayDecide = mayDecideThemes(actor);
  const decisions = await board.themeDecisions.all();
  const moved = await board.issues.summaries(actor, issuesMoved(theme, decisions));
  const issues = new Map(moved.map(({ id, reference, title }) => [id, { reference, title }]));
  return {
    mayDecide,
    lines: decisionLines(theme, decisions, issues, board.now()),
    others: mayDecide ? await otherThemes(board, actor, theme, query) : [],
  };
}

const collator = new Intl.Collator("en-GB", { numeric: true });

/** Themes that are listed, by name. */
async function otherThemes(board: Board, actor: Actor, theme: string, { period }: ThemeQuery) {
  const { practice, service } = await board.themes.explorer(actor, { harm: [], period });
  const named = new Map([...service, ...practice].map(({ id, name }) => [id, name]));
  named.delete(theme);
  return [...named].map(([id, name]) => ({ id, name })).sort((a, b) => collator.compare(a.name, b.name));
}

export function refusedBy(verb: Verb, problem: Problem, fields: DecisionRefused["fields"]): DecisionRefused {
  const problems = fieldProblems(problem).map((each) => ({ ...each, field: `${verb}-${each.field}` }));
  return { verb, problems: problems.length > 0 ? problems : [{ field: "", message: problemWords(problem) }], fields };
}
