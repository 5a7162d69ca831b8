import type { Directory } from "../../app/domain/directory";
import type { Finder } from "../../app/domain/find-ports";
import { systemKey } from "../../app/domain/permission";
import type { Actor } from "../../app/domain/person";
import type { Intervention, InterventionSource } from "../../app/domain/theme-ports";
import { type ThemeQuery, wholeThemeQuery } from "../../app/domain/theme-query";
import type {
  BreadthView,
  ExplorerView,
  FlowView,
  MapView,
  PlacesView,
  QuietView,
  ReportView,
  Series,
  StoryView,
  ThemePageFacts,
  ThemeReader,
} from "../../app/domain/theme-views";
import { londonDay } from "../../app/domain/working-days";
import { breadthView } from "./breadth-dots";
import { dayNumber } from "./days";
import { explorerView } from "./explorer";
import { filterBar } from "./filters";
import { flowView } from "./flow";
import { askerKey, KeptAnswers } from "./kept-answers";
import type { LiveFacts } from "./live-facts";
import { mapView } from "./map";
import { placesView } from "./places";
import { pageFacts, type Question, questionOf, type ThemeFacts } from "./question";
import { quietView } from "./quiet";
import { raisersOf } from "./raisers";
import { reportView } from "./report";
import { countPeriods, datedCounts, seriesOf } from "./series";
import { sieveOf } from "./sieve";
import { storyView } from "./story";

export interface ThemeReaderParts {
  facts: LiveFacts;
  directory: Directory;
  /** Where changes and projects are kept; without it there are none. */
  interventions?: InterventionSource;
  finder: Pick<Finder, "find">;
  now(): Date;
}

interface Asked<T> {
  kept: KeptAnswers<T>;
  /** What is asked for besides the query. */
  of?: string;
  make(question: Question): T;
  /** It divides the system into parts, which not everybody sees alike. */
  hasParts?: boolean;
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
  const kept = {
    explorer: new KeptAnswers<ExplorerView>(),
    map: new KeptAnswers<MapView>(),
    story: new KeptAnswers<ThemePageFacts & { story: StoryView | null }>(),
    places: new KeptAnswers<PlacesView>(),
    flow: new KeptAnswers<FlowView>(),
    breadth: new KeptAnswers<BreadthView>(),
    quiet: new KeptAnswers<QuietView>(),
    report: new KeptAnswers<ReportView>(),
  };
  /** Kept for whoever asks the same with the same rights; what an analysis is doing now is never kept. */
  const answer = async <T extends ThemePageFacts>(asked: Asked<T>, actor: Actor, query: ThemeQuery): Promise<T> => {
    const known = await facts.current();
    const interventions = await interventionsOf([...known.themes.keys()]);
    const at = now();
    const state = JSON.stringify([facts.changes(), londonDay(at), [...interventions.values()]]);
    const key = `${asked.of ?? ""}|${askerKey(known.table, actor, query, asked.hasParts ?? false)}`;
    const made = asked.kept.of(state, key, () =>
      asked.make(questionOf({ facts: known, directory, now: at, interventions }, actor, query)),
    );
    return { ...made, running: known.running, version: known.version };
  };
  return {
    explorer: (actor, query) => answer({ kept: kept.explorer, make: explorerView }, actor, query),
    map: (actor, query) => answer({ kept: kept.map, make: mapView }, actor, query),
    async story(actor, id, query) {
      const theme = (await facts.current()).themes.get(id);
      if (!theme) return null;
      const projects = await projectsOf([id]);
      const make = (question: Question) => {
        return { ...pageFacts(question), story: storyView(question, theme, projects) };
      };
      const of = `${id} ${JSON.stringify(projects)}`;
      const { story, running, version } = await answer({ kept: kept.story, of, make, hasParts: true }, actor, query);
      return story && { ...story, running, version };
    },
    places: (actor, query) => answer({ kept: kept.places, make: placesView, hasParts: true }, actor, query),
    flow: (actor, query) => answer({ kept: kept.flow, make: flowView, hasParts: true }, actor, query),
    breadth: (actor, query, side) =>
      answer({ kept: kept.breadth, of: side, make: (question) => breadthView(question, side) }, actor, query),
    quiet: (actor, query) => answer({ kept: kept.quiet, make: quietView, hasParts: true }, actor, query),
    async report(actor, query) {
      const projects = await projectsOf([...(await facts.current()).themes.keys()]);
      const make = (question: Question) => reportView(question, projects);
      return answer({ kept: kept.report, of: JSON.stringify(projects), make }, actor, query);
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
  for (const report of sieve.reports) {
    const day = table.reportDay[report]!;
    if (table.reportArrival[report]! <= version || day < looking.from || day >= looking.until) continue;
    count++;
  }
  return count;
}
