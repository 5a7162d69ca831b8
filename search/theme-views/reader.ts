import type { Directory } from "../../app/domain/directory";
import type { Finder } from "../../app/domain/find-ports";
import { systemKey } from "../../app/domain/permission";
import type { Actor } from "../../app/domain/person";
import type { Intervention, InterventionSource } from "../../app/domain/theme-ports";
import { type ThemeQuery, wholeThemeQuery } from "../../app/domain/theme-query";
import type { Series, ThemeReader } from "../../app/domain/theme-views";
import { londonDay } from "../../app/domain/working-days";
import { breadthView } from "./breadth-dots";
import { dayNumber } from "./days";
import { explorerView } from "./explorer";
import { filterBar } from "./filters";
import { flowView } from "./flow";
import type { LiveFacts } from "./live-facts";
import { mapView } from "./map";
import { placesView } from "./places";
import { type Question, questionOf, type ThemeFacts } from "./question";
import { quietView } from "./quiet";
import { raisersOf } from "./raisers";
import { reportView } from "./report";
import { countPeriods, datedCounts, seriesOf } from "./series";
import { passes, sieveOf } from "./sieve";
import { storyView } from "./story";

export interface ThemeReaderParts {
  facts: LiveFacts;
  directory: Directory;
  /** Where changes and projects are kept; without it there are none. */
  interventions?: InterventionSource;
  finder: Pick<Finder, "find">;
  now(): Date;
}

/** Everything theme pages read: one question, worked out over the table of facts with the asker's rights. */
export function createThemeReader(parts: ThemeReaderParts): ThemeReader {
  const { facts, directory, now } = parts;
  const interventionsOf = async (ids: readonly string[]) =>
    byTheme((await parts.interventions?.interventionsOf(ids)) ?? []);
  const projectsOf = async (ids: readonly string[]) => (await parts.interventions?.projectsOf(ids)) ?? [];
  const ask = async (actor: Actor, query: ThemeQuery): Promise<Question> => {
    const known = await facts.current();
    const interventions = await interventionsOf([...known.themes.keys()]);
    return questionOf({ facts: known, directory, now: now(), interventions }, actor, query);
  };
  return {
    explorer: async (actor, query) => explorerView(await ask(actor, query)),
    map: async (actor, query) => mapView(await ask(actor, query)),
    async story(actor, id, query) {
      const question = await ask(actor, query);
      const theme = question.facts.themes.get(id);
      return theme ? storyView(question, theme, await projectsOf([id])) : null;
    },
    places: async (actor, query) => placesView(await ask(actor, query)),
    flow: async (actor, query) => flowView(await ask(actor, query)),
    breadth: async (actor, query, side) => breadthView(await ask(actor, query), side),
    quiet: async (actor, query) => quietView(await ask(actor, query)),
    async report(actor, query) {
      const question = await ask(actor, query);
      const ids = question.listed.map(({ theme }) => theme.id);
      return reportView(question, await projectsOf(ids));
    },
    filters: (actor, query) => filterBar(parts, actor, query),
    async systemSeries(period, themes) {
      const known = await facts.current();
      const ids = themes ?? [...known.themes.keys()];
      const interventions = await interventionsOf(ids);
      return systemSeries(known, directory, now(), { period, ids, interventions });
    },
    newSince: async (actor, query, version) => newSince(await ask(actor, query), version),
  };
}

function byTheme(all: readonly Intervention[]): Map<string, Intervention[]> {
  const found = new Map<string, Intervention[]>();
  for (const each of all) found.set(each.theme, [...(found.get(each.theme) ?? []), each]);
  return found;
}

/** Practices' chart of each theme; the services' where practices say nothing. */
function systemSeries(
  { table }: ThemeFacts,
  directory: Directory,
  now: Date,
  asked: { period: ThemeQuery["period"]; ids: readonly string[]; interventions: Map<string, Intervention[]> },
): Map<string, Series> {
  const sieving = { table, directory, raisers: raisersOf(table, directory), keys: [systemKey] };
  const sieve = sieveOf(sieving, wholeThemeQuery);
  const periods = countPeriods(table, sieve, { period: asked.period, today: dayNumber(londonDay(now)) });
  const found = new Map<string, Series>();
  for (const id of asked.ids) {
    const at = table.themes.find(id);
    if (at < 0) continue;
    const of = (side: 0 | 1) =>
      seriesOf(datedCounts(periods, side, at), asked.period, asked.interventions.get(id) ?? []);
    const series = of(0) ?? of(1);
    if (series) found.set(id, series);
  }
  return found;
}

/** Nothing for whoever sees rounded numbers: they are over whole months and do not change by the hour. */
function newSince({ table, sieve, looking }: Question, version: number): number {
  if (looking.seen !== "exact") return 0;
  let count = 0;
  for (let report = 0; report < table.reports; report++) {
    const day = table.reportDay[report]!;
    if (table.reportArrival[report]! <= version || day < looking.from || day >= looking.until) continue;
    if (passes(sieve, table, report)) count++;
  }
  return count;
}
