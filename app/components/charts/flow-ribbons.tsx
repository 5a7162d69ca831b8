import type { FlowKind, FlowView } from "../../domain/theme-views";
import { whole } from "../../domain/theme-words";
import { type FlowEnd, type FlowRibbon, layOutFlow } from "./flow-layout";
import { wrapText } from "./measure-text";
import { Label, Lines, near, SvgChart } from "./svg-chart";

interface FlowRibbonsProps {
  view: Pick<FlowView, "kinds" | "ribbons">;
  title: string;
  fits: "wide" | "narrow";
  hrefOf: (from: FlowKind, to: FlowKind) => string;
}

/** Who raises about whom: practices' ribbons pale, those about practices dark, the rest grey. */
export function FlowRibbons({ view, title, fits, hrefOf }: FlowRibbonsProps) {
  const isWide = fits === "wide";
  const [width, height] = isWide ? [800, 588] : [358, 460];
  const side = isWide ? 178 : 98;
  const flow = layOutFlow(view, height, 30, 34);
  const nameOf = new Map(view.kinds.map((kind) => [kind.id, kind.name]));
  const [x0, x1] = [side, width - side];
  return (
    <SvgChart
      width={width}
      height={height}
      title={title}
      desc="Left who raised, right whom it is about; as thick as there are issues. Arrow keys move between ribbons."
      fits={fits}
      interactive
    >
      <Label x={x0 - 12} y={14} size={12} bold quiet anchor="end">
        RAISED BY
      </Label>
      <Label x={x1 + 12} y={14} size={12} bold quiet>
        ABOUT
      </Label>
      {flow.ribbons.map((ribbon) => (
        <Ribbon
          key={`${ribbon.from} ${ribbon.to}`}
          ribbon={ribbon}
          x0={x0}
          x1={x1}
          names={nameOf}
          href={hrefOf(ribbon.from, ribbon.to)}
        />
      ))}
      {flow.from.map((end) => (
        <End
          key={end.kind}
          end={end}
          x={x0 - 6}
          textX={x0 - 12}
          anchor="end"
          name={nameOf.get(end.kind) ?? end.kind}
          doing="raised"
          isWide={isWide}
        />
      ))}
      {flow.to.map((end) => (
        <End
          key={end.kind}
          end={end}
          x={x1}
          textX={x1 + 12}
          anchor="start"
          name={nameOf.get(end.kind) ?? end.kind}
          doing="about them"
          isWide={isWide}
        />
      ))}
    </SvgChart>
  );
}

interface RibbonProps {
  ribbon: FlowRibbon;
  x0: number;
  x1: number;
  names: ReadonlyMap<FlowKind, string>;
  href: string;
}

function Ribbon({ ribbon, x0, x1, names, href }: RibbonProps) {
  const { from, to, value, thick, y0, y1 } = ribbon;
  const middle = (x0 + x1) / 2;
  const what = `${names.get(from)} about ${(names.get(to) ?? "").toLowerCase()}`;
  const words = `${whole(value)} issues raised by ${(names.get(from) ?? "").toLowerCase()}.`;
  return (
    <a href={href} data-mark={`${what}|${words}`} aria-label={`${what}: ${words}`}>
      <path
        d={`M${x0},${near(y0)}C${middle},${near(y0)} ${middle},${near(y1)} ${x1},${near(y1)}`}
        className={ribbonClass(from, to)}
        strokeWidth={near(Math.max(1, thick))}
      />
    </a>
  );
}

function ribbonClass(from: FlowKind, to: FlowKind): string {
  if (from === "practice") return "ct-c-ribbon ct-c-ribbon--practice";
  return to === "practice" ? "ct-c-ribbon ct-c-ribbon--back" : "ct-c-ribbon";
}

interface EndProps {
  end: FlowEnd;
  x: number;
  textX: number;
  anchor: "start" | "end";
  name: string;
  doing: string;
  isWide: boolean;
}

function End({ end, x, textX, anchor, name, doing, isWide }: EndProps) {
  const middle = end.y + end.height / 2;
  const figure = end.value === 0 && end.partly ? "withheld" : `${whole(end.value)}${end.partly ? " or more" : ""}`;
  const lines = wrapText(name, isWide ? 165 : 84, isWide ? 14 : 12, { bold: true, most: isWide ? 1 : 2 });
  return (
    <>
      <rect x={x} y={near(end.y)} width={6} height={near(end.height)} className="ct-c-fill-ink" />
      <Lines
        lines={lines}
        x={textX}
        y={middle - 2 - (lines.length - 1) * 12}
        step={12}
        size={isWide ? 14 : 12}
        bold
        anchor={anchor}
      />
      <Label x={textX} y={middle + 13} size={isWide ? 13 : 12} quiet anchor={anchor}>
        {isWide && figure !== "withheld" ? `${figure} ${doing}` : figure}
      </Label>
    </>
  );
}
