import { textWidth, wrapText } from "./measure-text";
import type { PackedRegion } from "./theme-map-pack";

/** Where a label goes: from the middle of its region, in pixels that do not grow with the map. */
export interface MapLabel {
  theme: string;
  lines: string[];
  note: string | null;
  /** Top left corner, from the middle of the region. */
  dx: number;
  dy: number;
  width: number;
  height: number;
  /** There is no room for the words: the number alone stands on the region. */
  isNumber: boolean;
}

interface Placing {
  zoom: number;
  /** How much wider the map is drawn than packed. */
  scale: number;
  width: number;
  height: number;
  chosen: string | undefined;
  /** A phone shows numbers, and the name of the chosen theme. */
  namesOnly: "all" | "chosen";
}

/** Side of the box a number stands in, height of a line, size of the words. */
export const labelSizes = { number: 20, line: 16, words: 14 } as const;
const { number, line, words: size } = labelSizes;
/** A place that costs more is none: the number alone stands on the region. */
const dearest = 34;

/**
 * Tries places round each region, the chosen, the flagged and the largest first, and takes the cheapest: a place costs what it covers
 * of other regions and of labels there already. A name that finds no free place waits for a closer look.
 */
export function placeLabels(regions: readonly PackedRegion[], placing: Placing): MapLabel[] {
  const seen = regions.map((region) => {
    const grow = placing.zoom * placing.scale;
    return { region, x: region.x * grow, y: region.y * grow, radius: region.radius * grow };
  });
  const urgency = ({ region, radius }: Seen) => {
    if (region.theme === placing.chosen) return 1e9;
    return region.isEmerging || region.oneVoice ? 1e8 + radius : radius;
  };
  const order = [...seen].sort((a, b) => urgency(b) - urgency(a) || (a.region.theme < b.region.theme ? -1 : 1));
  const taken: Box[] = [];
  const labels: MapLabel[] = [];
  for (const each of order) {
    const label = wordsOf(each.region, placing);
    const places = label.isNumber ? [] : candidates(each, label);
    const costed = places.map((place) => ({ place, cost: costOf(place, each, seen, taken, placing) }));
    const best = costed.sort((a, b) => a.cost - b.cost)[0];
    const found = best && best.cost < dearest ? best.place : null;
    const box = found ?? { x: each.x - number / 2, y: each.y - number / 2, width: number, height: number };
    taken.push(box);
    labels.push({
      ...label,
      isNumber: !found,
      dx: box.x - each.x,
      dy: box.y - each.y,
      width: box.width,
      height: box.height,
    });
  }
  const place = new Map(regions.map((region, at) => [region.theme, at]));
  return labels.sort((a, b) => (place.get(a.theme) ?? 0) - (place.get(b.theme) ?? 0));
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Seen {
  region: PackedRegion;
  x: number;
  y: number;
  radius: number;
}

function wordsOf(region: PackedRegion, { chosen, namesOnly }: Placing): MapLabel {
  const isChosen = region.theme === chosen;
  const lines = wrapText(region.name, isChosen ? 180 : 140, size, { bold: isChosen });
  const note = noteOf(region);
  const widest = Math.max(...lines.map((each) => textWidth(each, size, isChosen)), note ? textWidth(note, size) : 0);
  return {
    theme: region.theme,
    lines,
    note,
    dx: 0,
    dy: 0,
    width: number + 5 + widest,
    height: (lines.length + (note ? 1 : 0)) * line + 2,
    isNumber: namesOnly === "chosen" && !isChosen,
  };
}

export function noteOf(region: Pick<PackedRegion, "isEmerging" | "oneVoice">): string | null {
  if (region.isEmerging) return "emerging";
  return region.oneVoice ? "one voice" : null;
}

function candidates({ x, y, radius }: Seen, { width, height }: MapLabel): Box[] {
  const boxes: Box[] = [];
  for (const shift of [0, -0.5, 0.5, -1, 1])
    for (const gap of [2, 7]) {
      boxes.push({ x: x - width / 2 + shift * radius, y: y - radius - height - gap, width, height });
      boxes.push({ x: x - width / 2 + shift * radius, y: y + radius + gap, width, height });
      boxes.push({ x: x + radius + gap, y: y - height / 2 + shift * radius, width, height });
      boxes.push({ x: x - radius - gap - width, y: y - height / 2 + shift * radius, width, height });
    }
  if (radius * 1.7 > width) boxes.push({ x: x - width / 2, y: y - height / 2, width, height });
  return boxes;
}

function costOf(box: Box, own: Seen, all: readonly Seen[], taken: readonly Box[], placing: Placing): number {
  const edge = { width: placing.width * placing.zoom, height: placing.height * placing.zoom };
  let cost = Math.hypot(box.x + box.width / 2 - own.x, box.y + box.height / 2 - own.y) * 0.04;
  if (box.x < 2 || box.y < 2 || box.x + box.width > edge.width - 2 || box.y + box.height > edge.height - 2)
    cost += 1_000;
  for (const other of taken) if (overlaps(box, other)) cost += 500;
  for (const other of all) {
    const gap = gapTo(box, other);
    if (other === own) cost += Math.max(0, -gap - 2) * 2;
    else if (gap < 0) cost += 24 - gap;
    else if (gap < 8) cost += 8 - gap;
  }
  return cost;
}

/** How far a box stays away from the rim of a region; below zero where it lies over it. */
function gapTo(box: Box, { x, y, radius }: Seen): number {
  const dx = Math.max(box.x - x, 0, x - box.x - box.width);
  const dy = Math.max(box.y - y, 0, y - box.y - box.height);
  return Math.hypot(dx, dy) - radius;
}

function overlaps(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width + 4 &&
    other.x < one.x + one.width + 4 &&
    one.y < other.y + other.height + 2 &&
    other.y < one.y + one.height + 2
  );
}
