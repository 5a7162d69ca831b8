import { scaleLinear } from "d3-scale";
import type { DirectionBalance } from "../../domain/voices";
import { fitText } from "./measure-text";
import { Label, near, Rule, SvgChart } from "./svg-chart";

export interface BalanceRow {
  id: string;
  name: string;
  /** Null: withheld, or nothing between them. */
  balance: DirectionBalance | null;
}

interface BalanceChartProps {
  rows: readonly BalanceRow[];
  title: string;
  fits: "wide" | "narrow";
}

/** How much of what passes between practices and trusts each trust side raised, with its 95 % range; equal voice at half. */
export function BalanceChart({ rows, title, fits }: BalanceChartProps) {
  const isWide = fits === "wide";
  const width = isWide ? 500 : 358;
  const left = isWide ? 190 : 118;
  const rowHeight = 42;
  const top = 40;
  const height = top + rows.length * rowHeight + 26;
  const x = scaleLinear([0, 1], [left, width - 14]);
  return (
    <SvgChart
      width={width}
      height={height}
      title={title}
      desc="Share of the issues between practices and trusts that trusts raised, with its 95 % range. Equal voice is at 50 %."
      fits={fits}
    >
      {[0, 0.25, 0.5, 0.75, 1].map((share) => (
        <g key={share}>
          <Rule
            x1={x(share)}
            x2={x(share)}
            y1={top - 8}
            y2={height - 24}
            className={share === 0.5 ? "ct-c-mean" : "ct-c-grid"}
          />
          <Label x={x(share)} y={height - 8} size={12} anchor="middle" quiet>
            {`${share * 100}%`}
          </Label>
        </g>
      ))}
      <Label x={x(0.5)} y={14} size={12} bold anchor="middle">
        equal voice
      </Label>
      <Label x={left} y={28} size={12} quiet>
        ← practices
      </Label>
      <Label x={width - 14} y={28} size={12} quiet anchor="end">
        trusts →
      </Label>
      {rows.map((row, at) => (
        <Row key={row.id} row={row} y={top + rowHeight * (at + 0.5)} x={x} left={left} />
      ))}
    </SvgChart>
  );
}

function Row({ row, y, x, left }: { row: BalanceRow; y: number; x: (share: number) => number; left: number }) {
  const { balance } = row;
  return (
    <>
      <Label x={left - 10} y={y + 4} bold anchor="end">
        {fitText(row.name, left - 14, 13, true)}
      </Label>
      {balance?.range95 && balance.trustShare !== null ? (
        <>
          <Rule
            x1={x(balance.range95.low)}
            x2={x(balance.range95.high)}
            y1={y}
            y2={y}
            className="ct-c-range ct-c-range--wide"
          />
          <circle cx={near(x(balance.trustShare))} cy={near(y)} r={7} className="ct-c-dot ct-c-dot--chosen" />
          <Label x={x(balance.trustShare)} y={y - 11} size={12.5} anchor="middle" halo>
            {`${Math.round(balance.trustShare * 100)}% (${Math.round(balance.range95.low * 100)} to ${Math.round(balance.range95.high * 100)})`}
          </Label>
        </>
      ) : (
        <Label x={left + 8} y={y + 4} size={12.5} italic quiet halo>
          too few to show
        </Label>
      )}
    </>
  );
}
