import { type ReactNode, useId } from "react";

interface SvgChartProps {
  width: number;
  height: number;
  /** The finding. */
  title: string;
  /** How to read it. */
  desc?: string;
  /** Drawn for a wide page, a narrow one, or both. */
  fits?: "wide" | "narrow" | "both";
  /** Its marks are links, reached by keys. */
  interactive?: boolean;
  children: ReactNode;
}

/** The frame of every drawing: named, described, and as wide as it is drawn or narrower. */
export function SvgChart({ width, height, title, desc, fits = "both", interactive, children }: SvgChartProps) {
  const id = useId();
  return (
    <svg
      className={`ct-chart${fits === "both" ? "" : ` ct-chart--${fits}`}`}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role={interactive ? "group" : "img"}
      aria-labelledby={`${id}t`}
      aria-describedby={desc ? `${id}d` : undefined}
      fontSize="13"
    >
      <title id={`${id}t`}>{title}</title>
      {desc ? <desc id={`${id}d`}>{desc}</desc> : null}
      {children}
    </svg>
  );
}

interface LabelProps {
  x: number;
  y: number;
  size?: number;
  bold?: boolean;
  quiet?: boolean;
  italic?: boolean;
  anchor?: "start" | "middle" | "end";
  /** An edge in the colour of the ground, where it lies over marks. */
  halo?: boolean;
  className?: string;
  children: string | number;
}

export function Label({ x, y, size, bold, quiet, italic, anchor, halo, className, children }: LabelProps) {
  const classes = [quiet ? "ct-c-quiet" : "ct-c-ink", halo ? "ct-c-halo" : "", className ?? ""]
    .filter(Boolean)
    .join(" ");
  return (
    <text
      x={near(x)}
      y={near(y)}
      className={classes}
      fontSize={size}
      fontWeight={bold ? 700 : undefined}
      fontStyle={italic ? "italic" : undefined}
      textAnchor={anchor}
    >
      {children}
    </text>
  );
}

/** Lines of text under each other. */
export function Lines({
  lines,
  step,
  y,
  ...label
}: Omit<LabelProps, "children"> & { lines: readonly string[]; step: number }) {
  return (
    <>
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text have no other identity
        <Label key={at} {...label} y={y + at * step}>
          {line}
        </Label>
      ))}
    </>
  );
}

export function Rule({
  x1,
  y1,
  x2,
  y2,
  className,
}: {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  className: string;
}) {
  return <line x1={near(x1)} y1={near(y1)} x2={near(x2)} y2={near(y2)} className={className} />;
}

/** The hatch of what is withheld. Its id is the drawing's own, so that a saved drawing holds it. */
export function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" className="ct-c-paper" />
        <rect width="1.5" height="6" className="ct-c-hatch" />
      </pattern>
    </defs>
  );
}

/** To a tenth of a pixel: finer is neither seen nor worth sending. */
export function near(value: number): number {
  return Math.round(value * 10) / 10;
}
