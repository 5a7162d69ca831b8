import { Link, useNavigate } from "@remix-run/react";
import { useRef, useState } from "react";
import { ChartFrame } from "../../components/charts/chart-frame";
import { ThemeMap } from "../../components/charts/theme-map";
import { dotsInside, gather } from "../../components/charts/theme-map-dots";
import type { MapMotion } from "../../components/charts/theme-map-motion";
import type { PackedMap } from "../../components/charts/theme-map-pack";
import type { ThemeQuery } from "../../domain/theme-query";
import { counted, shownWords } from "../../domain/theme-words";
import { hrefOf } from "./ranking";
import { useDots } from "./use-dots";

interface MapPanelProps {
  map: PackedMap;
  query: ThemeQuery;
  /** Which view the dots were counted for. */
  version: number;
  asOf: string;
}

/** As many issues of a loop as are listed beside it. */
const mostListed = 30;

/** The theme map with what one can do with it: look closer, gather dots by words, draw a loop round some. */
export function MapPanel({ map, query, version, asOf }: MapPanelProps) {
  const motion = useRef<MapMotion | null>(null);
  const navigate = useNavigate();
  const dots = useDots(query, version);
  const [loop, setLoop] = useState<[number, number][] | null>(null);
  const [ringed, setRinged] = useState<ReadonlySet<number> | null>(null);
  const [hovered, setHovered] = useState<string | null>(null);
  const marked = ringed ?? dots.found;
  const shown = marked ? gather(map, marked) : map;
  const title = mapTitle(map);
  const closeLoop = () => {
    if (loop) setRinged(dotsInside(map, loop));
    setLoop(null);
  };
  const clear = () => {
    setLoop(null);
    setRinged(null);
    dots.forget();
    motion.current?.whole();
  };
  const drawing = {
    map: shown,
    title,
    chosen: query.theme,
    hrefOf: (theme: string) => hrefOf({ id: theme }, query),
    loop,
    onCorner: (corner: [number, number]) => setLoop((before) => (before ? [...before, corner] : before)),
    onDot: (dot: number) => {
      const reference = dots.references?.[dot];
      if (reference) navigate(`/issues/${reference}`);
    },
    onHover: (dot: number | null) => {
      if (dot !== null) dots.load();
      setHovered(dot === null ? null : (dots.references?.[dot] ?? null));
    },
    motion,
  };
  return (
    <ChartFrame
      id="map"
      className="ct-themes__map"
      title={title}
      asOf={asOf}
      fileName="theme-map"
      steps
      shows="One dot an issue, dark if moderate harm or worse, palest if in no theme."
      notMeans="Near means worded alike, not sharing a cause; the size of a region is its number of issues, not its importance."
      twin={twinOf(map)}
      above={
        <MapTools
          dots={dots}
          isDrawing={loop !== null}
          onGather={() => setRinged(null)}
          onLoop={() => {
            dots.load();
            if (loop) closeLoop();
            else setLoop([]);
          }}
          onCloser={(times) => motion.current?.closer(times)}
          onWhole={clear}
        />
      }
    >
      <ThemeMap {...drawing} fits="wide" />
      <ThemeMap {...drawing} fits="narrow" />
      <p className="ct-s ct-2 ct-map__says" role="status">
        {statusWords({ map, loop, ringed, found: dots.found, text: dots.text, isLoading: dots.isLoading })}
        {hovered ? ` Issue ${hovered}.` : ""}
      </p>
      {ringed ? <Ringed dots={ringed} references={dots.references} /> : null}
    </ChartFrame>
  );
}

interface MapToolsProps {
  dots: ReturnType<typeof useDots>;
  isDrawing: boolean;
  onGather: () => void;
  onLoop: () => void;
  onCloser: (times: number) => void;
  onWhole: () => void;
}

function MapTools({ dots, isDrawing, onGather, onLoop, onCloser, onWhole }: MapToolsProps) {
  return (
    <div className="ct-maptools ct-js-only">
      <form
        role="search"
        aria-label="Dots of the map"
        onSubmit={(event) => {
          event.preventDefault();
          onGather();
          dots.gather(String(new FormData(event.currentTarget).get("q") ?? ""));
        }}
      >
        <input
          className="nhsuk-input"
          name="q"
          type="text"
          aria-label="Type words to gather dots"
          placeholder="Type words to gather dots"
          maxLength={200}
        />
      </form>
      <button
        type="button"
        className="nhsuk-button nhsuk-button--secondary nhsuk-button--small"
        aria-pressed={isDrawing}
        onClick={onLoop}
      >
        {isDrawing ? "Close the loop" : "Draw a loop"}
      </button>
      <button
        type="button"
        className="nhsuk-button nhsuk-button--secondary nhsuk-button--small"
        aria-label="Closer"
        onClick={() => onCloser(1.6)}
      >
        +
      </button>
      <button
        type="button"
        className="nhsuk-button nhsuk-button--secondary nhsuk-button--small"
        aria-label="Further away"
        onClick={() => onCloser(1 / 1.6)}
      >
        −
      </button>
      <button type="button" className="nhsuk-button nhsuk-button--secondary nhsuk-button--small" onClick={onWhole}>
        Reset
      </button>
    </div>
  );
}

/** The issues inside a loop, as links. */
function Ringed({ dots, references }: { dots: ReadonlySet<number>; references: readonly (string | null)[] | null }) {
  const known = [...dots].flatMap((dot) => references?.[dot] ?? []);
  return (
    <ul className="ct-map__ringed">
      {known.slice(0, mostListed).map((reference) => (
        <li key={reference}>
          <Link to={`/issues/${reference}`}>{reference}</Link>
        </li>
      ))}
      {known.length > mostListed ? <li>and {known.length - mostListed} more</li> : null}
    </ul>
  );
}

interface Status {
  map: PackedMap;
  loop: readonly unknown[] | null;
  ringed: ReadonlySet<number> | null;
  found: ReadonlySet<number> | null;
  text: string;
  isLoading: boolean;
}

function statusWords({ map, loop, ringed, found, text, isLoading }: Status): string {
  if (loop) return "Press corners one by one, or draw with the pointer held down; then close the loop.";
  if (ringed) return `${counted(ringed.size, "dot")} inside the loop.`;
  if (isLoading) return "Looking for the words…";
  if (found) return `${counted(found.size, "dot")} of ${map.drawn} hold “${text}”.`;
  if (map.drawn < map.total)
    return `${map.drawn} of ${map.total} issues drawn as dots, sampled evenly; the rest as shading.`;
  if (map.marksWithheld) return "The filters mark no dots: so few could be told apart.";
  return "";
}

function mapTitle(map: PackedMap): string {
  const fresh = map.regions.filter((region) => region.isEmerging).length;
  const themes = counted(map.regions.length, "theme");
  if (map.regions.length === 0) return "No themes to draw yet";
  if (fresh === 0) return `${themes} by what issues say; none is emerging`;
  return `${themes} by what issues say; ${fresh === 1 ? "one is" : `${fresh} are`} emerging`;
}

function twinOf(map: PackedMap) {
  return {
    caption: "Themes on the map, each with those worded most like it",
    head: ["Theme", "Issues", "Reports", "Lies nearest to"],
    numbers: [1, 2],
    rows: map.regions.map((region) => {
      const others = map.regions
        .filter((other) => other !== region)
        .map((other) => ({ other, away: Math.hypot(other.x - region.x, other.y - region.y) - other.radius }))
        .sort((a, b) => a.away - b.away);
      return [
        `${region.rank} ${region.name}`,
        shownWords(region.issues),
        shownWords(region.reports),
        others
          .slice(0, 2)
          .map(({ other }) => other.name)
          .join("; "),
      ];
    }),
  };
}
