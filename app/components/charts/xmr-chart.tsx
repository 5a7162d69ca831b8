import type { Series } from "../../domain/theme-views";
import { decimal } from "../../domain/theme-words";
import { wrapText } from "./measure-text";
import { PointMark } from "./point-mark";
import { figure, monthWords, pointCard, shortDay } from "./point-words";
import { Label, Lines, near, Rule, SvgChart } from "./svg-chart";
import {
  monthTicks,
  pointOn,
  type Stretch,
  spreadLabels,
  stretchesOf,
  type XmrBox,
  type XmrScales,
  xmrScales,
} from "./xmr-layout";

export interface XmrChartProps {
  series: Series;
  /** The finding, as the figure's title says it. */
  title: string;
  /** Singular and lower case, such as "report"; "%" for a share. */
  unit?: string;
  target?: number | null;
  /** Where the axis begins. Counts begin at zero. */
  floor?: number;
  /** The issues behind a point. Without it points are not links. */
  hrefOf?: (date: string) => string;
  /** A phone's drawing is a drawing of its own: both stand on the page, and the style sheet shows one. */
  fits: "wide" | "narrow";
  width?: number;
  height?: number;
}

/** A control chart: limits a band, mean a line, each special cause a shape of its own, each named change an upright line. */
export function XmrChart(props: XmrChartProps) {
  const { series, title, fits, unit = "report", target = null, floor = 0 } = props;
  const isWide = fits === "wide";
  const width = props.width ?? (isWide ? 972 : 358);
  const height = props.height ?? (isWide ? 300 : 262);
  const noted = series.interventions.some((change) => pointOn(series.points, change.date) !== null);
  const box = {
    width,
    height,
    left: isWide ? 44 : 34,
    right: isWide ? 150 : 10,
    top: topOf(isWide, noted),
    bottom: 30,
  };
  const scales = xmrScales(series, box, floor, target);
  const stretches = stretchesOf(series.points, floor === 0 && unit !== "%" ? "count" : "other");
  return (
    <SvgChart
      width={width}
      height={height}
      title={title}
      desc="Points in order of time, the mean a line, the usual range a band. Arrow keys move between points."
      fits={fits}
      interactive={props.hrefOf !== undefined}
    >
      <Grid box={box} scales={scales} unit={unit} />
      {stretches.map((stretch) => (
        <Limits key={stretch.from} stretch={stretch} scales={scales} floor={floor} isTrial={series.isTrial} />
      ))}
      <OldMean stretches={stretches} scales={scales} box={box} last={series.points.length - 1} named={isWide} />
      {target === null ? null : (
        <g>
          <Rule
            x1={box.left}
            x2={width - box.right}
            y1={scales.y(target)}
            y2={scales.y(target)}
            className="ct-c-target"
          />
          {isWide ? null : (
            <Label
              x={box.left + 4}
              y={scales.y(target) - 5}
              size={12}
              bold
              halo
            >{`target ${withUnit(target, unit)}`}</Label>
          )}
        </g>
      )}
      <Changes series={series} scales={scales} box={box} isWide={isWide} />
      <path d={scales.path} className="ct-c-line" />
      {series.points.map((point, at) => (
        <PointMark
          key={point.date}
          x={scales.x(at)}
          y={scales.y(point.value)}
          type={point.pointType}
          scale={isWide ? 1.1 : 0.85}
          hollow={series.isTrial}
        />
      ))}
      <LimitLabels
        stretches={stretches}
        scales={scales}
        box={box}
        series={series}
        unit={unit}
        target={target}
        isWide={isWide}
      />
      <Months series={series} scales={scales} box={box} isWide={isWide} />
      <Marks {...props} unit={unit} scales={scales} box={box} />
    </SvgChart>
  );
}

interface Parts {
  box: XmrBox;
  scales: XmrScales;
}

function Grid({ box, scales, unit }: Parts & { unit: string }) {
  return (
    <>
      {scales.ticks.map((tick) => (
        <g key={tick}>
          <Rule
            x1={box.left}
            x2={box.width - box.right}
            y1={scales.y(tick)}
            y2={scales.y(tick)}
            className="ct-c-grid"
          />
          <Label x={box.left - 6} y={scales.y(tick) + 4} size={12} anchor="end" quiet>
            {withUnit(tick, unit)}
          </Label>
        </g>
      ))}
    </>
  );
}

function Limits({
  stretch,
  scales,
  floor,
  isTrial,
}: {
  stretch: Stretch;
  scales: XmrScales;
  floor: number;
  isTrial: boolean;
}) {
  const [from, to] = [scales.x(stretch.from - 0.5), scales.x(stretch.to + 0.5)];
  const trial = isTrial ? " ct-c-trial" : "";
  const { lower, upper, mean } = stretch;
  return (
    <>
      {lower === null || upper === null ? null : (
        <>
          {isTrial ? null : (
            <rect
              x={near(from)}
              y={near(scales.y(upper))}
              width={near(to - from)}
              height={near(scales.y(Math.max(floor, lower)) - scales.y(upper))}
              className="ct-c-band"
            />
          )}
          <Rule x1={from} x2={to} y1={scales.y(upper)} y2={scales.y(upper)} className={`ct-c-limit${trial}`} />
          {lower > floor ? (
            <Rule x1={from} x2={to} y1={scales.y(lower)} y2={scales.y(lower)} className={`ct-c-limit${trial}`} />
          ) : null}
        </>
      )}
      <Rule x1={from} x2={to} y1={scales.y(mean)} y2={scales.y(mean)} className={`ct-c-mean${trial}`} />
    </>
  );
}

/** After a change the old mean goes on, dotted, for ten points: what would have been. */
const oldMeanPoints = 10;

function OldMean({
  stretches,
  scales,
  box,
  last,
  named,
}: Parts & { stretches: Stretch[]; last: number; named: boolean }) {
  return (
    <>
      {stretches.slice(0, -1).map((stretch) => {
        const end = scales.x(Math.min(last, stretch.to + oldMeanPoints) + 0.5);
        const y = scales.y(stretch.mean);
        return (
          <g key={stretch.from}>
            <Rule x1={scales.x(stretch.to + 0.5)} x2={end} y1={y} y2={y} className="ct-c-mean ct-c-mean--old" />
            {named && end + 60 < box.width - box.right ? (
              <Label x={end + 4} y={y + 4} size={12} quiet halo>
                old mean
              </Label>
            ) : null}
          </g>
        );
      })}
    </>
  );
}

function Changes({ series, scales, box, isWide }: Parts & { series: Series; isWide: boolean }) {
  const shown = series.interventions.flatMap((change, index) => {
    const at = pointOn(series.points, change.date);
    return at === null ? [] : [{ change, number: index + 1, x: scales.x(at - 0.5) }];
  });
  return (
    <>
      {shown.map(({ change, number, x }, index) => {
        const room = (shown[index + 1]?.x ?? box.width) - x - 24;
        const note = change.rebases ? "limits recalculated from here" : "being tried: limits unchanged";
        return (
          <g key={change.id}>
            <Rule
              x1={x}
              x2={x}
              y1={20}
              y2={box.height - box.bottom}
              className={`ct-c-change${change.rebases ? "" : " ct-c-change--tried"}`}
            />
            <circle cx={near(x)} cy={12} r={9} className="ct-c-number" />
            <Label x={x} y={16.2} size={12} bold anchor="middle" className="ct-c-on-ink">
              {number}
            </Label>
            {isWide && room > 70 ? (
              <>
                <Label x={x + 13} y={16} size={12.5} bold>
                  {shortDay(change.date)}
                </Label>
                <Lines
                  x={x + 13}
                  y={31}
                  step={14.5}
                  size={12.5}
                  quiet
                  lines={[
                    ...wrapText(change.cause, Math.min(250, room), 12.5, { most: 2 }),
                    ...wrapText(note, Math.min(250, room), 12.5, { most: 1 }),
                  ]}
                />
              </>
            ) : null}
          </g>
        );
      })}
    </>
  );
}

interface LimitLabelsProps extends Parts {
  stretches: Stretch[];
  series: Series;
  unit: string;
  target: number | null;
  isWide: boolean;
}

function LimitLabels({ stretches, scales, box, series, unit, target, isWide }: LimitLabelsProps) {
  const last = stretches.at(-1);
  if (!last) return null;
  const trial = series.isTrial ? "trial " : "";
  if (!isWide) {
    return (
      <Label x={box.width - box.right - 2} y={scales.y(last.mean) - 5} size={12} bold halo anchor="end">
        {`${trial}mean ${withUnit(last.mean, unit)}`}
      </Label>
    );
  }
  const labels = [
    { y: scales.y(last.mean), words: `${trial}mean ${withUnit(last.mean, unit)}`, bold: true },
    ...(last.upper === null
      ? []
      : [{ y: scales.y(last.upper), words: `${trial}upper limit ${withUnit(last.upper, unit)}`, bold: false }]),
    ...(last.lower === null || last.lower <= 0
      ? []
      : [{ y: scales.y(last.lower), words: `${trial}lower limit ${withUnit(last.lower, unit)}`, bold: false }]),
    ...(target === null ? [] : [{ y: scales.y(target), words: `target ${withUnit(target, unit)}`, bold: true }]),
  ];
  return (
    <>
      {spreadLabels(labels, 15).map((label) => (
        <Label
          key={label.words}
          x={box.width - box.right + 8}
          y={label.y + 4}
          size={12.5}
          bold={label.bold}
          quiet={!label.bold}
        >
          {label.words}
        </Label>
      ))}
      {stretches.slice(0, -1).map((stretch) => (
        <Label
          key={stretch.from}
          x={scales.x(stretch.to + 0.4)}
          y={scales.y(stretch.mean) - 5}
          size={12.5}
          bold
          halo
          anchor="end"
        >
          {`mean ${withUnit(stretch.mean, unit)}`}
        </Label>
      ))}
    </>
  );
}

function Months({ series, scales, box, isWide }: Parts & { series: Series; isWide: boolean }) {
  const y = box.height - box.bottom;
  const room = (box.width - box.left - box.right) / (isWide ? 58 : 66);
  return (
    <>
      <Rule x1={box.left} x2={box.width - box.right} y1={y} y2={y} className="ct-c-axis" />
      {monthTicks(series.points, room).map(({ at, isYear }) => (
        <g key={at}>
          <Rule x1={scales.x(at - 0.5)} x2={scales.x(at - 0.5)} y1={y} y2={y + 4} className="ct-c-axis" />
          <Label x={scales.x(at - 0.5) + 3} y={y + 16} size={12} quiet>
            {monthWords(series.points[at]?.date ?? "", isYear)}
          </Label>
        </g>
      ))}
    </>
  );
}

/** What is reached by keys and pressed: as tall as the chart, so that a finger finds it. */
function Marks({ series, scales, box, unit = "report", hrefOf }: XmrChartProps & Parts) {
  if (!hrefOf) return null;
  return (
    <>
      {series.points.map((point, at) => {
        const [what, why] = pointCard(point, series, unit);
        return (
          <a key={point.date} href={hrefOf(point.date)} data-mark={`${what}|${why}`} aria-label={`${what}. ${why}`}>
            <rect
              x={near(scales.x(at - 0.5))}
              y={box.top - 8}
              width={near(scales.step)}
              height={box.height - box.bottom - box.top + 8}
              className="ct-c-hit"
            />
          </a>
        );
      })}
    </>
  );
}

function topOf(isWide: boolean, noted: boolean): number {
  if (!noted) return 14;
  return isWide ? 66 : 34;
}

function withUnit(value: number, unit: string): string {
  return unit === "%" ? `${decimal(value).replace(/\.0$/u, "")} %` : figure(value);
}
