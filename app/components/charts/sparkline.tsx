import { max } from "d3-array";
import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import type { Series } from "../../domain/theme-views";
import { decimal } from "../../domain/theme-words";
import type { XmrPoint } from "../../domain/xmr";
import { PointMark } from "./point-mark";
import { figure, trendInShort } from "./point-words";
import { Label, near, Rule, SvgChart } from "./svg-chart";
import { stretchesOf } from "./xmr-layout";

interface SparklineProps {
  name: string;
  series: Series;
  width?: number;
  height?: number;
}

/** A control chart the size of a word: the usual range a band, points outside it diamonds, the newest value in figures. */
export function Sparkline({ name, series, width = 146, height = 34 }: SparklineProps) {
  const { points } = series;
  const last = points.at(-1);
  if (!last) return null;
  const top = max(points, (point) => Math.max(point.value, point.upl ?? point.mean)) ?? 1;
  const x = scaleLinear([0, Math.max(1, points.length - 1)], [4, width - 32]);
  const y = scaleLinear([0, Math.max(1, top)], [height - 4, 5]);
  const drawn = line<(typeof points)[number]>(
    (_, at) => near(x(at)),
    (point) => near(y(point.value)),
  );
  const lastAt = points.length - 1;
  return (
    <SvgChart
      width={width}
      height={height}
      title={`${name}: ${trendInShort(series)}. Latest ${figure(last.value)}, usual ${decimal(last.mean)}.`}
    >
      {stretchesOf(points, "count").map(({ from, to, mean, lower, upper }) => {
        const [left, right] = [x(Math.max(0, from - 0.5)), Math.min(x(to + 0.5), width - 30)];
        return (
          <g key={from}>
            {lower === null || upper === null || series.isTrial ? null : (
              <rect
                x={near(left)}
                y={near(y(upper))}
                width={near(right - left)}
                height={near(y(lower) - y(upper))}
                className="ct-c-band"
              />
            )}
            <Rule x1={left} x2={right} y1={y(mean)} y2={y(mean)} className="ct-c-mean ct-c-mean--thin" />
          </g>
        );
      })}
      <path d={drawn(points) ?? ""} className="ct-c-line ct-c-line--ink" />
      {series.isTrial
        ? null
        : runsOf(points).map((run) => (
            <path
              key={run[0]}
              d={`M${run.map((at) => `${near(x(at))},${near(y(points[at]?.value ?? 0))}`).join("L")}`}
              className="ct-c-line ct-c-line--special"
            />
          ))}
      {points.map((point, at) =>
        !isOutside(point) || series.isTrial || at === lastAt ? null : (
          <PointMark key={point.date} x={x(at)} y={y(point.value)} type={point.pointType} scale={0.6} />
        ),
      )}
      {last.specialCauseType === "Common Cause" || series.isTrial ? (
        <circle cx={near(x(lastAt))} cy={near(y(last.value))} r={2.8} className="ct-c-fill-ink" />
      ) : (
        <PointMark x={x(lastAt)} y={y(last.value)} type={last.pointType} scale={0.75} />
      )}
      <Label x={x(lastAt) + 8} y={Math.max(11, y(last.value) + 4)} size={12} bold>
        {figure(last.value)}
      </Label>
    </SvgChart>
  );
}

const isOutside = (point: XmrPoint) => point.specialCauseType === "Above UCL" || point.specialCauseType === "Below LCL";

/** Marked points in a row, by their places: so small, a run reads better as a thick line than as a string of marks. */
function runsOf(points: readonly XmrPoint[]): number[][] {
  const runs: number[][] = [];
  points.forEach((point, at) => {
    if (point.specialCauseType === "Common Cause") return;
    const run = runs.at(-1);
    if (run && run.at(-1) === at - 1 && points[at - 1]?.stretch === point.stretch) run.push(at);
    else runs.push([at]);
  });
  return runs.filter((run) => run.length > 1);
}
