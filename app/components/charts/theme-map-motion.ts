import { select } from "d3-selection";
import { type ZoomTransform, zoom, zoomIdentity } from "d3-zoom";
import { type DotLook, dotLooks, type PackedMap } from "./theme-map-pack";

/** How the map is looked at: so many times closer, moved so far, in pixels of the drawing. */
export interface MapSight {
  k: number;
  x: number;
  y: number;
}

export const wholeMap: MapSight = { k: 1, x: 0, y: 0 };
const closest = 12;

export interface MapMotion {
  closer(times: number): void;
  whole(): void;
  /** Brings a place of the drawing to the middle, where the map is looked at closely. */
  show(x: number, y: number): void;
  stop(): void;
}

interface MotionParts {
  /** What the drawing stands in and slides under: it stays where it is, so that the pointer is measured against it. */
  box: HTMLElement;
  /** Width of the drawing, in its own pixels. */
  drawnWidth: number;
  /** Drawn anew once a frame at most, while the map moves. */
  onMove(sight: MapSight): void;
  /** It has come to rest. */
  onRest(sight: MapSight): void;
  isDrawing(): boolean;
}

/**
 * Zoom and pan. The wheel alone scrolls the page: with Ctrl it zooms, as do two fingers and the buttons. A finger alone
 * scrolls the page too.
 */
export function startMotion({ box, drawnWidth, onMove, onRest, isDrawing }: MotionParts): MapMotion {
  const shown = () => box.clientWidth / drawnWidth || 1;
  const sightOf = ({ k, x, y }: ZoomTransform): MapSight => ({ k, x: x / shown(), y: y / shown() });
  let frame = 0;
  let now: ZoomTransform = zoomIdentity;
  const whole = (): [[number, number], [number, number]] => [
    [0, 0],
    [box.clientWidth, box.clientHeight],
  ];
  const behaviour = zoom<HTMLElement, unknown>()
    .extent(whole)
    .scaleExtent([1, closest])
    .translateExtent(whole())
    .filter((event: Event) => {
      if (isDrawing()) return false;
      if (event instanceof WheelEvent) return event.ctrlKey || event.metaKey;
      if (window.TouchEvent && event instanceof TouchEvent) return event.touches.length > 1;
      return !(event instanceof MouseEvent) || event.button === 0;
    })
    .on("zoom", ({ transform }: { transform: ZoomTransform }) => {
      now = transform;
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        onMove(sightOf(now));
      });
    })
    .on("end", () => {
      cancelAnimationFrame(frame);
      frame = 0;
      onRest(sightOf(now));
    });
  const onSize = new ResizeObserver(() => behaviour.translateExtent(whole()));
  onSize.observe(box);
  const drawing = select(box);
  drawing.call(behaviour).on("dblclick.zoom", null);
  return {
    closer: (times) => drawing.call(behaviour.scaleBy, times),
    whole: () => drawing.call(behaviour.transform, zoomIdentity),
    show: (x, y) => {
      if (now.k > 1) drawing.call(behaviour.translateTo, x * shown(), y * shown());
    },
    stop: () => {
      cancelAnimationFrame(frame);
      onSize.disconnect();
      drawing.on(".zoom", null);
    },
  };
}

/** Colours of the canvas, read from the page so that it follows light and dark. */
export type MapColours = Readonly<Record<DotLook | "ground" | "rim" | "chosen-ground" | "emerging-ground", string>>;

export function coloursOf(element: Element): MapColours {
  const style = getComputedStyle(element);
  const of = (name: string) => style.getPropertyValue(`--ct-${name}`).trim();
  return {
    loose: of("chart-harm-0"),
    plain: of("chart-map-dot"),
    dark: of("chart-map-dark"),
    chosen: of("accent"),
    "chosen-dark": of("accent-strong"),
    emerging: of("chart-special"),
    "emerging-dark": of("chart-special"),
    outside: of("chart-grid"),
    ground: of("chart-map"),
    rim: of("chart-map-line"),
    "chosen-ground": of("accent-tint"),
    "emerging-ground": of("chart-special-tint"),
  };
}

interface PaintParts {
  map: PackedMap;
  /** Width of the drawing that `sight` is measured in. */
  drawnWidth: number;
  sight: MapSight;
  colours: MapColours;
  chosen: string | undefined;
}

/** The canvas reaches past each edge of the drawing by this share of it, so that a pan has something to slide in. */
export const overscan = 0.25;

/** Paints grounds of regions and all dots. One path a look: thousands of dots cost a few fills. */
export function paintMap(canvas: HTMLCanvasElement, { map, drawnWidth, sight, colours, chosen }: PaintParts): void {
  const context = canvas.getContext("2d");
  if (!context || canvas.clientWidth === 0) return;
  const fine = Math.min(2, window.devicePixelRatio || 1);
  const [wide, high] = [Math.round(canvas.clientWidth * fine), Math.round(canvas.clientHeight * fine)];
  if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high });
  const { k } = sight;
  const drawn = drawnWidth / map.width;
  const reach = 1 + 2 * overscan;
  const pixel = wide / reach / drawnWidth;
  const [beyondX, beyondY] = [(wide / reach) * overscan, (high / reach) * overscan];
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, wide, high);
  context.setTransform(
    pixel * k * drawn,
    0,
    0,
    pixel * k * drawn,
    beyondX + pixel * sight.x,
    beyondY + pixel * sight.y,
  );
  const seen = {
    left: -sight.x / k / drawn - (overscan * map.width) / k,
    top: -sight.y / k / drawn - (overscan * map.height) / k,
    width: (map.width * reach) / k,
    height: (map.height * reach) / k,
  };
  paintGrounds(context, map, colours, k, chosen);
  paintDots(context, map, colours, k, seen);
}

function paintGrounds(
  context: CanvasRenderingContext2D,
  map: PackedMap,
  colours: MapColours,
  k: number,
  chosen?: string,
): void {
  context.lineWidth = 1.2 / k;
  for (const region of map.regions) {
    const outline = new Path2D();
    outline.addPath(outlineOf(region.outline), new DOMMatrix([1, 0, 0, 1, region.x, region.y]));
    const [ground, rim] = groundOf(region, colours, chosen);
    context.fillStyle = ground;
    context.strokeStyle = rim;
    context.setLineDash(region.oneVoice ? [3 / k, 3 / k] : []);
    context.fill(outline);
    context.stroke(outline);
  }
  context.setLineDash([]);
}

const outlines = new Map<string, Path2D>();

/** A path is read once, not once a frame. */
function outlineOf(drawn: string): Path2D {
  const known = outlines.get(drawn) ?? new Path2D(drawn);
  outlines.set(drawn, known);
  return known;
}

function groundOf(
  region: PackedMap["regions"][number],
  colours: MapColours,
  chosen: string | undefined,
): [string, string] {
  if (region.theme === chosen) return [colours["chosen-ground"], colours.chosen];
  if (region.isEmerging) return [colours["emerging-ground"], colours.emerging];
  return region.oneVoice ? ["transparent", colours.plain] : [colours.ground, colours.rim];
}

interface SeenPart {
  left: number;
  top: number;
  width: number;
  height: number;
}

function paintDots(
  context: CanvasRenderingContext2D,
  map: PackedMap,
  colours: MapColours,
  k: number,
  seen: SeenPart,
): void {
  const radius = (map.dot * Math.min(2.2, Math.sqrt(k))) / k;
  const paths = dotLooks.map(() => new Path2D());
  for (let dot = 0; dot < map.looks.length; dot++) {
    const [x, y] = [(map.at[dot * 2] ?? 0) / 10, (map.at[dot * 2 + 1] ?? 0) / 10];
    if (x < seen.left - radius || x > seen.left + seen.width + radius) continue;
    if (y < seen.top - radius || y > seen.top + seen.height + radius) continue;
    const path = paths[Number(map.looks[dot])];
    path?.moveTo(x + radius, y);
    path?.arc(x, y, radius, 0, 2 * Math.PI);
  }
  paths.forEach((path, at) => {
    context.fillStyle = colours[dotLooks[at] ?? "plain"];
    context.fill(path);
  });
}
