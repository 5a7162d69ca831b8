import { mayDecideThemes } from "../domain/permission";
import { type Actor, authorOf } from "../domain/person";
import type { Ports } from "../domain/ports";
import { done, type Outcome, refused } from "../domain/problem";
import { type Theme, type ThemeMember, type ThemeWishes, themeName } from "../domain/theme";
import {
  closingDecision,
  type Decided,
  type DecisionKind,
  placing,
  replaced,
  standing,
  type ThemeDecision,
  wishesOf,
} from "../domain/theme-decision";

export interface ThemeRequest {
  theme: string;
  /** The version the person saw. */
  version: number;
}

/** What a decision is made on. */
export interface ThemeNow {
  theme: Theme;
  /** All decisions about all themes. */
  decisions: readonly ThemeDecision[];
}

const verbs: Readonly<Record<DecisionKind, string>> = {
  name: "named this theme",
  describe: "described this theme",
  confirm: "confirmed this theme",
  pin: "pinned this theme",
  dismiss: "dismissed this theme",
  merge: "merged this theme",
  move: "moved an issue of this theme",
  undo: "took back a decision on this theme",
};

/**
 * Adds a decision about a theme that the actor knows of, and has it seen everywhere. The version it was made on is its
 * own: whoever comes second is told who was first.
 */
export async function decideTheme(
  ports: Ports,
  actor: Actor,
  request: ThemeRequest,
  decide: (now: ThemeNow) => Outcome<Decided> | Promise<Outcome<Decided>>,
): Promise<Outcome<{ theme: string }>> {
  const { themes, decisions: store, isKnown } = ports.themeDesk;
  const theme = (await isKnown(actor, request.theme)) ? await themes.theme(request.theme) : null;
  if (!theme) return refused({ kind: "not-found" });
  if (!mayDecideThemes(actor)) return refused({ kind: "not-allowed", action: "decide-theme" });
  const decisions = await store.all();
  if (decisions.some((each) => each.theme === theme.id && each.version >= request.version))
    return outOfDate(ports, theme.id, request.version);
  const decided = await decide({ theme, decisions });
  if (!decided.ok) return decided;
  const decision: ThemeDecision = {
    ...decided.value,
    theme: theme.id,
    themeName: themeName(theme),
    version: request.version,
    by: authorOf(actor),
    at: ports.now(),
  };
  if (request.version !== theme.version || !(await store.append(decision)))
    return outOfDate(ports, theme.id, request.version);
  await settle(ports, theme.id);
  return done({ theme: theme.id });
}

/** Refuses what cannot be decided about a theme that was dismissed or taken in by another. */
export function whenOpen({ theme, decisions }: ThemeNow, decided: Decided): Outcome<Decided> {
  const closing = closingDecision(theme.id, decisions);
  if (!closing) return done(decided);
  const what = closing.kind === "merge" ? "was merged into another" : "was dismissed";
  return refused({ kind: "already-done", what: `This theme ${what}. Undo that first.` });
}

/** Whether a decision of this kind about the theme stands. */
export function stands({ theme, decisions }: ThemeNow, kind: DecisionKind): boolean {
  return standing(decisions).some((each) => each.theme === theme.id && each.kind === kind);
}

/** What was decided is finished first, should its writer have been cut off. */
async function outOfDate(ports: Ports, theme: string, version: number): Promise<Outcome<never>> {
  await settle(ports, theme);
  const found = (await ports.themeDesk.decisions.all()).filter((each) => each.theme === theme).at(-1);
  const first =
    found && found.version >= version ? `${found.by.name} ${verbs[found.kind]}` : "Somebody decided on this theme";
  const what = `${first} while you were writing. Look at what changed, then decide again.`;
  return refused({ kind: "already-done", what });
}

/** Writes what all decisions together come to: the theme's wishes, and where its issues stand. May be done twice. */
async function settle({ themeDesk }: Ports, id: string): Promise<void> {
  const { themes, decisions: store } = themeDesk;
  const decisions = await store.all();
  const own = decisions.filter((each) => each.theme === id);
  const last = own.at(-1);
  const theme = await themes.theme(id);
  if (!theme || !last) return;
  if (theme.version === last.version) await themes.saveWishes(id, theme.version, changeOf(theme, decisions, last.at));
  await themeDesk.show(await refile(themes, own, decisions));
}

const wishFields = ["name", "description", "confirmed", "pinned", "dismissed", "mergedInto"] as const;

function changeOf(theme: Theme, decisions: readonly ThemeDecision[], now: Date) {
  const wishes = wishesOf(theme.id, decisions);
  const before = themeName(theme);
  const isRenamed = before !== (wishes.name ?? theme.label);
  const set: Partial<ThemeWishes> = { ...wishes };
  // A name that was taken back was never meant: nobody looks for it.
  const held = new Set(standing(decisions));
  const gone = decisions.flatMap((each) => (each.kind === "name" && !held.has(each) ? [each.name] : []));
  const unwanted = new Set([...gone, wishes.name ?? theme.label]);
  if (isRenamed)
    set.formerNames = [...theme.formerNames, { name: before, until: now }].filter(({ name }) => !unwanted.has(name));
  return { set, unset: wishFields.filter((field) => wishes[field] === undefined) };
}

const issuesAtOnce = 500;

/** Puts the issues that the newest decision is about where people want them. Gives those that moved. */
async function refile(
  themes: Ports["themeDesk"]["themes"],
  own: readonly ThemeDecision[],
  decisions: readonly ThemeDecision[],
): Promise<ThemeMember[]> {
  const last = own.at(-1);
  const about = last?.kind === "undo" ? own.find((each) => each.version === last.of) : last;
  if (!about || (about.kind !== "merge" && about.kind !== "move")) return [];
  const issues = about.kind === "move" ? [about.issue] : await issuesOfBoth(themes, about, decisions);
  const moved: ThemeMember[] = [];
  for (let from = 0; from < issues.length; from += issuesAtOnce)
    moved.push(...replaced(await themes.membersOf(issues.slice(from, from + issuesAtOnce)), decisions));
  await themes.putMembers(moved);
  return moved;
}

/** Issues in the theme that was taken in, and in the one that holds it, also where that was taken in itself. */
async function issuesOfBoth(
  themes: Ports["themeDesk"]["themes"],
  { theme, into }: { theme: string; into: string },
  decisions: readonly ThemeDecision[],
): Promise<string[]> {
  const holds = placing(decisions)("", into, "analysis").theme ?? into;
  const found = await Promise.all([...new Set([theme, into, holds])].map((id) => themes.issuesOf(id)));
  return found.flat();
}
