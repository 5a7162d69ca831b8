import { scaleLog } from "d3-scale";
import type { BreadthView } from "../../domain/theme-views";
import { counted, decimal } from "../../domain/theme-words";
import { fitText, textWidth } from "./measure-text";
import { Label, near, Rule, SvgChart } from "./svg-chart";

interface BreadthScatterProps {
  dots: BreadthView["dots"];
  title: string;
  unit: "practices" | "services";
  fits: "wide" | "narrow";
  /** The theme a page is about: drawn as chosen. */
  chosen?: string;
  hrefOf: (theme: string) => string;
  width?: number;
  height?: number;
}

/** Breadth against volume, both logarithmic; slanted lines join themes with as many reports from each raiser. */
export function BreadthScatter({ dots, title, unit, fits, chosen, hrefOf, ...size }: BreadthScatterProps) {
  const isWide = fits === "wide";
  const width = size.width ?? (isWide ? 648 : 358);
  const height = size.height ?? (isWide ? 330 : 320);
  const box = { left: isWide ? 48 : 36, right: 16, top: 16, bottom: 42 };
  const mostReports = Math.max(10, ...dots.map((dot) => dot.reports));
  const mostRaisers = Math.max(10, ...dots.map((dot) => dot.effective));
  const x = scaleLog([1, mostReports * 1.3], [box.left, width - box.right]).clamp(true);
  const y = scaleLog([1, mostRaisers * 1.3], [height - box.bottom, box.top]).clamp(true);
  const named = labelled(dots, chosen, isWide ? 8 : 3);
  return (
    <SvgChart
      width={width}
      height={height}
      title={title}
      desc={`Reports across, effective ${unit} upwards, both on logarithmic scales. Arrow keys move between themes.`}
      fits={fits}
      interactive
    >
      {ticksUpTo(mostReports * 1.3).map((tick) => (
        <g key={tick}>
          <Rule x1={x(tick)} x2={x(tick)} y1={box.top} y2={height - box.bottom} className="ct-c-grid" />
          <Label x={x(tick)} y={height - box.bottom + 16} size={12} anchor="middle" quiet>
            {tick}
          </Label>
        </g>
      ))}
      {ticksUpTo(mostRaisers * 1.3).map((tick) => (
        <g key={tick}>
          <Rule x1={box.left} x2={width - box.right} y1={y(tick)} y2={y(tick)} className="ct-c-grid" />
          <Label x={box.left - 6} y={y(tick) + 4} size={12} anchor="end" quiet>
            {tick}
          </Label>
        </g>
      ))}
      {[1, 2, 5, 20].map((each) => (
        <EachLine key={each} each={each} x={x} y={y} reports={mostReports * 1.3} raisers={mostRaisers * 1.3} />
      ))}
      <Label x={width - box.right} y={height - 6} size={12} anchor="end" quiet>
        reports →
      </Label>
      <Label x={4} y={11} size={12} quiet>
        {`↑ effective ${unit}`}
      </Label>
      {dots.map((dot) => (
        <ThemeDot
          key={dot.theme}
          dot={dot}
          unit={unit}
          cx={x(Math.max(1, dot.reports))}
          cy={y(Math.max(1, dot.effective))}
          isChosen={dot.theme === chosen}
          href={hrefOf(dot.theme)}
        />
      ))}
      {named.map((dot) => {
        const cx = x(Math.max(1, dot.reports));
        const words = fitText(dot.name, isWide ? 190 : 130, 12.5);
        const flips = cx + 12 + textWidth(words, 12.5) > width;
        return (
          <Label
            key={dot.theme}
            x={flips ? cx - 10 : cx + 10}
            y={y(Math.max(1, dot.effective)) + 4}
            size={12.5}
            bold={dot.theme === chosen}
            halo
            anchor={flips ? "end" : "start"}
          >
            {words}
          </Label>
        );
      })}
    </SvgChart>
  );
}

interface EachLineProps {
  each: number;
  x: (value: number) => number;
  y: (value: number) => number;
  reports: number;
  raisers: number;
}

/** Where every effective raiser reported so often. */
function EachLine({ each, x, y, reports, raisers }: EachLineProps) {
  const end = Math.min(raisers, reports / each);
  if (end <= 1) return null;
  return (
    <>
      <Rule x1={x(each)} y1={y(1)} x2={x(end * each)} y2={y(end)} className="ct-c-slant" />
      <Label x={x(end * each) - 4} y={y(end) + 14} size={12} anchor="end" quiet halo>
        {each === 1 ? "1 report each" : `${each} reports each`}
      </Label>
    </>
  );
}

interface ThemeDotProps {
  dot: BreadthView["dots"][number];
  unit: string;
  cx: number;
  cy: number;
  isChosen: boolean;
  href: string;
}

function ThemeDot({ dot, unit, cx, cy, isChosen, href }: ThemeDotProps) {
  const flags = [dot.oneVoice ? "one voice" : "", dot.isEmerging ? "emerging" : ""].filter(Boolean).join(", ");
  const words = `${counted(dot.reports, "report")} count as ${decimal(dot.effective)} of ${dot.of} ${unit}${flags ? `; ${flags}` : ""}.`;
  return (
    <a href={href} data-mark={`${dot.name}|${words}`} aria-label={`${dot.name}. ${words}`}>
      {dot.isEmerging ? (
        <path d={`M${near(cx)},${near(cy - 8)}l8,8l-8,8l-8,-8z`} className="ct-c-point ct-c-point--special" />
      ) : (
        <circle cx={near(cx)} cy={near(cy)} r={isChosen ? 8 : 6} className={dotClass(dot.oneVoice, isChosen)} />
      )}
      <circle cx={near(cx)} cy={near(cy)} r={13} className="ct-c-hit" />
    </a>
  );
}

function dotClass(oneVoice: boolean, isChosen: boolean): string {
  if (isChosen) return "ct-c-dot ct-c-dot--chosen";
  return oneVoice ? "ct-c-dot ct-c-dot--one" : "ct-c-dot";
}

function labelled(dots: BreadthView["dots"], chosen: string | undefined, most: number): BreadthView["dots"] {
  const flagged = dots.filter((dot) => dot.theme === chosen || dot.oneVoice || dot.isEmerging);
  const rest = dots.filter((dot) => !flagged.includes(dot)).sort((a, b) => b.reports - a.reports);
  return [...flagged, ...rest].slice(0, Math.max(most, 1));
}

function ticksUpTo(most: number): number[] {
  return [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000].filter(
    (tick) => tick <= most,
  );
}
