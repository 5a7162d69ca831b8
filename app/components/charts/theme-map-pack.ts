import { extent } from "d3-array";
import { curveCatmullRomClosed, lineRadial } from "d3-shape";
import type { Harm } from "../../domain/issue";
import type { MapRegion, MapView } from "../../domain/theme-views";
import { near } from "./svg-chart";

/** How a dot is drawn. Each look is one path, or one colour on the canvas. */
export const dotLooks = [
  "loose",
  "plain",
  "dark",
  "chosen",
  "chosen-dark",
  "emerging",
  "emerging-dark",
  "outside",
] as const;
export type DotLook = (typeof dotLooks)[number];

export interface PackedRegion extends Omit<MapRegion, "radius" | "group"> {
  radius: number;
  outline: string;
  /** Its number in the ranking, as the list beside the map has it. */
  rank: string;
}

/** The map as it is sent: places in the pixels of the drawing, so that it is drawn without reckoning. */
export interface PackedMap {
  width: number;
  height: number;
  /** Radius of a dot. */
  dot: number;
  /** x and y of each dot, one after the other, in tenths of a pixel. */
  at: number[];
  /** One digit a dot: its place in `dotLooks`. */
  looks: string;
  density: { size: number; cells: [x: number, y: number, strength: 1 | 2 | 3][] };
  regions: PackedRegion[];
  marksWithheld: boolean;
  total: number;
  drawn: number;
}

const width = 570;
const height = 578;
const edge = 16;

const grave: ReadonlySet<Harm | null> = new Set<Harm | null>(["moderate", "severe", "fatal"]);

/** Puts the map into its drawing. `ranks` are the numbers of the list beside it. Same view, same drawing. */
export function packMap(view: MapView, ranks: ReadonlyMap<string, string>, chosen: string | undefined): PackedMap {
  const scale = scaleTo(view);
  const index = new Map(view.regions.map((region, at) => [region.theme, at]));
  const looks = view.dots.map((dot) => {
    const region = dot.theme === null ? undefined : view.regions[index.get(dot.theme) ?? -1];
    return dotLooks.indexOf(lookOf(region, dot.matches, grave.has(dot.harm), chosen));
  });
  return {
    width,
    height,
    dot: near(Math.min(3, Math.max(1.1, scale.unit * 0.42 * Math.sqrt(view.total / Math.max(1, view.dots.length))))),
    at: view.dots.flatMap((dot) => [Math.round(scale.x(dot.x) * 10), Math.round(scale.y(dot.y) * 10)]),
    looks: looks.join(""),
    density: densityIn(view, scale),
    regions: view.regions.map(({ radius, group: _, ...region }) => ({
      ...region,
      x: near(scale.x(region.x)),
      y: near(scale.y(region.y)),
      radius: near(radius * scale.unit),
      outline: outlineOf({ ...region, radius }, view.dots, scale),
      rank: ranks.get(region.theme) ?? "·",
    })),
    marksWithheld: view.marksWithheld,
    total: view.total,
    drawn: view.dots.length,
  };
}

/** The dots of each look as one path of points. */
export function dotPaths(map: PackedMap): [DotLook, string][] {
  const paths = new Map<DotLook, string>();
  for (let dot = 0; dot < map.looks.length; dot++) {
    const look = dotLooks[Number(map.looks[dot])] ?? "plain";
    const point = `M${(map.at[dot * 2] ?? 0) / 10},${(map.at[dot * 2 + 1] ?? 0) / 10}h0`;
    paths.set(look, (paths.get(look) ?? "") + point);
  }
  return dotLooks.flatMap((look) => (paths.has(look) ? [[look, paths.get(look) ?? ""]] : []));
}

interface Scale {
  x(value: number): number;
  y(value: number): number;
  /** Pixels for one of the map's own units. */
  unit: number;
}

/** Regions rule how large the map is drawn, not the filter: it stays put whatever is asked. */
function scaleTo(view: MapView): Scale {
  const ends = (of: "x" | "y") => {
    const [low = 0, high = 1] = extent([
      ...view.regions.flatMap((region) => [region[of] - region.radius, region[of] + region.radius]),
      ...(view.regions.length === 0 ? view.dots.map((dot) => dot[of]) : []),
    ]);
    return { low, high: Math.max(high, low + 1) };
  };
  const [across, down] = [ends("x"), ends("y")];
  const unit = Math.min((width - 2 * edge) / (across.high - across.low), (height - 2 * edge) / (down.high - down.low));
  const left = (width - (across.high - across.low) * unit) / 2;
  const top = (height - (down.high - down.low) * unit) / 2;
  return { unit, x: (value) => left + (value - across.low) * unit, y: (value) => top + (value - down.low) * unit };
}

function lookOf(
  region: MapRegion | undefined,
  matches: boolean,
  isGrave: boolean,
  chosen: string | undefined,
): DotLook {
  if (!matches) return "outside";
  if (!region) return "loose";
  if (region.theme === chosen) return isGrave ? "chosen-dark" : "chosen";
  if (region.isEmerging) return isGrave ? "emerging-dark" : "emerging";
  return isGrave ? "dark" : "plain";
}

function densityIn(view: MapView, scale: Scale): PackedMap["density"] {
  const most = Math.max(1, ...view.density.cells.map((cell) => cell.count));
  const strength = (count: number) => Math.min(3, Math.ceil((3 * count) / most)) as 1 | 2 | 3;
  return {
    size: near(view.density.size * scale.unit),
    cells: view.density.cells.map((cell) => [near(scale.x(cell.x)), near(scale.y(cell.y)), strength(cell.count)]),
  };
}

const spokes = 24;

/** A closed curve round the dots of a region, no further out than its rim. */
function outlineOf(region: MapRegion | Omit<MapRegion, "group">, dots: MapView["dots"], scale: Scale): string {
  const reach = new Array<number>(spokes).fill(region.radius * 0.72);
  for (const dot of dots) {
    if (dot.theme !== region.theme) continue;
    const [dx, dy] = [dot.x - region.x, dot.y - region.y];
    const spoke = Math.round(((Math.atan2(dy, dx) + Math.PI / 2 + 2 * Math.PI) / (2 * Math.PI)) * spokes) % spokes;
    reach[spoke] = Math.max(reach[spoke] ?? 0, Math.min(region.radius * 1.15, Math.hypot(dx, dy) + 1.2));
  }
  const smooth = reach.map((_, at) => {
    const of = (by: number) => reach[(at + by + spokes) % spokes] ?? 0;
    return Math.max(of(0), (of(-1) + 2 * of(0) + of(1)) / 4);
  });
  const drawn = lineRadial<number>()
    .angle((_, at) => (at / spokes) * 2 * Math.PI)
    .radius((value) => value * scale.unit)
    .curve(curveCatmullRomClosed);
  return (drawn(smooth) ?? "").replaceAll(/-?\d+\.\d+/gu, (number) => String(near(Number(number))));
}
