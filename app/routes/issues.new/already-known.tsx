import { CheckedText } from "../../components/checked-text";
import { EmptyState } from "../../components/empty-state";
import { Panel } from "../../components/panel";
import { SimilarIssue } from "../../components/similar-issue";
import { contextField } from "./raise-fields";
import type { RaiseHelp, SimilarView } from "./raise-help";
import type { Asking } from "./use-help";

interface AlreadyKnownProps {
  /** Null until there was something to look for; `resting` where it cannot be looked for just now. */
  similar: RaiseHelp["similar"];
  asking: Asking;
  hidden: readonly string[];
  ours: string;
  contexts: Readonly<Record<string, string>>;
  errorOf: (field: string) => string | undefined;
  onHide: (reference: string) => void;
  onShowAll: () => void;
}

/** Issues like the one being written: join one, put one aside, or say that it is back. */
export function AlreadyKnown(props: AlreadyKnownProps) {
  const { similar, asking, hidden } = props;
  const known = similar === "resting" ? null : similar;
  const shown = (known ?? []).filter((each) => !hidden.includes(each.issue.reference));
  return (
    <Panel
      id="known"
      title="Already known?"
      flush
      aside={
        <span className="ct-s ct-2" role="status">
          {statusWords(shown.length, similar, asking)}
        </span>
      }
    >
      {shown.map((each) => (
        <SimilarIssue
          key={each.issue.reference}
          issue={each.issue}
          why={each.why}
          newTab
          actions={<Actions {...props} view={each} />}
        />
      ))}
      {shown.length === 0 ? <Nothing looked={known !== null} aside={hidden.length > 0} /> : null}
      {hidden.length > 0 ? <PutAside {...props} /> : null}
    </Panel>
  );
}

function Nothing({ looked, aside }: { looked: boolean; aside: boolean }) {
  if (!looked) return <p className="ct-panel__body ct-s ct-2">Issues like yours show here while you write.</p>;
  if (aside) return <p className="ct-panel__body ct-s ct-2">You have put all of them aside.</p>;
  return (
    <EmptyState icon="people" title="We found no issue like yours" inPanel>
      You may be the first to see it. Send it, and we watch for more.
    </EmptyState>
  );
}

/** What was put aside is kept with the draft, said of the issue once it is sent, and can be looked at again until then. */
function PutAside({ hidden, onShowAll }: Pick<AlreadyKnownProps, "hidden" | "onShowAll">) {
  return (
    <p className="ct-panel__body ct-row ct-between ct-s ct-2">
      Not the same: {hidden.length}
      <button
        type="submit"
        name="intent"
        value="unhide"
        className="nhsuk-button nhsuk-button--small ct-quiet-button"
        onClick={(event) => {
          event.preventDefault();
          onShowAll();
        }}
      >
        Show {hidden.length === 1 ? "it" : "them"} again
      </button>
    </p>
  );
}

function statusWords(count: number, similar: RaiseHelp["similar"], asking: Asking): string {
  if (asking === "asking") return "Looking";
  if (asking === "failed" || similar === "resting") return "Could not look. You can send all the same.";
  if (!similar || count === 0) return "";
  return `${count} like yours`;
}

function Actions({ view, ours, contexts, errorOf, onHide }: AlreadyKnownProps & { view: SimilarView }) {
  const { reference } = view.issue;
  return (
    <>
      {view.mayJoin ? (
        <UsToo
          reference={reference}
          ours={ours}
          context={contexts[reference]}
          error={errorOf(contextField(reference))}
        />
      ) : null}
      {view.back ? (
        <a
          className="nhsuk-button nhsuk-button--small nhsuk-button--secondary"
          href={`/issues/${reference}#${view.back}`}
          target="_blank"
          rel="noreferrer"
        >
          It is back<span className="nhsuk-u-visually-hidden"> (opens in a new tab)</span>
        </a>
      ) : null}
      <button
        type="submit"
        name="hide"
        value={reference}
        className="nhsuk-button nhsuk-button--small nhsuk-button--secondary"
        onClick={(event) => {
          event.preventDefault();
          onHide(reference);
        }}
      >
        Not the same<span className="nhsuk-u-visually-hidden"> as {view.issue.title}</span>
      </button>
    </>
  );
}

interface UsTooProps {
  reference: string;
  ours: string;
  context: string | undefined;
  error: string | undefined;
}

/** A line of one's own context, opened where the issue stands. */
function UsToo({ reference, ours, context, error }: UsTooProps) {
  return (
    <details className="ct-ustoo" open={context !== undefined}>
      <summary className="nhsuk-button nhsuk-button--small">Us too</summary>
      <div className="ct-stack">
        <CheckedText
          name={contextField(reference)}
          label={`How does it show at ${ours}?`}
          hint="One line is enough. It is added to the thread, and this draft is not sent."
          rows={2}
          error={error}
          defaultValue={context}
        />
        <button type="submit" name="join" value={reference} className="nhsuk-button nhsuk-button--small">
          Join {reference}
        </button>
      </div>
    </details>
  );
}
