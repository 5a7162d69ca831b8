import { Link } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { Callout } from "../../components/callout";
import { ConflictPanel } from "../../components/conflict-panel";
import { ErrorSummary } from "../../components/error-summary";
import { SignInAgain } from "../../components/sign-in-again";
import { useThreadForms, VerbButton, VerbForm } from "./forms";
import type { Refused } from "./refused";
import type { ThreadView } from "./thread-view";
import { fieldOf } from "./verbs";

/** What could not be done, and what can be done now. Nobody loses words. */
export function RefusedPanel({ refused, view }: RefusedProps) {
  if (refused.problems.length > 0) return <ErrorSummary problems={refused.problems} />;
  return <RefusedWhole refused={refused} view={view} />;
}

interface RefusedProps {
  refused: Refused;
  view: ThreadView;
}

/** Takes the focus, so that it is seen wherever on the page the button was. */
function RefusedWhole({ refused, view }: RefusedProps) {
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another refusal is read afresh
  useEffect(() => box.current?.focus(), [refused]);
  return (
    <div ref={box} tabIndex={-1} className="ct-refused">
      <Whole refused={refused} view={view} />
    </div>
  );
}

function Whole({ refused, view }: RefusedProps) {
  const { conflict, mine, message } = refused;
  if (conflict)
    return (
      <ConflictPanel
        {...conflict}
        theirs={theirs(view, conflict.byName)}
        mine={mine ?? undefined}
        actions={<Ways view={view} refused={refused} />}
      />
    );
  return (
    <section className="ct-panel" aria-label="This was not done">
      <div className="ct-panel__body ct-stack">
        <Callout icon="alert" tone="warn" role="alert">
          <p>
            <b>{message}</b>
          </p>
        </Callout>
        {mine ? <p className="ct-keptwords">{mine}</p> : null}
        {refused.unsent === "signed-out" ? (
          <p className="ct-row">
            <SignInAgain />
          </p>
        ) : null}
        {refused.unsent ? null : (
          <div className="ct-row">
            <Ways view={view} refused={refused} />
          </div>
        )}
      </div>
    </section>
  );
}

/** What the other person wrote, as far as it stands on the page. */
function theirs(view: ThreadView, byName: string): { title: string; text: string } | undefined {
  const { outcome, closing, line } = view;
  if (outcome) return { title: `Offered by ${outcome.by}`, text: `${outcome.changed}\n\n${outcome.forWhom}` };
  if (closing?.reason) return { title: "Why it was declined", text: closing.reason };
  const said = line.items.findLast((each) => each.kind === "mark" && each.name === byName && each.said !== null);
  return said?.kind === "mark" && said.said ? { title: byName, text: said.said } : undefined;
}

function Ways({ view, refused }: { view: ThreadView; refused: Refused }) {
  const { restart } = useThreadForms();
  const { mine, verb } = refused;
  return (
    <>
      {mine && view.may.reply ? (
        <VerbForm verb="reply" part="reply">
          <input type="hidden" name={fieldOf("reply", "text")} value={mine} />
          <input type="hidden" name={fieldOf("reply", "audience")} value="shared" />
          <VerbButton verb="reply">Add mine as a reply</VerbButton>
        </VerbForm>
      ) : null}
      {view.may.reopen ? (
        <a className="nhsuk-button nhsuk-button--small nhsuk-button--secondary" href="#reopen">
          Reopen, with a reason
        </a>
      ) : null}
      <Link
        className="nhsuk-button nhsuk-button--small ct-quiet-button"
        to={`/issues/${view.reference}`}
        preventScrollReset
        onClick={() => restart(verb)}
      >
        {mine ? "Discard mine" : "Close this message"}
      </Link>
    </>
  );
}
