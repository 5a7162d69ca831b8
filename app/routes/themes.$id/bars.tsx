import { textWidth } from "../../components/charts/measure-text";
import { Label, near, SvgChart } from "../../components/charts/svg-chart";

interface BarsProps {
  title: string;
  desc: string;
  bars: readonly { name: string; value: number; words: string }[];
}

const width = 358;
const row = 26;

/** Named bars from zero, each with its figure. */
export function Bars({ title, desc, bars }: BarsProps) {
  const left = Math.min(170, Math.max(...bars.map(({ name }) => textWidth(name, 13, true)))) + 12;
  const right = 12 + Math.max(...bars.map(({ words }) => textWidth(words, 13)));
  const most = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <SvgChart width={width} height={bars.length * row} title={title} desc={desc}>
      {bars.map(({ name, value, words }, at) => {
        const long = ((width - left - right) * value) / most;
        return (
          <g key={name}>
            <Label x={left - 8} y={at * row + 17} bold anchor="end">
              {name}
            </Label>
            <rect
              x={near(left)}
              y={at * row + 7}
              width={near(Math.max(1, long))}
              height={12}
              className="ct-c-fill-ink2"
            />
            <Label x={left + long + 6} y={at * row + 17}>
              {words}
            </Label>
          </g>
        );
      })}
    </SvgChart>
  );
}
