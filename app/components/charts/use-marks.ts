import { type RefObject, useCallback, useEffect, useState } from "react";

/** What the card beside a mark says. */
export interface MarkCard {
  what: string;
  why: string;
  /** Where pressing it leads. */
  href: string | null;
  /** Its middle and top, from the corner of the figure. */
  x: number;
  y: number;
}

/**
 * The marks of a chart: one stop for the Tab key, arrows between marks (up and down between rows, where marks say theirs),
 * Home and End to the ends, and a card that hover and focus show alike and Escape closes. Without scripts every mark is a
 * stop of its own.
 */
export function useMarks(figure: RefObject<HTMLElement>) {
  const [card, setCard] = useState<MarkCard | null>(null);
  const show = useCallback(
    (mark: Element | null) => setCard(mark && figure.current ? cardOf(mark, figure.current) : null),
    [figure],
  );
  useEffect(() => {
    const box = figure.current;
    if (!box) return;
    rove(box);
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") return setCard(null);
      const next = markAfter(box, event);
      if (!next) return;
      event.preventDefault();
      focusMark(box, next);
    };
    const onFocus = (event: FocusEvent) => {
      const mark = markOf(event.target);
      if (mark) show(mark);
    };
    const onPointer = (event: PointerEvent) => {
      const mark = markOf(event.target);
      if (mark) show(mark);
      else if (event.type === "pointerleave" || markOf(document.activeElement) === null) setCard(null);
    };
    const onBlur = () => setCard(null);
    box.addEventListener("keydown", onKey);
    box.addEventListener("focusin", onFocus);
    box.addEventListener("focusout", onBlur);
    box.addEventListener("pointerover", onPointer);
    box.addEventListener("pointerleave", onPointer);
    return () => {
      box.removeEventListener("keydown", onKey);
      box.removeEventListener("focusin", onFocus);
      box.removeEventListener("focusout", onBlur);
      box.removeEventListener("pointerover", onPointer);
      box.removeEventListener("pointerleave", onPointer);
    };
  });
  /** To the mark before or after the one whose card is shown: for fingers. */
  const step = useCallback(
    (by: 1 | -1) => {
      const box = figure.current;
      if (!box) return;
      const marks = marksOf(box);
      const at = marks.findIndex((mark) => mark.getAttribute("tabindex") === "0");
      const next = marks[Math.min(marks.length - 1, Math.max(0, at + by))];
      if (!next) return;
      for (const mark of marks) mark.setAttribute("tabindex", mark === next ? "0" : "-1");
      show(next);
    },
    [figure, show],
  );
  return { card, step };
}

const marksOf = (box: Element): Element[] =>
  [...box.querySelectorAll("[data-mark]")].filter((mark) => mark.getClientRects().length > 0);

const markOf = (target: EventTarget | null): Element | null =>
  target instanceof Element ? target.closest("[data-mark]") : null;

/** One stop in each drawing that is shown: the one there was, or the last, which is the newest. */
function rove(box: Element): void {
  for (const chart of box.querySelectorAll("svg.ct-chart")) {
    const marks = marksOf(chart);
    if (marks.length === 0) continue;
    const kept = marks.find((mark) => mark.getAttribute("tabindex") === "0") ?? marks[0];
    for (const mark of marks) mark.setAttribute("tabindex", mark === kept ? "0" : "-1");
  }
}

function focusMark(box: Element, next: Element): void {
  for (const mark of marksOf(box)) mark.setAttribute("tabindex", mark === next ? "0" : "-1");
  if (next instanceof SVGElement || next instanceof HTMLElement) next.focus();
}

function markAfter(box: Element, event: KeyboardEvent): Element | null {
  const from = markOf(event.target);
  if (!from || event.ctrlKey || event.metaKey || event.altKey) return null;
  const marks = marksOf(box);
  const at = marks.indexOf(from);
  const last = marks.length - 1;
  switch (event.key) {
    case "ArrowRight":
      return marks[Math.min(last, at + 1)] ?? null;
    case "ArrowLeft":
      return marks[Math.max(0, at - 1)] ?? null;
    case "ArrowDown":
    case "ArrowUp":
      return markInRow(marks, at, event.key === "ArrowDown" ? 1 : -1);
    case "Home":
      return marks[0] ?? null;
    case "End":
      return marks[last] ?? null;
    default:
      return null;
  }
}

/** The mark at the same place in the next row; the next mark where a chart has no rows. */
function markInRow(marks: readonly Element[], at: number, by: 1 | -1): Element | null {
  const rowOf = (mark: Element | undefined) => mark?.getAttribute("data-row") ?? null;
  const row = rowOf(marks[at]);
  if (row === null) return marks[Math.min(marks.length - 1, Math.max(0, at + by))] ?? null;
  const column = at - marks.findIndex((mark) => rowOf(mark) === row);
  const wanted = marks.filter((mark) => rowOf(mark) === String(Number(row) + by));
  return wanted[Math.min(column, wanted.length - 1)] ?? null;
}

function cardOf(mark: Element, figure: HTMLElement): MarkCard {
  const [what = "", why = ""] = (mark.getAttribute("data-mark") ?? "").split("|");
  const [box, frame] = [mark.getBoundingClientRect(), figure.getBoundingClientRect()];
  return {
    what,
    why,
    href: mark.getAttribute("href"),
    x: box.left + box.width / 2 - frame.left,
    y: box.top - frame.top,
  };
}
