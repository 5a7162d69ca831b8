import { communitiesOf, type Graph, numberFromZero } from "./communities";
import type { Distinct } from "./distinct";
import { identify } from "./identity";
import { neighbourGraph } from "./neighbour-graph";
import { nearestNeighbours } from "./neighbours";
import { centre, meanOf, pointsOf } from "./points";
import type { Random } from "./random";

interface Named {
  ids: string[];
  /** Known from before. */
  isKept: boolean[];
}

export interface Division extends Named {
  /** Theme number of each issue; -1 for none. */
  themeOf: Int32Array;
  /** Issue numbers of each theme, the largest theme first. */
  members: number[][];
}

export interface Grouping extends Named {
  /** Group number of each theme. */
  groupOf: Int32Array;
}

/** Themes and groups that issues were in before, by issue id. */
export interface Before {
  themeOf: ReadonlyMap<string, string>;
  groupOf: ReadonlyMap<string, string>;
}

/** Fewer issues than this are no theme. */
export const fewestMembers = 5;
/** A theme is tied to so many others when groups are sought. */
const groupNeighbours = 4;

/**
 * How finely to divide so many distinct texts: 2.5 up to 2,000, 4.4 for 10,000; twice as many issues make about a quarter more themes
 * (decision 0011 has the measurements).
 */
export function resolutionFor(texts: number): number {
  return Math.max(2.5, 0.16 * texts ** 0.36);
}

/**
 * Divides issues into themes. `graph` ties distinct texts to their neighbours. A theme that shares enough issues with
 * one known before is that one.
 */
export function divide(
  issues: readonly string[],
  graph: Graph,
  distinct: Distinct,
  random: Random,
  { earlier, newId }: { earlier?: Before; newId(): string },
): Division {
  const resolution = resolutionFor(distinct.points.count);
  const start = earlier && startFrom(issues, distinct, earlier.themeOf);
  const communities = communitiesOf(graph, resolution, random, start);
  const large = membersOf(distinct.of.map((text) => communities[text]!)).filter(
    (members) => members.length >= fewestMembers,
  );
  large.sort((a, b) => b.length - a.length || a[0]! - b[0]!);
  const themeOf = new Int32Array(issues.length).fill(-1);
  for (const [theme, members] of large.entries()) for (const at of members) themeOf[at] = theme;
  return { themeOf, members: large, ...named(issues, large, earlier?.themeOf, newId) };
}

/**
 * Gathers themes into groups by how near their middles lie. A group that shares enough issues with one known before is
 * that one.
 */
export async function gather(
  issues: readonly string[],
  { members }: Pick<Division, "members">,
  centroids: readonly Float32Array[],
  random: Random,
  { earlier, newId }: { earlier?: Before; newId(): string },
): Promise<Grouping> {
  const points = pointsOf(centroids.map((each) => Float32Array.from(each)));
  const near = await nearestNeighbours(centre(points, meanOf(points)), Math.min(groupNeighbours, members.length - 1));
  const groupOf = communitiesOf(neighbourGraph(near, members.length), 1, random);
  const inGroup = membersOf(groupOf).map((themes) => themes.flatMap((theme) => members[theme]!));
  return { groupOf, ...named(issues, inGroup, earlier?.groupOf, newId) };
}

function named(
  issues: readonly string[],
  found: readonly (readonly number[])[],
  before: ReadonlyMap<string, string> | undefined,
  newId: () => string,
): Named {
  const names = identify(
    found.map((members) => members.map((at) => issues[at]!)),
    before ?? new Map(),
  );
  return { ids: found.map((_, at) => names.get(at) ?? newId()), isKept: found.map((_, at) => names.has(at)) };
}

/** The theme each text was in before, as most of its issues were; -1 for none. */
function startFrom(issues: readonly string[], { of, points }: Distinct, themeOf: ReadonlyMap<string, string>) {
  const numbers = new Map<string, number>();
  const votes: Map<number, number>[] = Array.from({ length: points.count }, () => new Map());
  issues.forEach((issue, at) => {
    const theme = themeOf.get(issue);
    if (theme === undefined) return;
    const number = numbers.get(theme) ?? numbers.size;
    numbers.set(theme, number);
    const text = votes[of[at]!]!;
    text.set(number, (text.get(number) ?? 0) + 1);
  });
  return Int32Array.from(votes, (each) => [...each].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? -1);
}

function membersOf(communities: Int32Array): number[][] {
  const numbers = Int32Array.from(communities);
  const members: number[][] = Array.from({ length: numberFromZero(numbers) }, () => []);
  numbers.forEach((community, at) => members[community]!.push(at));
  return members;
}
