import { scaleLinear } from "d3-scale";
import { useId } from "react";
import type { PartRow } from "../../domain/theme-views";
import { rateWords, withheldWords } from "../../domain/theme-words";
import { funnelSign, heatStep, rateFigure } from "./heat-scale";
import { fitText } from "./measure-text";
import { Hatch, Label, near, Rule, SvgChart } from "./svg-chart";

interface TileMapProps {
  /** In the order they are laid out: rough map order, row by row. */
  places: readonly PartRow[];
  title: string;
  fits: "wide" | "narrow";
  hrefOf: (place: string) => string;
  columns?: number;
}

/** A tile a Place in rough map order: its rate, whether chance explains it, and its 95 % range on one scale for all. */
export function TileMap({ places, title, fits, hrefOf, columns = 3 }: TileMapProps) {
  const id = useId();
  const isWide = fits === "wide";
  const width = isWide ? 648 : 358;
  const tile = { width: width / columns, height: isWide ? 108 : 104 };
  const rows = Math.ceil(places.length / columns);
  const most = Math.max(0.1, ...places.map((place) => place.rate?.range95.high ?? 0));
  const x = scaleLinear([0, most], [10, tile.width - 16]);
  return (
    <SvgChart
      width={width}
      height={rows * tile.height}
      title={title}
      desc="A tile for each Place: rate per 10,000 and its 95 % range. Arrow keys move between tiles."
      fits={fits}
      interactive
    >
      <Hatch id={id} />
      {places.map((place, at) => (
        <Tile
          key={place.id}
          place={place}
          left={(at % columns) * tile.width}
          top={Math.floor(at / columns) * tile.height}
          tile={tile}
          x={x}
          hatch={id}
          row={Math.floor(at / columns)}
          href={hrefOf(place.id)}
        />
      ))}
    </SvgChart>
  );
}

interface TileProps {
  place: PartRow;
  left: number;
  top: number;
  tile: { width: number; height: number };
  x: (rate: number) => number;
  hatch: string;
  row: number;
  href: string;
}

function Tile({ place, left, top, tile, x, hatch, row, href }: TileProps) {
  const box = { x: near(left + 2), y: top + 2, width: near(tile.width - 6), height: tile.height - 6 };
  const name = fitText(place.name, tile.width - 18, 13, true);
  if (!place.rate || place.reports.kind === "withheld") {
    const words =
      place.reports.kind === "withheld" ? withheldWords.says : "No list size is known, so there is no rate.";
    return (
      // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a group of shapes is no control
      <g data-mark={`${place.name}|${words}`} data-row={row} role="img" aria-label={`${place.name}. ${words}`}>
        <rect {...box} fill={`url(#${hatch})`} className="ct-c-withheld" />
        <Label x={left + 10} y={top + 21} bold halo>
          {name}
        </Label>
        <Label x={left + 10} y={top + 44} size={12.5} quiet halo>
          {place.reports.kind === "withheld" ? "withheld" : "no list size"}
        </Label>
      </g>
    );
  }
  const { per10000, range95 } = place.rate;
  const step = heatStep(per10000);
  const on = step >= 4 ? "ct-c-on-dark" : "ct-c-on-light";
  const sign = place.funnel ? funnelSign[place.funnel] : "";
  const words = `${rateWords(place.rate).says}${sign ? ` It lies ${place.funnel} what chance allows.` : ""}`;
  const y = top + tile.height - 18;
  return (
    <a href={href} data-mark={`${place.name}|${words}`} data-row={row} aria-label={`${place.name}. ${words}`}>
      <rect {...box} className={`ct-c-heat-${step} ct-c-edge`} />
      <Label x={left + 10} y={top + 21} bold className={on}>
        {name}
      </Label>
      <Label x={left + 10} y={top + 52} size={24} bold className={on}>
        {rateFigure(per10000)}
      </Label>
      <Label x={left + tile.width - 14} y={top + 50} size={15} anchor="end" className={on}>
        {sign}
      </Label>
      <Label x={left + 10} y={top + 72} size={12} className={on}>
        {`${rateFigure(range95.low)} to ${rateFigure(range95.high)}`}
      </Label>
      <Rule
        x1={left + x(range95.low)}
        x2={left + x(range95.high)}
        y1={y}
        y2={y}
        className={`ct-c-tile-range ${on}-line`}
      />
      <circle cx={near(left + x(per10000))} cy={y} r={4} className={`${on}-dot`} />
    </a>
  );
}
