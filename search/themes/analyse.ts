import type { Region, Spot, TypicalWord } from "../../app/domain/theme";
import { type Distinct, distinctTexts } from "./distinct";
import { type Before, type Division, divide, gather } from "./divide";
import { placeMembers, placeOutside } from "./dots";
import { placeRegions, radiusFor } from "./map-layout";
import { neighbourGraph } from "./neighbour-graph";
import { type Neighbours, nearestNeighbours } from "./neighbours";
import { centre, centreRow, meanOf, type Points, pointsOf, product, rowOf, scaleToOne } from "./points";
import { type Random, randomFrom } from "./random";
import { labelOf, typicalWords } from "./typical-words";

/** An issue as the analysis sees it. */
export interface AnalysedIssue {
  id: string;
  vector: Float32Array;
  text: string;
  /** Name of the kind it was raised as. */
  kind?: string;
  /** Everyone in the system may know of it. Others are placed afterwards and shape nothing. */
  isSystemWide: boolean;
}

/** What an earlier analysis found, for themes to be the same ones and the map to stay put. */
export interface EarlierAnalysis extends Before {
  regions: ReadonlyMap<string, Spot>;
  spots: ReadonlyMap<string, Spot>;
}

export interface FoundTheme {
  id: string;
  /** Known from before. */
  isKept: boolean;
  group: string;
  label: string;
  words: TypicalWord[];
  region: Region;
  /** Middle of its system-wide issues, less `mean`, of length one. */
  centroid: Float32Array;
  /** A new issue less close to the middle than this does not join. */
  edge: number;
}

export interface FoundGroup {
  id: string;
  isKept: boolean;
  label: string;
}

export interface FoundMember extends Spot {
  issue: string;
  theme: string | undefined;
  closeness: number;
}

export interface Analysis {
  themes: FoundTheme[];
  groups: FoundGroup[];
  members: FoundMember[];
  /** What all texts have in common: taken off a vector before it is held against a centroid. */
  mean: Float32Array;
}

export interface AnalyseOptions {
  seed: number;
  newId(): string;
  earlier?: EarlierAnalysis;
  onProgress?(step: string, share: number): void;
}

const neighbourCount = 15;
/**
 * A new issue may be a fifth further from the middle than nine in ten of those that made the middle: it has had no part
 * in it.
 */
const edgeShare = 0.8;
/** Texts of a theme that its words are learned from, at most. */
const textsForWords = 400;

/**
 * Finds themes: every issue tied to its 15 nearest by vector, communities among them, each named by the words that set
 * it apart. Two levels. A theme that shares enough issues with one known before is that one. The same issues, the same
 * earlier analysis and the same seed give the same themes. Issues are taken in the order of their ids.
 */
export async function analyse(issues: readonly AnalysedIssue[], options: AnalyseOptions): Promise<Analysis> {
  const { onProgress = () => undefined } = options;
  const sorted = [...issues].sort((a, b) => (a.id < b.id ? -1 : 1));
  const open = sorted.filter((issue) => issue.isSystemWide);
  const restricted = sorted.filter((issue) => !issue.isSystemWide);
  const points = pointsOf(open.map((issue) => issue.vector));
  const mean = meanOf(points);
  centre(points, mean);
  const neighbours = await nearestNeighbours(points, neighbourCount, (done) => onProgress("near", done / points.count));
  onProgress("themes", 0);
  const random = randomFrom(options.seed);
  const distinct = distinctTexts(points, neighbours);
  const near =
    distinct.points.count === points.count ? neighbours : await nearestNeighbours(distinct.points, neighbourCount);
  const ids = open.map((issue) => issue.id);
  const found = divide(ids, neighbourGraph(near, distinct.points.count), distinct, random, options);
  onProgress("words", 0);
  const words = wordsOfThemes(open, distinct, found);
  const centroids = centroidsOf(points, found);
  const groups = await gather(ids, found, centroids, random, options);
  onProgress("map", 0);
  const map = layOut(open, points, neighbours, found, centroids, random, options.earlier);
  const themes = found.ids.map((id, theme): FoundTheme => {
    const closenesses = found.members[theme]!.map((at) => product(rowOf(points, at), centroids[theme]!));
    return {
      id,
      isKept: found.isKept[theme]!,
      group: groups.ids[groups.groupOf[theme]!]!,
      label: labelOf(
        words[theme]!,
        found.members[theme]!.map((at) => open[at]!.kind),
      ),
      words: words[theme]!,
      region: map.regions[theme]!,
      centroid: centroids[theme]!,
      edge: edgeShare * (closenesses.sort((a, b) => a - b)[Math.floor(closenesses.length / 10)] ?? 0),
    };
  });
  const members = open.map((issue, at): FoundMember => {
    const theme = themes[found.themeOf[at]!];
    const closeness = theme ? product(rowOf(points, at), theme.centroid) : 0;
    return { issue: issue.id, theme: theme?.id, closeness, ...map.spots[at]! };
  });
  const placed = restricted.map((issue) => placeNew(issue.id, issue.vector, themes, mean));
  const foundGroups = groups.ids.map((id, at) => ({ id, isKept: groups.isKept[at]!, label: groupLabel(themes, id) }));
  return { themes, groups: foundGroups, members: [...members, ...placed], mean };
}

/**
 * Where an issue goes that no analysis has seen: into the theme whose middle is nearest, if it lies within that theme's
 * edge. A dot beside the theme's others, at a place that follows from its id.
 */
export function placeNew(
  issue: string,
  vector: Float32Array,
  themes: readonly Pick<FoundTheme, "id" | "centroid" | "edge" | "region">[],
  mean: Float32Array,
): FoundMember {
  const row = centreRow(Float32Array.from(vector), mean);
  let best: { theme: Pick<FoundTheme, "id" | "edge" | "region">; closeness: number } | undefined;
  for (const theme of themes) {
    const closeness = product(row, theme.centroid);
    if (closeness >= theme.edge && closeness > (best?.closeness ?? 0)) best = { theme, closeness };
  }
  const random = randomFrom(seedOf(issue));
  const angle = random.next() * 2 * Math.PI;
  const region = best?.theme.region ?? { x: 0, y: 0, radius: 30 };
  const away = Math.sqrt(random.next()) * Math.max(0, region.radius - 1) + 0.5;
  const spot = { x: region.x + Math.cos(angle) * away, y: region.y + Math.sin(angle) * away };
  return { issue, theme: best?.theme.id, closeness: best?.closeness ?? 0, ...spot };
}

function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Of each distinct text one: a text sent often says no more than a text sent once. */
function wordsOfThemes(issues: readonly AnalysedIssue[], { of }: Distinct, { members, themeOf }: Division) {
  const chosen = members.flatMap((each) => {
    const texts = [...new Map(each.map((at) => [of[at]!, at])).values()];
    const step = Math.max(1, texts.length / textsForWords);
    return Array.from({ length: Math.min(texts.length, textsForWords) }, (_, at) => texts[Math.floor(at * step)]!);
  });
  const texts = chosen.map((at) => issues[at]!.text);
  const themes = Int32Array.from(chosen, (at) => themeOf[at]!);
  return typicalWords(texts, themes, members.length);
}

function centroidsOf(points: Points, { members }: Division): Float32Array[] {
  return members.map((each) => {
    const sum = new Float32Array(points.dimensions);
    for (const at of each) {
      const row = rowOf(points, at);
      for (let d = 0; d < sum.length; d++) sum[d]! += row[d]!;
    }
    return scaleToOne(sum);
  });
}

/** A group is named after its two largest themes. */
function groupLabel(themes: readonly FoundTheme[], group: string): string {
  const first = themes.filter((theme) => theme.group === group).slice(0, 2);
  const words = first.map((theme) => theme.words[0]?.word ?? theme.label.toLowerCase()).join("; ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function layOut(
  issues: readonly AnalysedIssue[],
  points: Points,
  neighbours: Neighbours,
  found: Division,
  centroids: readonly Float32Array[],
  random: Random,
  earlier: EarlierAnalysis | undefined,
): { regions: Region[]; spots: Spot[] } {
  const known = found.ids.map((id) => earlier?.regions.get(id));
  const radii = found.members.map((members) => radiusFor(members.length));
  const distance = (one: number, other: number) => 1 - product(centroids[one]!, centroids[other]!);
  const regions = placeRegions(radii, distance, known, random);
  const spots = new Map<number, Spot>();
  found.members.forEach((members, theme) => {
    const middle = known[theme];
    const before = new Map<number, Spot>();
    if (middle)
      for (const at of members) {
        const { id } = issues[at]!;
        const spot = earlier?.themeOf.get(id) === found.ids[theme] ? earlier?.spots.get(id) : undefined;
        if (spot) before.set(at, { x: spot.x - middle.x, y: spot.y - middle.y });
      }
    const region = regions[theme]!;
    const placed = placeMembers(members, region.radius - 1, { points, neighbours, before, random });
    for (const [at, { x, y }] of placed) spots.set(at, { x: x + region.x, y: y + region.y });
  });
  const inThemes = new Map(spots);
  return {
    regions,
    spots: issues.map((issue, at) => {
      const kept = spots.get(at);
      if (kept) return kept;
      const before = earlier?.themeOf.has(issue.id) ? undefined : earlier?.spots.get(issue.id);
      return before ?? placeOutside(at, neighbours, inThemes, regions, random);
    }),
  };
}
