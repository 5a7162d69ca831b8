import { scaleLinear } from "d3-scale";
import { useId } from "react";
import type { Rate } from "../../domain/rates";
import type { HarmParts, ThemeRow } from "../../domain/theme-views";
import { rateWords, shownWords } from "../../domain/theme-words";
import { Hatch, near, Rule, SvgChart } from "./svg-chart";

/** The share of the footprint that speaks, on a fixed scale from nothing to half, a notch each tenth. */
export function BreadthBar({ breadth, width = 112 }: { breadth: NonNullable<ThemeRow["breadth"]>; width?: number }) {
  const x = scaleLinear([0, 0.5], [0, width]).clamp(true);
  return (
    <SvgChart
      width={width}
      height={9}
      title={`Breadth ${effectiveFigure(breadth.effective)} of ${breadth.of} ${breadth.unit}`}
    >
      <rect x={0} y={1} width={width} height={7} className="ct-c-rail" />
      <rect x={0} y={1} width={near(Math.max(2, x(breadth.share)))} height={7} className="ct-c-fill-ink2" />
      {[0.1, 0.2, 0.3, 0.4].map((notch) => (
        <Rule key={notch} x1={x(notch)} x2={x(notch)} y1={1} y2={8} className="ct-c-notch" />
      ))}
    </SvgChart>
  );
}

/** 1.4, or 98: decimals only where they tell something. */
export function effectiveFigure(effective: number): string {
  return effective < 10 ? effective.toFixed(1).replace(/\.0$/u, "") : String(Math.round(effective));
}

/** A rate as a tick on a rail, its 95 % range a bar. `most` is the right end, the same for all rows of a list. */
export function RangeRail({ rate, most, width = 76 }: { rate: Rate; most: number; width?: number }) {
  const x = scaleLinear([0, Math.max(most, 0.01)], [2, width - 2]).clamp(true);
  return (
    <SvgChart width={width} height={12} title={rateWords(rate).says}>
      <Rule x1={2} x2={width - 2} y1={6} y2={6} className="ct-c-rail-line" />
      <Rule x1={x(rate.range95.low)} x2={x(rate.range95.high)} y1={6} y2={6} className="ct-c-range" />
      <rect x={near(x(rate.per10000) - 1.25)} y={0} width={2.5} height={12} className="ct-c-fill-ink" />
    </SvgChart>
  );
}

/** The end of the rail for a list of rows: the highest range, rounded up, so that one scale serves all. */
export function railEnd(rates: readonly (Rate | null)[]): number {
  const highest = Math.max(0, ...rates.map((rate) => rate?.range95.high ?? 0));
  const [end = 1] = scaleLinear([0, Math.max(0.1, highest)], [0, 1])
    .nice(4)
    .domain()
    .slice(1);
  return end;
}

/**
 * Shares of no harm, low harm, and moderate or worse. What is withheld is hatched at a fixed width, which says nothing
 * of its size.
 */
export function HarmBar({ harm, width = 92 }: { harm: HarmParts; width?: number }) {
  const id = useId();
  const parts = [
    { key: "none", shown: addUp(harm.none, harm.notKnown), className: "ct-c-harm-0" },
    { key: "low", shown: harm.low, className: "ct-c-harm-1" },
    { key: "worse", shown: harm.moderateOrWorse, className: "ct-c-harm-2" },
  ];
  const hatched = parts.filter((part) => part.shown.kind === "withheld").length;
  const total = parts.reduce((sum, { shown }) => sum + (shown.kind === "withheld" ? 0 : shown.value), 0);
  const room = width - hatched * hatchWidth;
  let at = 0;
  return (
    <SvgChart width={width} height={10} title={harmWords(harm)}>
      <Hatch id={id} />
      {parts.map(({ key, shown, className }) => {
        const wide = shown.kind === "withheld" ? hatchWidth : (room * shown.value) / Math.max(1, total);
        const from = at;
        at += wide;
        if (wide <= 0) return null;
        const isHatched = shown.kind === "withheld";
        return (
          <rect
            key={key}
            x={near(from)}
            y={isHatched ? 0.5 : 0}
            width={near(Math.max(0.5, wide - 1))}
            height={isHatched ? 9 : 10}
            fill={isHatched ? `url(#${id})` : undefined}
            className={isHatched ? "ct-c-withheld" : className}
          />
        );
      })}
    </SvgChart>
  );
}

const hatchWidth = 8;

function addUp(one: HarmParts["none"], other: HarmParts["none"]): HarmParts["none"] {
  if (one.kind === "withheld" || other.kind === "withheld") return { kind: "withheld" };
  const kind = one.kind === "exact" && other.kind === "exact" ? "exact" : "rounded";
  return { kind, value: one.value + other.value };
}

function harmWords(harm: HarmParts): string {
  return `Harm: none or not known ${shownWords(addUp(harm.none, harm.notKnown))}, low ${shownWords(harm.low)}, moderate or worse ${shownWords(harm.moderateOrWorse)}`;
}
