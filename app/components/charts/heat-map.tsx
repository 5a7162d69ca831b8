import { useId } from "react";
import type { PartRow, PlacesView } from "../../domain/theme-views";
import { rateWords, shownWords, withheldWords } from "../../domain/theme-words";
import { funnelSign, heatStep, heatStepWords, rateFigure } from "./heat-scale";
import { fitText } from "./measure-text";
import { Hatch, Label, SvgChart } from "./svg-chart";

interface HeatMapProps {
  places: PlacesView["places"];
  rows: PlacesView["rows"];
  title: string;
  fits: "wide" | "narrow";
  /** The issues behind a cell. */
  hrefOf: (theme: string, place: string) => string;
  themeHref: (theme: string) => string;
}

/** Theme by Place, each cell a rate per 10,000 in fixed steps of lightness, its number printed in it. */
export function HeatMap({ places, rows, title, fits, hrefOf, themeHref }: HeatMapProps) {
  const id = useId();
  const isWide = fits === "wide";
  const box = isWide
    ? { width: 1336, left: 320, right: 76, head: 40, row: 31 }
    : { width: 358, left: 20, right: 0, head: 96, row: 46 };
  const cell = (box.width - box.left - box.right) / Math.max(1, places.length);
  return (
    <SvgChart
      width={box.width}
      height={box.head + rows.length * box.row + 4}
      title={title}
      desc="Rows are themes in ranked order, columns Places. Hatched cells are withheld. Arrow keys move between cells."
      fits={fits}
      interactive
    >
      <Hatch id={id} />
      {places.map((place, column) => (
        <PlaceHead
          key={place.id}
          place={place}
          x={box.left + cell * (column + 0.5)}
          width={cell}
          isWide={isWide}
          head={box.head}
        />
      ))}
      {isWide ? (
        <>
          <Label x={box.width} y={16} size={12.5} anchor="end" quiet>
            All
          </Label>
          <Label x={box.width} y={31} size={12.5} anchor="end" quiet>
            rate, reports
          </Label>
        </>
      ) : null}
      {rows.map((row, at) => {
        const y = box.head + at * box.row;
        return (
          <g key={row.theme}>
            <RowHead row={row} y={y} box={box} isWide={isWide} href={themeHref(row.theme)} />
            {row.cells.map((part, column) => (
              <HeatCell
                key={part.id}
                part={part}
                theme={row.name}
                x={box.left + cell * column}
                y={isWide ? y : y + 18}
                width={cell}
                height={isWide ? box.row : box.row - 18}
                hatch={id}
                row={at}
                href={hrefOf(row.theme, part.id)}
              />
            ))}
          </g>
        );
      })}
    </SvgChart>
  );
}

interface PlaceHeadProps {
  place: PlacesView["places"][number];
  x: number;
  width: number;
  isWide: boolean;
  head: number;
}

function PlaceHead({ place, x, width, isWide, head }: PlaceHeadProps) {
  if (!isWide) {
    return (
      <text
        className="ct-c-ink"
        fontSize={12}
        fontWeight={700}
        transform={`translate(${Math.round(x + 4)},${head - 6}) rotate(-90)`}
      >
        {fitText(place.name, head - 10, 12, true)}
      </text>
    );
  }
  return (
    <>
      <Label x={x} y={16} size={12.5} bold anchor="middle">
        {fitText(place.name, width - 4, 12.5, true)}
      </Label>
      <Label x={x} y={31} size={12.5} anchor="middle" quiet>
        {place.listSize === null ? `${place.practices} practices` : `${Math.round(place.listSize / 1000)}k people`}
      </Label>
    </>
  );
}

interface RowHeadProps {
  row: PlacesView["rows"][number];
  y: number;
  box: { width: number; left: number; row: number };
  isWide: boolean;
  href: string;
}

function RowHead({ row, y, box, isWide, href }: RowHeadProps) {
  const room = isWide ? box.left - 36 : box.width - 24;
  const textY = isWide ? y + 20 : y + 13;
  return (
    <>
      <Label x={0} y={textY} size={12.5} bold quiet>
        {row.rank}
      </Label>
      <a href={href} aria-label={`${row.rank}. ${row.name}`}>
        <Label x={isWide ? 24 : 20} y={textY} size={isWide ? 13 : 12.5}>
          {fitText(row.name, room, isWide ? 13 : 12.5)}
        </Label>
      </a>
      {isWide ? (
        <>
          <Label x={box.width - 46} y={textY} bold anchor="end">
            {row.whole ? rateFigure(row.whole.per10000) : "–"}
          </Label>
          <Label x={box.width} y={textY} anchor="end" quiet>
            {row.reports.kind === "withheld" ? "–" : row.reports.value}
          </Label>
        </>
      ) : null}
    </>
  );
}

interface HeatCellProps {
  part: PartRow;
  theme: string;
  x: number;
  y: number;
  width: number;
  height: number;
  hatch: string;
  row: number;
  href: string;
}

/** A cell that is withheld looks the same whatever it holds, and is no link: narrower filters would not show it either. */
function HeatCell({ part, theme, x, y, width, height, hatch, row, href }: HeatCellProps) {
  const box = { x: x + 1, y: y + 1, width: Math.max(0, width - 2), height: Math.max(0, height - 2) };
  if (!part.rate || part.reports.kind === "withheld") {
    const words = part.reports.kind === "withheld" ? withheldWords.says : "No list size is known, so there is no rate.";
    return (
      // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a group of shapes is no control
      <g
        data-mark={`${part.name}, ${theme}|${words}`}
        data-row={row}
        role="img"
        aria-label={`${part.name}, ${theme}. ${words}`}
      >
        <rect {...box} fill={`url(#${hatch})`} className="ct-c-withheld" />
      </g>
    );
  }
  const step = heatStep(part.rate.per10000);
  const sign = part.funnel ? funnelSign[part.funnel] : "";
  const marked = sign ? `, ${part.funnel} what chance allows` : "";
  const words = `${rateWords(part.rate).says} From ${shownWords(part.reports)} reports${marked}.`;
  const isSlim = width < 60;
  return (
    <a
      href={href}
      data-mark={`${part.name}, ${theme}|${words}`}
      data-row={row}
      aria-label={`${rateFigure(part.rate.per10000)} ${part.name}, ${theme}. ${words}`}
    >
      <rect {...box} className={`ct-c-heat-${step}`} />
      <Label
        x={x + width / 2}
        y={y + height / 2 + 4.5}
        size={isSlim ? 12 : 13}
        bold={sign !== ""}
        anchor="middle"
        className={step >= 4 ? "ct-c-on-dark" : "ct-c-on-light"}
      >
        {isSlim ? `${part.rate.per10000.toFixed(1)}${sign}` : `${rateFigure(part.rate.per10000)} ${sign}`.trim()}
      </Label>
    </a>
  );
}

/** The key of the steps. */
export function HeatKey() {
  const id = useId();
  return (
    <p className="ct-key-row">
      <span>per 10,000:</span>
      {heatStepWords.map((words, step) => (
        <span key={words}>
          <svg width="26" height="15" aria-hidden="true">
            <rect width="26" height="15" className={`ct-c-heat-${step} ct-c-edge`} />
          </svg>
          {words}
        </span>
      ))}
      <span>
        <svg width="26" height="15" aria-hidden="true">
          <Hatch id={id} />
          <rect width="26" height="15" fill={`url(#${id})`} className="ct-c-withheld" />
        </svg>
        withheld
      </span>
    </p>
  );
}
