import type { FlowKind, FlowView } from "../../domain/theme-views";

export interface FlowEnd {
  kind: FlowKind;
  y: number;
  height: number;
  /** Sum of what is shown. */
  value: number;
  /** Something at this end is withheld, so that its sum is of what is shown only. */
  partly: boolean;
}

export interface FlowRibbon {
  from: FlowKind;
  to: FlowKind;
  value: number;
  thick: number;
  y0: number;
  y1: number;
}

/** Both stacks and the ribbons between them. Ribbons that are withheld take no part: no thickness betrays them. */
export function layOutFlow(view: Pick<FlowView, "kinds" | "ribbons">, height: number, top: number, gap: number) {
  const shown = view.ribbons.flatMap(({ from, to, reports }) =>
    reports.kind === "withheld" || reports.value === 0 ? [] : [{ from, to, value: reports.value }],
  );
  const total = shown.reduce((sum, ribbon) => sum + ribbon.value, 0);
  const isWithheld = (side: "from" | "to", kind: FlowKind) =>
    view.ribbons.some((ribbon) => ribbon[side] === kind && ribbon.reports.kind === "withheld");
  const present = (side: "from" | "to") =>
    view.kinds
      .filter(({ id }) => shown.some((ribbon) => ribbon[side] === id) || isWithheld(side, id))
      .map(({ id }) => id);
  const [left, right] = [present("from"), present("to")];
  const room = height - top - 14 - gap * Math.max(left.length, right.length, 1);
  const scale = total > 0 ? room / total : 0;
  const stack = (side: "from" | "to", kinds: readonly FlowKind[]) => {
    let y = top;
    return kinds.map((kind): FlowEnd => {
      const value = shown.reduce((sum, ribbon) => sum + (ribbon[side] === kind ? ribbon.value : 0), 0);
      const end = { kind, y, height: Math.max(2, value * scale), value, partly: isWithheld(side, kind) };
      y += end.height + gap;
      return end;
    });
  };
  const [from, to] = [stack("from", left), stack("to", right)];
  const nextFrom = new Map(from.map((end) => [end.kind, end.y]));
  const nextTo = new Map(to.map((end) => [end.kind, end.y]));
  const ribbons: FlowRibbon[] = [];
  for (const a of left)
    for (const b of right) {
      const ribbon = shown.find((each) => each.from === a && each.to === b);
      if (!ribbon) continue;
      const thick = ribbon.value * scale;
      const [y0, y1] = [nextFrom.get(a) ?? top, nextTo.get(b) ?? top];
      ribbons.push({ ...ribbon, thick, y0: y0 + thick / 2, y1: y1 + thick / 2 });
      nextFrom.set(a, y0 + thick);
      nextTo.set(b, y1 + thick);
    }
  return { from, to, ribbons: ribbons.sort((one, other) => other.value - one.value) };
}
