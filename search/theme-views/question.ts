import type { Directory } from "../../app/domain/directory";
import { type Evidence, emergingThemes } from "../../app/domain/emerging";
import { audienceKeys } from "../../app/domain/permission";
import type { Actor } from "../../app/domain/person";
import { isListed, type Theme, type ThemeGroup } from "../../app/domain/theme";
import type { Intervention, ThemeRun } from "../../app/domain/theme-ports";
import type { ThemeQuery } from "../../app/domain/theme-query";
import type { ThemePageFacts } from "../../app/domain/theme-views";
import { londonDay } from "../../app/domain/working-days";
import { dayNumber, dayText } from "./days";
import type { FactTable } from "./fact-table";
import { type Raiser, raisersOf } from "./raisers";
import { weeksBackOf } from "./series";
import { type Sieve, sieveOf } from "./sieve";
import { type Looking, lookingOf } from "./sight";

/** What is known of themes at one moment: the table and what people and analyses say of them. */
export interface ThemeFacts {
  table: FactTable;
  themes: ReadonlyMap<string, Theme>;
  groups: ReadonlyMap<string, ThemeGroup>;
  analysis: ThemeRun | null;
  running: ThemeRun | null;
  /** Revision of members up to which the table is. */
  version: number;
}

/** One question by one person, with what all views work out first. */
export interface Question {
  facts: ThemeFacts;
  table: FactTable;
  directory: Directory;
  actor: Actor;
  query: ThemeQuery;
  now: Date;
  today: number;
  looking: Looking;
  raisers: readonly (Raiser | undefined)[];
  /** With every filter of the query. */
  sieve: Sieve;
  /** Without Place, organisation and service: what parts are parts of. */
  wholeSieve: Sieve;
  /** Another question by the same person. */
  sieving(query: ThemeQuery): Sieve;
  /** Listed themes, with their numbers in the table. */
  listed: readonly { theme: Theme; at: number }[];
  interventions: ReadonlyMap<string, readonly Intervention[]>;
}

export interface QuestionParts {
  facts: ThemeFacts;
  directory: Directory;
  now: Date;
  interventions: ReadonlyMap<string, readonly Intervention[]>;
}

export function questionOf(parts: QuestionParts, actor: Actor, query: ThemeQuery): Question {
  const { facts, directory, now } = parts;
  const { table } = facts;
  const raisers = raisersOf(table, directory);
  const sieving = { table, directory, raisers, keys: audienceKeys(actor) };
  const { place: _, organisation: __, service: ___, ...whole } = query;
  const isPart = query.place !== undefined || query.organisation !== undefined || query.service !== undefined;
  const sieve = sieveOf(sieving, query);
  return {
    ...parts,
    table,
    actor,
    query,
    today: dayNumber(londonDay(now)),
    looking: lookingOf(directory, actor, query, now),
    raisers,
    sieve,
    wholeSieve: isPart ? sieveOf(sieving, whole) : sieve,
    sieving: (other) => sieveOf(sieving, other),
    listed: [...facts.themes.values()].filter(isListed).map((theme) => ({ theme, at: table.themes.of(theme.id) })),
  };
}

export function pageFacts({ facts, query, looking }: Question): ThemePageFacts {
  return {
    query,
    seen: looking.seen,
    window: { from: dayText(looking.from), until: dayText(looking.until) },
    analysis: facts.analysis,
    running: facts.running,
    version: facts.version,
  };
}

/** Evidence of every listed theme by its id, judged together. Empty where the numbers may not be seen exactly. */
export function evidenceOf(question: Question): Map<string, Evidence> {
  const { table, sieve, today, listed, looking, query } = question;
  // With dates in the past there is no "this week".
  if (looking.seen !== "exact" || query.until !== undefined) return new Map();
  const weeks = weeksBackOf(table, sieve, today);
  const watched = listed.flatMap(({ theme, at }) => {
    const each = weeks[at];
    return each ? [{ theme: theme.id, ...each }] : [];
  });
  return new Map(emergingThemes(watched).map((each) => [each.theme, each]));
}
