import type { Random } from "./random";

/** A graph with weights, both directions held: the edges of point `i` are `to[from[i]] ... to[from[i + 1] - 1]`. */
export interface Graph {
  readonly count: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly weight: Float64Array;
}

/** A graph from pairs; the same pair given twice has its weights added. A pair of a point with itself is a loop. */
export function graphOf(count: number, pairs: Iterable<readonly [one: number, other: number, weight: number]>): Graph {
  const edges: Map<number, number>[] = Array.from({ length: count }, () => new Map());
  for (const [one, other, weight] of pairs) {
    edges[one]!.set(other, (edges[one]!.get(other) ?? 0) + weight);
    if (one !== other) edges[other]!.set(one, (edges[other]!.get(one) ?? 0) + weight);
  }
  const from = new Int32Array(count + 1);
  for (let at = 0; at < count; at++) from[at + 1] = from[at]! + edges[at]!.size;
  const to = new Int32Array(from[count]!);
  const weight = new Float64Array(from[count]!);
  for (let at = 0; at < count; at++) {
    let next = from[at]!;
    for (const [other, w] of edges[at]!) {
      to[next] = other;
      weight[next++] = w;
    }
  }
  return { count, from, to, weight };
}

/**
 * Communities by the Louvain method (Blondel and others 2008): points move to the neighbouring community that raises
 * modularity most (with a resolution: higher gives more and smaller communities; Reichardt and Bornholdt 2006), then
 * communities become points, until nothing moves. The order of visits is the only chance in it, and comes from `random`.
 * `start` gives the communities to begin with (-1: on its own), so that what was found before is found again where
 * nothing speaks against it. Returns the community of each point, numbered from 0 in the order they first appear.
 */
export function communitiesOf(graph: Graph, resolution: number, random: Random, start?: Int32Array): Int32Array {
  const membership = Int32Array.from({ length: graph.count }, (_, at) => at);
  let begin = start ? alone(start) : Int32Array.from(membership);
  for (let level = graph; ; ) {
    const moved = oneLevel(level, resolution, random, begin);
    const count = numberFromZero(moved);
    for (let at = 0; at < membership.length; at++) membership[at] = moved[membership[at]!]!;
    if (count === level.count) return membership;
    level = merged(level, moved, count);
    begin = Int32Array.from({ length: count }, (_, at) => at);
  }
}

/** Communities to begin with, those without one each on their own, numbered from 0. */
function alone(start: Int32Array): Int32Array {
  const named = start.map((community, at) => (community < 0 ? -1 - at : community));
  numberFromZero(named);
  return named;
}

/** Moves points one by one until none wants to. */
function oneLevel(graph: Graph, resolution: number, random: Random, begin: Int32Array): Int32Array {
  const { count, from, to, weight } = graph;
  const community = Int32Array.from(begin);
  const degree = degreesOf(graph);
  const whole = degree.reduce((sum, each) => sum + each, 0);
  if (whole === 0) return community;
  const inside = new Float64Array(count);
  for (let at = 0; at < count; at++) inside[community[at]!]! += degree[at]!;
  const queued = new Uint8Array(count).fill(1);
  const queue = Array.from(random.shuffled(count));
  const towards = new Float64Array(count);
  for (let head = 0; head < queue.length; head++) {
    const point = queue[head]!;
    queued[point] = 0;
    const own = community[point]!;
    const near = new Set([own]);
    for (let edge = from[point]!; edge < from[point + 1]!; edge++) {
      if (to[edge] === point) continue;
      const theirs = community[to[edge]!]!;
      near.add(theirs);
      towards[theirs]! += weight[edge]!;
    }
    inside[own]! -= degree[point]!;
    const share = (resolution * degree[point]!) / whole;
    const best = bestOf(near, own, (theirs) => towards[theirs]! - share * inside[theirs]!);
    for (const theirs of near) towards[theirs] = 0;
    inside[best]! += degree[point]!;
    if (best === own) continue;
    community[point] = best;
    for (let edge = from[point]!; edge < from[point + 1]!; edge++) {
      const other = to[edge]!;
      if (queued[other] || community[other] === best) continue;
      queued[other] = 1;
      queue.push(other);
    }
  }
  return community;
}

/** The community that gains most; the point's own where none gains more. */
function bestOf(near: Iterable<number>, own: number, gainOf: (community: number) => number): number {
  let best = own;
  let gain = gainOf(own);
  for (const theirs of near) {
    const theirGain = gainOf(theirs);
    if (theirGain <= gain + 1e-12) continue;
    gain = theirGain;
    best = theirs;
  }
  return best;
}

/** The sum of the weights at each point; a loop counts twice. */
function degreesOf({ count, from, to, weight }: Graph): Float64Array {
  const degrees = new Float64Array(count);
  for (let at = 0; at < count; at++)
    for (let edge = from[at]!; edge < from[at + 1]!; edge++)
      degrees[at]! += to[edge] === at ? 2 * weight[edge]! : weight[edge]!;
  return degrees;
}

/** Communities as points: what lay between them added up, what lay inside as a loop. */
function merged({ count: points, from, to, weight }: Graph, community: Int32Array, count: number): Graph {
  function* pairs(): Iterable<[number, number, number]> {
    for (let at = 0; at < points; at++)
      for (let edge = from[at]!; edge < from[at + 1]!; edge++)
        if (to[edge]! >= at) yield [community[at]!, community[to[edge]!]!, weight[edge]!];
  }
  return graphOf(count, pairs());
}

/** Renames the numbers in place to 0, 1, 2 ... in the order they first appear, and says how many there are. */
export function numberFromZero(numbers: Int32Array): number {
  const names = new Map<number, number>();
  for (let at = 0; at < numbers.length; at++) {
    const known = names.get(numbers[at]!) ?? names.size;
    names.set(numbers[at]!, known);
    numbers[at] = known;
  }
  return names.size;
}
