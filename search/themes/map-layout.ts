import type { Region, Spot } from "../../app/domain/theme";
import type { Random } from "./random";

const gap = 3;
const rounds = 300;

/** The radius of a disc that holds so many dots one apart (each takes a hexagon of area sqrt(3) / 2), and its rim. */
export function radiusFor(dots: number): number {
  return Math.sqrt((Math.max(dots, 1) * Math.sqrt(3)) / (2 * Math.PI)) + 1;
}

/**
 * Where each theme lies: themes worded alike near each other, none over another. Regions known from before stay where
 * they are unless one grew into another; new ones look for the place nearest to what they are like. `distance` is 0 for
 * the same and 2 for the opposite. Same input, same map.
 */
export function placeRegions(
  radii: readonly number[],
  distance: (one: number, other: number) => number,
  before: readonly (Spot | undefined)[],
  random: Random,
): Region[] {
  const regions = radii.map((radius, at) => ({ radius, ...(before[at] ?? begin(radii, random)) }));
  const settled = before.map((spot) => spot !== undefined);
  if (settled.includes(false)) bringLikeTogether(regions, settled, distance);
  for (let round = 0; round < rounds; round++) if (!pushApart(regions, settled, round > rounds / 2)) break;
  return regions.map(({ x, y, radius }) => ({ x, y, radius }));
}

function begin(radii: readonly number[], random: Random): Spot {
  const spread = radii.reduce((sum, radius) => sum + radius, 0) / Math.max(1, Math.sqrt(radii.length));
  const angle = random.next() * 2 * Math.PI;
  const away = Math.sqrt(random.next()) * spread;
  return { x: Math.cos(angle) * away, y: Math.sin(angle) * away };
}

/**
 * Stress majorisation (de Leeuw 1977): each free region moves to the mean of where the others would have it, given how
 * far apart the two should be. Near ones count more: weights are one over the square of the wanted distance.
 */
function bringLikeTogether(
  regions: Region[],
  settled: readonly boolean[],
  distance: (one: number, other: number) => number,
): void {
  const typical = regions.reduce((sum, each) => sum + each.radius, 0) / Math.max(1, regions.length);
  const wanted = (one: number, other: number) =>
    regions[one]!.radius + regions[other]!.radius + gap + typical * 4 * Math.max(0, distance(one, other) - 0.5);
  for (let round = 0; round < rounds / 3; round++)
    regions.forEach((region, at) => {
      if (settled[at]) return;
      let [x, y, weights] = [0, 0, 0];
      regions.forEach((other, index) => {
        if (index === at) return;
        const want = wanted(at, index);
        const apart = Math.hypot(region.x - other.x, region.y - other.y) || 1e-6;
        const weight = 1 / (want * want);
        x += weight * (other.x + (want * (region.x - other.x)) / apart);
        y += weight * (other.y + (want * (region.y - other.y)) / apart);
        weights += weight;
      });
      if (weights > 0) Object.assign(region, { x: x / weights, y: y / weights });
    });
}

/** Moves regions that lie over each other apart, settled ones only once nothing else helps. False: none did. */
function pushApart(regions: Region[], settled: readonly boolean[], moveSettled: boolean): boolean {
  let pushed = false;
  for (let one = 0; one < regions.length; one++)
    for (let other = one + 1; other < regions.length; other++) {
      const [a, b] = [regions[one]!, regions[other]!];
      const apart = Math.hypot(b.x - a.x, b.y - a.y);
      const missing = a.radius + b.radius + gap - apart;
      if (missing <= 1e-6) continue;
      pushed = true;
      const [freeA, freeB] = [moveSettled || !settled[one], moveSettled || !settled[other]];
      if (!freeA && !freeB) continue;
      const [dx, dy] = apart < 1e-6 ? [1, 0] : [(b.x - a.x) / apart, (b.y - a.y) / apart];
      const share = freeA && freeB ? 0.5 : 1;
      if (freeA) Object.assign(a, { x: a.x - dx * missing * share, y: a.y - dy * missing * share });
      if (freeB) Object.assign(b, { x: b.x + dx * missing * share, y: b.y + dy * missing * share });
    }
  return pushed;
}

const rowHeight = Math.sqrt(3) / 2;

/**
 * Dots of one region on a honeycomb round its middle: each on the free cell nearest to where it would like to be, so
 * that no two lie over each other and what is alike lies together. Cells taken before stay taken.
 */
export class Honeycomb {
  #taken = new Set<string>();

  /** Keeps the cell at this place; false when it is another's already. */
  keep({ x, y }: Spot): boolean {
    const key = keyOf(cellAt(x, y));
    if (this.#taken.has(key)) return false;
    this.#taken.add(key);
    return true;
  }

  /** The free cells nearest to the middle, so many of them. */
  innermost(count: number): Spot[] {
    const cells: Spot[] = [];
    // The ring after the one that fills up has corners as near as its sides are far.
    for (let ring = 0; cells.length < count * 1.2 + 6; ring++)
      cells.push(...ringAround([0, 0], ring).flatMap((cell) => (this.#taken.has(keyOf(cell)) ? [] : [spotOf(cell)])));
    const middle = { x: 0, y: 0 };
    return cells.sort((a, b) => away(a, middle) - away(b, middle)).slice(0, count);
  }

  /** Takes the free cell nearest to `wish`. */
  take(wish: Spot): Spot {
    const middle = cellAt(wish.x, wish.y);
    for (let ring = 0; ; ring++) {
      const free = ringAround(middle, ring).filter((cell) => !this.#taken.has(keyOf(cell)));
      if (free.length === 0) continue;
      const spots = free.map(spotOf).sort((a, b) => away(a, wish) - away(b, wish));
      const nearest = spots[0]!;
      this.#taken.add(keyOf(cellAt(nearest.x, nearest.y)));
      return nearest;
    }
  }
}

/** A cell of the honeycomb in axial coordinates. */
type Cell = readonly [q: number, r: number];

function cellAt(x: number, y: number): Cell {
  const r = Math.round(y / rowHeight);
  return [Math.round(x - r / 2), r];
}

function spotOf([q, r]: Cell): Spot {
  return { x: q + r / 2, y: r * rowHeight };
}

function keyOf([q, r]: Cell): string {
  return `${q},${r}`;
}

function away(one: Spot, other: Spot): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

/** From the cell `steps` rows above, once round. */
const directions: readonly Cell[] = [
  [1, 0],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [0, -1],
  [1, -1],
];

/** The cells so many steps away. */
function ringAround([q, r]: Cell, steps: number): Cell[] {
  if (steps === 0) return [[q, r]];
  const cells: Cell[] = [];
  let [atQ, atR] = [q, r - steps];
  for (const [dq, dr] of directions)
    for (let step = 0; step < steps; step++) {
      cells.push([atQ, atR]);
      atQ += dq;
      atR += dr;
    }
  return cells;
}
