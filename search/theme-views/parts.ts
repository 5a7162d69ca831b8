import { guarded, type Part, type Shown, type ShownPart, seesExactly } from "../../app/domain/suppression";
import { type FactTable, neitherSide } from "./fact-table";
import type { Question } from "./question";
import { footprintOf, homeOf } from "./raisers";
import type { Sieve } from "./sieve";
import { byRaiser, type Tally } from "./tally";

/** A theme's reports of one side, divided by who raised them: Places, organisations in them, services in those. */
export class RaiserTree {
  readonly #places: Branch[];
  /** Which leaf a raiser's reports are counted under. */
  readonly #leafOf: Int32Array;
  readonly #leaves: number;

  constructor(
    question: Question,
    private readonly side: 0 | 1,
  ) {
    const leaves = new Map<string, number>();
    const leaf = (id: string) => {
      const known = leaves.get(id) ?? leaves.size;
      leaves.set(id, known);
      return known;
    };
    this.#places = placesOf(question, side, leaf);
    this.#leafOf = Int32Array.from(question.raisers, (raiser) => (raiser ? (leaves.get(raiser.id) ?? -1) : -1));
    this.#leaves = leaves.size;
  }

  /** As it may leave the server. */
  shown(tally: Tally, theme: number, narrowed: boolean): ShownPart {
    const counts = new Float64Array(this.#leaves);
    byRaiser(tally, this.side, theme).forEach((count, raiser) => {
      const leaf = this.#leafOf[raiser]!;
      if (leaf >= 0) counts[leaf]! += count;
    });
    const parts = this.#places.map((place) => partOf(place, counts));
    const count = parts.reduce((sum, part) => sum + part.count, 0);
    return guarded({ id: "all", count, exact: true, parts }, narrowed);
  }
}

interface Branch {
  id: string;
  exact: boolean;
  leaf?: number;
  parts: Branch[];
}

function partOf({ id, exact, leaf, parts }: Branch, counts: Float64Array): Part {
  if (leaf !== undefined) return { id, exact, count: counts[leaf]! };
  const divided = parts.map((part) => partOf(part, counts));
  return { id, exact, count: divided.reduce((sum, part) => sum + part.count, 0), parts: divided };
}

/** Everyone who could have raised it, not only who did: a part that may be nought leaves others uncertain. */
function placesOf(question: Question, side: 0 | 1, leaf: (id: string) => number): Branch[] {
  const { directory, looking } = question;
  const all = footprintOf(directory, {});
  const spoke = question.raisers.flatMap((raiser) =>
    raiser && sideOf(raiser.organisation.kind) === side ? raiser : [],
  );
  const organisations = new Set([
    ...(side === 0 ? all.practices : all.services.map((each) => each.organisation)),
    ...spoke.map((each) => each.organisation),
  ]);
  const services = new Map<string, Set<string>>();
  for (const { id, organisation } of [...all.services, ...spoke]) {
    const known = services.get(organisation.code) ?? new Set();
    services.set(organisation.code, known.add(id));
  }
  const places = new Map<string, Branch>();
  for (const organisation of organisations) {
    const place = homeOf(organisation);
    const branch = places.get(place) ?? {
      id: place,
      exact: seesExactly(looking.sight, { places: [place] }),
      parts: [],
    };
    places.set(place, branch);
    const { code } = organisation;
    const exact = branch.exact || seesExactly(looking.sight, { organisation: code, places: organisation.places });
    if (side === 0) branch.parts.push({ id: code, exact, leaf: leaf(code), parts: [] });
    else {
      const speakers = [...(services.get(code) ?? [])].map(
        (id): Branch => ({ id: id === code ? `${code}:itself` : id, exact, leaf: leaf(id), parts: [] }),
      );
      branch.parts.push({ id: code, exact, parts: speakers });
    }
  }
  return [...places.values()];
}

function sideOf(kind: string): number {
  if (kind === "practice") return 0;
  return kind === "trust" ? 1 : neitherSide;
}

/** Reports of one side by what they are about: theme, organisation, service. */
export type AboutTally = ReadonlyMap<number, ReadonlyMap<number, ReadonlyMap<number, number>>>;

export function aboutTallyOf(
  table: FactTable,
  sieve: Sieve,
  side: 0 | 1,
  days: { from: number; until: number },
  only?: number,
): AboutTally {
  const tally = new Map<number, Map<number, Map<number, number>>>();
  for (const report of sieve.reports) {
    const day = table.reportDay[report]!;
    if (table.reportSide[report] !== side || day < days.from || day >= days.until) continue;
    const issue = table.reportIssue[report]!;
    const theme = table.theme[issue]!;
    if (only !== undefined && theme !== only) continue;
    const organisations = tally.get(theme) ?? new Map<number, Map<number, number>>();
    tally.set(theme, organisations);
    const about = table.about[issue]!;
    const services = organisations.get(about) ?? new Map<number, number>();
    organisations.set(about, services);
    const service = table.service[issue]!;
    services.set(service, (services.get(service) ?? 0) + 1);
  }
  return tally;
}

/** A theme's reports of one side, divided by the organisation they are about and its services, as it may leave. */
export function aboutShown(
  question: Question,
  side: 0 | 1,
  tally: AboutTally,
  theme: number,
  narrowed: boolean,
): ShownPart {
  const { table, directory, looking } = question;
  const counts = tally.get(theme) ?? new Map<number, ReadonlyMap<number, number>>();
  const kind = side === 0 ? "trust" : "practice";
  const codes = new Set([
    ...directory.organisations.filter((each) => each.kind === kind && !each.succeededBy).map((each) => each.code),
    ...[...counts.keys()].map((about) => table.organisations.all[about]!),
  ]);
  const parts = [...codes].map((code): Part => {
    const organisation = directory.organisation(code);
    const exact = seesExactly(looking.sight, { organisation: code, places: organisation?.places ?? [] });
    const byService = counts.get(table.organisations.find(code)) ?? new Map<number, number>();
    const services = new Set(directory.servicesOf(code).map(({ id }) => id));
    for (const service of byService.keys()) if (service >= 0) services.add(table.services.all[service]!);
    const divided = [...services].map(
      (id): Part => ({ id, exact, count: byService.get(table.services.find(id)) ?? 0 }),
    );
    const rest: Part = { id: `${code}:itself`, exact, count: byService.get(-1) ?? 0 };
    const all = [...divided, rest];
    return { id: code, exact, count: all.reduce((sum, part) => sum + part.count, 0), parts: all };
  });
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  return guarded({ id: "all", count, exact: true, parts }, narrowed);
}

/** The part of this name, at any depth. */
export function partNamed(shown: ShownPart, id: string): Shown | undefined {
  for (const part of shown.parts) {
    if (part.id === id) return part.shown;
    const deeper = partNamed(part, id);
    if (deeper) return deeper;
  }
  return undefined;
}
