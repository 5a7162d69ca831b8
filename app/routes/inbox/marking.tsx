import { useFetcher } from "@remix-run/react";
import { useCallback, useEffect, useState } from "react";
import { countOf } from "../../components/clock-words";
import { useKeys } from "../../components/keys";
import type { Marked } from "./mark-notices";

export interface Marking {
  Form: ReturnType<typeof useFetcher<Marked | null>>["Form"];
  mark(mark: "done" | "unread", ids: readonly string[]): void;
  /** What was marked last, until it is taken back or some seconds have passed. */
  last: Marked | null;
  undo(): void;
  forget(): void;
}

/** Marks notices without leaving the page; as plain forms without scripts. */
export function useMarking(): Marking {
  const fetcher = useFetcher<Marked | null>();
  const [last, setLast] = useState<Marked | null>(null);
  const { submit } = fetcher;
  useEffect(() => {
    if (fetcher.state === "idle" && fetcher.data) setLast(fetcher.data.undo ? fetcher.data : null);
  }, [fetcher.state, fetcher.data]);
  const mark = useCallback(
    (how: "done" | "unread", ids: readonly string[]) => {
      const form = new FormData();
      form.set("mark", how);
      for (const id of ids) form.append("id", id);
      submit(form, { method: "post" });
    },
    [submit],
  );
  const undo = useCallback(() => {
    if (!last?.undo) return;
    setLast(null);
    mark(last.undo.mark, last.undo.ids);
  }, [last, mark]);
  const forget = useCallback(() => setLast(null), []);
  useKeys([{ key: "z", does: "Undo", run: undo }]);
  return { Form: fetcher.Form, mark, last, undo, forget };
}

export function MarkAllForm({ marking: { Form } }: { marking: Marking }) {
  return (
    <Form method="post">
      <button type="submit" className="nhsuk-button nhsuk-button--small ct-quiet-button" name="mark" value="all-done">
        Mark all done
      </button>
    </Form>
  );
}

/** The message stays this long, and for as long as it has focus or the pointer. */
const undoForSeconds = 10;

/** "1 notice done. Undo". Shows the time left. */
export function UndoMessage({ marking }: { marking: Marking }) {
  const { last } = marking;
  return (
    <div className="ct-undo">
      {last ? <OneUndo key={last.undo?.ids.join() ?? ""} last={last} marking={marking} /> : null}
    </div>
  );
}

function OneUndo({ last, marking: { undo, forget } }: { last: Marked; marking: Marking }) {
  const [left, setLeft] = useState(undoForSeconds);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    if (left === 0) return forget();
    const timer = setTimeout(() => setLeft((seconds) => seconds - 1), 1000);
    return () => clearTimeout(timer);
  }, [left, held, forget]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: holds its own clock while somebody is at it
    <span
      className="ct-toast"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span role="status">{countOf(last.done, "notice")} done</span>
      <span className="ct-num" aria-hidden="true">
        0:{String(left).padStart(2, "0")}
      </span>
      <button type="button" className="nhsuk-button nhsuk-button--small" onClick={undo}>
        Undo
      </button>
    </span>
  );
}
