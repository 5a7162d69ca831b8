import { type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useHydrated } from "../../web/use-hydrated";
import { Label, Lines, near } from "./svg-chart";
import { labelSizes, type MapLabel, placeLabels } from "./theme-map-labels";
import {
  coloursOf,
  type MapColours,
  type MapMotion,
  type MapSight,
  paintMap,
  startMotion,
  wholeMap,
} from "./theme-map-motion";
import { dotPaths, type PackedMap, type PackedRegion } from "./theme-map-pack";

export interface ThemeMapProps {
  map: PackedMap;
  title: string;
  chosen?: string | undefined;
  hrefOf: (theme: string) => string;
  fits: "wide" | "narrow";
  /** Corners of a loop that is being drawn, in the pixels of the packed map. Null: none is. */
  loop?: readonly (readonly [number, number])[] | null;
  onCorner?: (corner: [number, number]) => void;
  /** The dot that was pressed, by its place in the map. */
  onDot?: (dot: number) => void;
  /** The dot under the pointer. */
  onHover?: (dot: number | null) => void;
  motion?: RefObject<MapMotion | null>;
}

/**
 * Past so many dots they are painted on a canvas under the regions, which stay what is reached and pressed. As shapes of
 * the drawing they are all drawn anew at every step of a pan: a thousand already take longer than a frame.
 */
export const mostDrawn = 400;

/** A dot an issue, near others that are worded alike; themes are regions with names. Axes mean nothing, none are drawn. */
export function ThemeMap(props: ThemeMapProps) {
  const { map, title, chosen, fits, loop = null } = props;
  const [width, height] = fits === "wide" ? [map.width, map.height] : [358, Math.round((358 * map.height) / map.width)];
  const scale = width / map.width;
  const hydrated = useHydrated();
  const isPainted = hydrated && map.looks.length > mostDrawn;
  const { box, svg, canvas, sight } = useMotion(props, width, isPainted);
  const labels = useMemo(
    () =>
      placeLabels(map.regions, {
        zoom: sight.k,
        scale,
        width,
        height,
        chosen,
        namesOnly: fits === "wide" ? "all" : "chosen",
      }),
    [map.regions, sight.k, scale, width, height, chosen, fits],
  );
  const ground = `translate(${near(sight.x)},${near(sight.y)}) scale(${sight.k * scale})`;
  return (
    <div className={`ct-map ct-map--${fits}${loop ? " is-drawing" : ""}`} ref={box}>
      {isPainted ? <canvas className="ct-map__dots" ref={canvas} /> : null}
      <svg
        className="ct-chart ct-map__svg"
        ref={svg}
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="group"
        aria-label={title}
        fontSize="12.5"
        {...pressing(props, svg, scale, sight)}
      >
        {isPainted ? null : (
          <g data-ground="" transform={ground}>
            <Ground map={map} chosen={chosen} />
          </g>
        )}
        {labels.map((label, at) => {
          const region = map.regions[at];
          if (!region) return null;
          return (
            <RegionLink
              key={region.theme}
              region={region}
              label={label}
              sight={sight}
              scale={scale}
              ground={ground}
              isChosen={region.theme === chosen}
              href={props.hrefOf(region.theme)}
            />
          );
        })}
        {loop ? (
          <polygon
            className="ct-map__loop"
            data-ground=""
            transform={ground}
            points={loop.map(([x, y]) => `${near(x)},${near(y)}`).join(" ")}
          />
        ) : null}
      </svg>
    </div>
  );
}

function Ground({ map, chosen }: { map: PackedMap; chosen: string | undefined }) {
  return (
    <>
      {map.density.cells.map(([x, y, strength]) => (
        <rect
          key={`${x} ${y}`}
          x={x}
          y={y}
          width={map.density.size}
          height={map.density.size}
          className={`ct-map__density-${strength}`}
        />
      ))}
      {map.regions.map((region) => (
        <path
          key={region.theme}
          d={region.outline}
          transform={`translate(${region.x},${region.y})`}
          className={groundClass(region, chosen)}
        />
      ))}
      {dotPaths(map).map(([look, path]) => (
        <path key={look} d={path} className={`ct-map__dot ct-map__dot--${look}`} strokeWidth={map.dot * 2} />
      ))}
    </>
  );
}

function groundClass(region: PackedRegion, chosen: string | undefined): string {
  if (region.theme === chosen) return "ct-map__ground ct-map__ground--chosen";
  if (region.isEmerging) return "ct-map__ground ct-map__ground--emerging";
  return region.oneVoice ? "ct-map__ground ct-map__ground--one" : "ct-map__ground";
}

const { number, line, words } = labelSizes;

interface RegionLinkProps {
  region: PackedRegion;
  label: MapLabel;
  sight: MapSight;
  scale: number;
  ground: string;
  isChosen: boolean;
  href: string;
}

function RegionLink({ region, label, sight, scale, ground, isChosen, href }: RegionLinkProps) {
  const [what, why] = regionWords(region, label.note);
  const x = near(sight.k * region.x * scale + sight.x + label.dx);
  const y = near(sight.k * region.y * scale + sight.y + label.dy);
  const tone = region.isEmerging ? " ct-map__label--emerging" : "";
  return (
    <a
      href={href}
      data-mark={`${what}|${why}`}
      data-at={`${region.x} ${region.y}`}
      aria-label={`${what}. ${why}`}
      aria-current={isChosen ? "true" : undefined}
      className={isChosen ? "ct-map__region is-chosen" : "ct-map__region"}
    >
      <g data-ground="" transform={ground}>
        <path d={region.outline} transform={`translate(${region.x},${region.y})`} className="ct-map__hit" />
      </g>
      <g
        className={`ct-map__label${tone}`}
        data-x={region.x * scale}
        data-y={region.y * scale}
        data-dx={label.dx}
        data-dy={label.dy}
        transform={`translate(${x},${y})`}
      >
        <rect width={number} height={number} rx={3} className="ct-map__number" />
        <Label
          x={number / 2}
          y={14.6}
          size={region.rank.length > 2 ? 10.5 : 13}
          bold
          anchor="middle"
          className="ct-map__rank"
        >
          {`${region.rank} `}
        </Label>
        {label.isNumber ? null : (
          <>
            <Lines
              lines={label.lines.map((each) => `${each} `)}
              x={number + 5}
              y={14.6}
              step={line}
              size={words}
              bold={isChosen}
              halo
            />
            {label.note ? (
              <Label x={number + 5} y={14.6 + label.lines.length * line} size={words} italic halo>
                {label.note}
              </Label>
            ) : null}
          </>
        )}
      </g>
    </a>
  );
}

function regionWords(region: PackedRegion, note: string | null): [string, string] {
  const issues = region.issues.kind === "withheld" ? "Issues withheld" : `${region.issues.value} issues`;
  const reports = region.reports.kind === "withheld" ? "reports withheld" : `${region.reports.value} reports`;
  // The name begins with the text that is seen: whoever speaks to the page says what they see.
  return [`${region.rank} ${region.name}${note ? ` ${note}` : ""}`, `${issues}, ${reports}.`];
}

/** Runs the map in a browser: it moves by hand without React, and is drawn anew by it once at rest. */
function useMotion({ map, chosen, loop = null, motion }: ThemeMapProps, width: number, isPainted: boolean) {
  const box = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const colours = useRef<MapColours | null>(null);
  const [sight, setSight] = useState<MapSight>(wholeMap);
  const latest = useRef({ map, chosen, isDrawing: loop !== null });
  latest.current = { map, chosen, isDrawing: loop !== null };
  const scale = width / map.width;
  useEffect(() => {
    const drawing = svg.current;
    if (!drawing || !box.current) return;
    let rest = wholeMap;
    const paint = (at: MapSight) => {
      if (!canvas.current) return;
      colours.current ??= coloursOf(drawing);
      paintMap(canvas.current, { ...latest.current, drawnWidth: width, sight: at, colours: colours.current });
    };
    const started = startMotion({
      box: box.current,
      drawnWidth: width,
      isDrawing: () => latest.current.isDrawing,
      onRest: (at) => {
        rest = at;
        flushSync(() => setSight(at));
        slide([drawing, canvas.current], 0, 0);
        paint(at);
      },
      onMove: (at) => {
        // As close as before: what is drawn slides as it is, and nothing is drawn anew until it rests.
        const shown = (box.current?.clientWidth ?? width) / width;
        if (at.k === rest.k) return slide([drawing, canvas.current], (at.x - rest.x) * shown, (at.y - rest.y) * shown);
        rest = at;
        slide([drawing, canvas.current], 0, 0);
        moveParts(drawing, at, scale);
        paint(at);
      },
    });
    // Two drawings stand on the page, and one of them is shown: the buttons move that one.
    if (motion && drawing.getClientRects().length > 0) Object.assign(motion, { current: started });
    const toFocused = (event: FocusEvent) => {
      const at =
        event.target instanceof Element ? event.target.getAttribute("data-at")?.split(" ").map(Number) : undefined;
      if (at?.[0] !== undefined && at[1] !== undefined) started.show(at[0] * scale, at[1] * scale);
    };
    drawing.addEventListener("focusin", toFocused);
    return () => {
      drawing.removeEventListener("focusin", toFocused);
      started.stop();
    };
  }, [width, scale, motion]);
  useEffect(() => {
    if (!isPainted || !svg.current || !canvas.current) return;
    const parts = { svg: svg.current, canvas: canvas.current };
    const paint = () => {
      colours.current = coloursOf(parts.svg);
      paintMap(parts.canvas, { map, chosen, drawnWidth: width, sight, colours: colours.current });
    };
    paint();
    const onSize = new ResizeObserver(paint);
    onSize.observe(parts.canvas);
    return () => onSize.disconnect();
  }, [isPainted, map, chosen, sight, width]);
  return { box, svg, canvas, sight };
}

function slide(parts: readonly (SVGElement | HTMLElement | null)[], x: number, y: number): void {
  for (const part of parts) if (part) part.style.transform = x === 0 && y === 0 ? "" : `translate(${x}px, ${y}px)`;
}

/** While it moves: the ground as one, each label beside its region. */
function moveParts(svg: SVGSVGElement, { k, x, y }: MapSight, scale: number): void {
  const ground = `translate(${near(x)},${near(y)}) scale(${k * scale})`;
  for (const part of svg.querySelectorAll("[data-ground]")) part.setAttribute("transform", ground);
  for (const label of svg.querySelectorAll<SVGGElement>(".ct-map__label")) {
    const { x: ax = "0", y: ay = "0", dx = "0", dy = "0" } = label.dataset;
    label.setAttribute(
      "transform",
      `translate(${near(k * Number(ax) + x + Number(dx))},${near(k * Number(ay) + y + Number(dy))})`,
    );
  }
}

/** From so close on a single dot is pressed, not its region. */
const dotsFrom = 2;
const dotReach = 7;

function pressing(
  { map, loop = null, onCorner, onDot, onHover }: ThemeMapProps,
  svg: RefObject<SVGSVGElement>,
  scale: number,
  sight: MapSight,
) {
  const placeOf = (event: React.PointerEvent | React.MouseEvent): [number, number] | null => {
    const matrix = svg.current?.getScreenCTM()?.inverse();
    if (!matrix) return null;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
    return [(x - sight.x) / sight.k / scale, (y - sight.y) / sight.k / scale];
  };
  const nearest = (place: [number, number] | null) =>
    place ? nearestDot(map, place, dotReach / sight.k / scale) : null;
  return {
    onClickCapture: (event: React.MouseEvent) => {
      const place = placeOf(event);
      if (loop && place) {
        event.preventDefault();
        event.stopPropagation();
        onCorner?.(place);
        return;
      }
      const dot = sight.k >= dotsFrom ? nearest(place) : null;
      if (dot === null || !onDot || !(event.target instanceof Element && event.detail > 0)) return;
      event.preventDefault();
      event.stopPropagation();
      onDot(dot);
    },
    onPointerMove: (event: React.PointerEvent) => {
      const place = placeOf(event);
      if (loop && place && event.buttons === 1) onCorner?.(place);
      else onHover?.(nearest(place));
    },
    onPointerLeave: () => onHover?.(null),
  };
}

function nearestDot(map: PackedMap, [x, y]: [number, number], reach: number): number | null {
  let [found, best]: [number | null, number] = [null, reach * reach];
  for (let dot = 0; dot < map.looks.length; dot++) {
    const [dx, dy] = [(map.at[dot * 2] ?? 0) / 10 - x, (map.at[dot * 2 + 1] ?? 0) / 10 - y];
    const away = dx * dx + dy * dy;
    if (away < best) [found, best] = [dot, away];
  }
  return found;
}
