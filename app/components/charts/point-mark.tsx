import type { PointType } from "../../domain/xmr";
import { near } from "./svg-chart";

interface PointMarkProps {
  x: number;
  y: number;
  type: PointType;
  scale?: number;
  /** Of a chart whose limits are a trial. */
  hollow?: boolean;
}

/** A point of a control chart: its shape carries the meaning, its colour repeats it. */
export function PointMark({ x, y, type, scale = 1, hollow }: PointMarkProps) {
  if (hollow) return <circle cx={near(x)} cy={near(y)} r={3.6 * scale} className="ct-c-point ct-c-point--hollow" />;
  switch (type) {
    case "common_cause":
      return <circle cx={near(x)} cy={near(y)} r={near(2.6 * scale)} className="ct-c-point" />;
    case "special_cause_improvement":
      return <circle cx={near(x)} cy={near(y)} r={near(5 * scale)} className="ct-c-point ct-c-point--better" />;
    case "special_cause_concern": {
      const side = near(8.8 * scale);
      return (
        <rect
          x={near(x - side / 2)}
          y={near(y - side / 2)}
          width={side}
          height={side}
          className="ct-c-point ct-c-point--worse"
        />
      );
    }
    case "special_cause_neutral_high":
    case "special_cause_neutral_low":
      return <path d={diamond(x, y, 5.6 * scale)} className="ct-c-point ct-c-point--special" />;
  }
}

function diamond(x: number, y: number, reach: number): string {
  const r = near(reach);
  return `M${near(x)},${near(y - reach)}l${r},${r}l${-r},${r}l${-r},${-r}z`;
}
