import type { Region, Spot } from "../../app/domain/theme";
import { Honeycomb } from "./map-layout";
import type { Neighbours } from "./neighbours";
import { type Points, product, rowOf, scaleToOne } from "./points";
import type { Random } from "./random";

/** Axes are looked for among so many members; all are then laid along them. */
const axesFrom = 500;
const axisRounds = 12;
/** Nearest neighbours a new dot is put between. */
const between = 5;

/**
 * Where the members of one theme lie, from its middle. Who was there before stays; a new one comes as near as there is
 * room to the mean of its nearest neighbours. A theme seen for the first time is spread along the two directions in
 * which its texts differ most.
 */
export function placeMembers(
  members: readonly number[],
  radius: number,
  { points, neighbours, before, random }: PlacingParts,
): Map<number, Spot> {
  const comb = new Honeycomb();
  const spots = new Map<number, Spot>();
  for (const member of members) {
    const spot = before.get(member);
    if (spot && comb.keep(spot)) spots.set(member, spot);
  }
  const coming = members.filter((member) => !spots.has(member));
  if (spots.size * 2 < members.length) return new Map([...spots, ...fill(comb, spreadOut(coming, radius, points))]);
  for (const member of coming) {
    const wish = meanSpot(member, neighbours, spots) ?? somewhere(radius, random);
    spots.set(member, comb.take(wish));
  }
  return spots;
}

/** Fills the middle of a honeycomb without gaps: each dot on the free cell nearest to its wish, the innermost first. */
function fill(comb: Honeycomb, wishes: ReadonlyMap<number, Spot>): Map<number, Spot> {
  const cells = comb.innermost(wishes.size);
  const filled = new Map<number, Spot>();
  for (const [member, wish] of wishes) {
    const away = cells.map((cell) => Math.hypot(cell.x - wish.x, cell.y - wish.y));
    const [cell] = cells.splice(away.indexOf(Math.min(...away)), 1);
    if (cell) filled.set(member, comb.take(cell));
  }
  return filled;
}

interface PlacingParts {
  points: Points;
  neighbours: Neighbours;
  /** From the middle of the theme as it was. */
  before: ReadonlyMap<number, Spot>;
  random: Random;
}

/** Outside every region, near the neighbours it has in them: for issues in no theme. */
export function placeOutside(
  point: number,
  neighbours: Neighbours,
  spots: ReadonlyMap<number, Spot>,
  regions: readonly Region[],
  random: Random,
): Spot {
  const whole = Math.max(10, ...regions.map((region) => Math.hypot(region.x, region.y) + region.radius));
  const mean = meanSpot(point, neighbours, spots) ?? somewhere(whole, random);
  const at = { x: mean.x + random.next() * 4 - 2, y: mean.y + random.next() * 4 - 2 };
  for (const region of regions) {
    const [dx, dy] = [at.x - region.x, at.y - region.y];
    const apart = Math.hypot(dx, dy) || 1;
    const rim = region.radius + 1.2;
    if (apart < rim) Object.assign(at, { x: region.x + (dx / apart) * rim, y: region.y + (dy / apart) * rim });
  }
  return at;
}

function meanSpot(point: number, { k, at }: Neighbours, spots: ReadonlyMap<number, Spot>): Spot | undefined {
  const near: Spot[] = [];
  for (let rank = point * k; rank < (point + 1) * k && near.length < between; rank++) {
    const spot = spots.get(at[rank]!);
    if (spot) near.push(spot);
  }
  if (near.length === 0) return undefined;
  const sum = near.reduce((total, spot) => ({ x: total.x + spot.x, y: total.y + spot.y }), { x: 0, y: 0 });
  return { x: sum.x / near.length, y: sum.y / near.length };
}

function somewhere(radius: number, random: Random): Spot {
  const angle = random.next() * 2 * Math.PI;
  const away = Math.sqrt(random.next()) * radius;
  return { x: Math.cos(angle) * away, y: Math.sin(angle) * away };
}

/** Along the two main directions, then by rank evenly over the disc; the innermost first. */
function spreadOut(members: readonly number[], radius: number, points: Points): Map<number, Spot> {
  const [first, second] = mainAxes(members, points);
  const middle = first.offset;
  const flat = members.map((member) => {
    const row = rowOf(points, member);
    return {
      member,
      u: product(row, first.axis) - product(middle, first.axis),
      v: product(row, second.axis) - product(middle, second.axis),
    };
  });
  const scale = (values: number[]) => Math.sqrt(values.reduce((sum, each) => sum + each * each, 0)) || 1;
  const [su, sv] = [scale(flat.map((each) => each.u)), scale(flat.map((each) => each.v))];
  const polar = flat.map(({ member, u, v }) => ({
    member,
    angle: Math.atan2(v / sv, u / su),
    away: Math.hypot(u / su, v / sv),
  }));
  polar.sort((a, b) => a.away - b.away || a.member - b.member);
  return new Map(
    polar.map(({ member, angle }, rank) => {
      const away = radius * Math.sqrt((rank + 0.5) / polar.length);
      return [member, { x: Math.cos(angle) * away, y: Math.sin(angle) * away }];
    }),
  );
}

interface Axis {
  axis: Float32Array;
  offset: Float32Array;
}

/** The two directions in which these points vary most, by power iteration on their differences from their mean. */
function mainAxes(members: readonly number[], points: Points): [Axis, Axis] {
  const step = Math.max(1, Math.floor(members.length / axesFrom));
  const rows = members.filter((_, at) => at % step === 0).map((member) => rowOf(points, member).slice());
  const offset = new Float32Array(points.dimensions);
  for (const row of rows) for (let d = 0; d < row.length; d++) offset[d]! += row[d]! / rows.length;
  for (const row of rows) for (let d = 0; d < row.length; d++) row[d]! -= offset[d]!;
  const next = (): Axis => {
    let axis = scaleToOne(Float32Array.from({ length: points.dimensions }, (_, d) => Math.sin(d + 1)));
    for (let round = 0; round < axisRounds; round++) {
      const pulled = new Float32Array(points.dimensions);
      for (const row of rows) add(pulled, row, product(row, axis));
      axis = scaleToOne(pulled);
    }
    for (const row of rows) add(row, axis, -product(row, axis));
    return { axis, offset };
  };
  return [next(), next()];
}

function add(to: Float32Array, row: Float32Array, times: number): void {
  for (let d = 0; d < to.length; d++) to[d]! += row[d]! * times;
}
