import type { ReactNode } from "react";
import { Callout } from "./callout";

interface ConflictPanelProps {
  byName: string;
  /** What they did, as in "resolved this". */
  what: string;
  /** Made on the server: "at 10:44". */
  when: string;
  theirs?: { title: string; text: string } | undefined;
  mine?: string | undefined;
  /** Buttons: add mine as a reply, reopen with a reason, discard mine. */
  actions: ReactNode;
}

/** Two people at once: whose change won, what it was and when; the other text stays. Nobody loses words. */
export function ConflictPanel({ byName, what, when, theirs, mine, actions }: ConflictPanelProps) {
  return (
    <section className="ct-panel" aria-label="Somebody else was first">
      <div className="ct-panel__body ct-stack">
        <Callout icon="people" tone="warn" role="alert">
          <p>
            <b>
              {byName} {what} while you were writing
            </b>
            , {when}.{mine ? " Yours is kept and was not sent." : ""}
          </p>
        </Callout>
        {theirs || mine ? (
          <div className="ct-compare">
            {theirs ? (
              <div>
                <h3>{theirs.title}</h3>
                <p className="ct-keptwords">{theirs.text}</p>
              </div>
            ) : null}
            {mine ? (
              <div className="ct-compare__mine">
                <h3>Yours</h3>
                <p className="ct-keptwords">{mine}</p>
              </div>
            ) : null}
          </div>
        ) : null}
        <div className="ct-row">{actions}</div>
      </div>
    </section>
  );
}
