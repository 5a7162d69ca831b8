import { Link, useRevalidator } from "@remix-run/react";
import { useEffect } from "react";
import { Field } from "../../components/field";
import { Panel } from "../../components/panel";
import { SimilarIssue } from "../../components/similar-issue";
import { isGradedHigher } from "../../domain/duplicate";
import type { Harm } from "../../domain/issue";
import type { SimilarView } from "../issues.new/raise-help";
import { GradedHigher } from "./duplicates-panel";
import { Opening, useField, useThreadForms, VerbButton, VerbForm } from "./forms";
import type { AsideView, LikenessView } from "./thread-view";
import { fieldOf } from "./verbs";

interface SimilarPanelProps {
  likeness: LikenessView;
  /** Of the issue whose page this is. */
  reference: string;
  harm: Harm;
}

/** Issues like this one, why, and what became of them; what people say of the likeness is kept. */
export function SimilarPanel({ likeness, reference, harm }: SimilarPanelProps) {
  const { similar, aside, mayJudge, original } = likeness;
  const mayMark = likeness.mayMark && !original;
  useAskAgain(similar === null);
  if (similar?.length === 0 && aside.length === 0 && !mayMark) return null;
  return (
    <Panel id="similar-title" section="similar" title="Similar issues" flush>
      {similar?.map((each) => (
        <SimilarIssue
          key={each.issue.reference}
          issue={each.issue}
          why={each.why}
          // Said before it is recorded as a duplicate, too.
          note={mayMark && isGradedHigher(harm, each.issue.harm) ? <GradedHigher where="here" harm={harm} /> : null}
          actions={
            <>
              {each.mayJoin ? <UsToo shown={each} on={reference} /> : null}
              {mayJudge ? <Judge other={each.issue} verdict="different" words="Not the same" /> : null}
              {mayMark ? <MarkDuplicate of={each} /> : null}
            </>
          }
        />
      ))}
      {similar && similar.length > 0 ? null : (
        <p className="ct-panel__body ct-s ct-2">
          {similar
            ? "We found no issue like this one."
            : "Similar issues cannot be looked for just now. Everything else works."}
        </p>
      )}
      {aside.length > 0 ? <PutAside aside={aside} mayJudge={mayJudge} mayDecide={likeness.mayMark} /> : null}
      {mayMark ? <MarkAnother /> : null}
    </Panel>
  );
}

/** What could not be looked for is looked for again, as long as somebody looks at the page. */
function useAskAgain(resting: boolean): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!resting) return;
    const timer = setInterval(() => document.visibilityState === "visible" && revalidate(), askAgainAfterMs);
    return () => clearInterval(timer);
  }, [resting, revalidate]);
}

const askAgainAfterMs = 20_000;

/** To the other thread, where one adds a line: that the two are the same goes with it. */
function UsToo({ shown, on }: { shown: SimilarView; on: string }) {
  return (
    <Link
      className="nhsuk-button nhsuk-button--small nhsuk-button--secondary"
      to={`/issues/${shown.issue.reference}?${new URLSearchParams({ like: on })}#join`}
    >
      Us too<span className="nhsuk-u-visually-hidden">: {shown.issue.title}</span>
    </Link>
  );
}

interface JudgeProps {
  other: { reference: string; title: string };
  verdict: "same" | "different" | "none";
  words: string;
}

function Judge({ other, verdict, words }: JudgeProps) {
  const { busy } = useThreadForms();
  return (
    <VerbForm verb="judge" part="similar">
      <input type="hidden" name={fieldOf("judge", "other")} value={other.reference} />
      <input type="hidden" name={fieldOf("judge", "verdict")} value={verdict} />
      <button
        type="submit"
        className="nhsuk-button nhsuk-button--small nhsuk-button--secondary"
        aria-busy={busy === "judge" || undefined}
      >
        {words}
        <span className="nhsuk-u-visually-hidden">: {other.title}</span>
      </button>
    </VerbForm>
  );
}

/** One press: it is reversible, and changes neither the state nor the clock of either. */
function MarkDuplicate({ of: { issue } }: { of: SimilarView }) {
  return (
    <VerbForm verb="duplicate" part="duplicates" label={`Record as a duplicate of ${issue.reference}`}>
      <input type="hidden" name={fieldOf("duplicate", "of")} value={issue.reference} />
      <VerbButton verb="duplicate" busyWords="Recording" tone="secondary">
        Record as a duplicate of {issue.reference}
      </VerbButton>
    </VerbForm>
  );
}

/** For an original that is not shown: by its reference. */
function MarkAnother() {
  const { typed, error } = useField("duplicate", "of");
  return (
    <div className="ct-panel__body">
      <Opening verb="duplicate" allowed id="duplicate" words="Record as a duplicate of another issue" tone="quiet">
        <VerbForm verb="duplicate" part="duplicates" label="Record as a duplicate" className="ct-stack">
          <Field
            name={fieldOf("duplicate", "of")}
            label="Reference of the other issue"
            hint="Such as CT-7K3QX. Both threads show the link to those who may read both; each keeps its own state and clock."
            error={error}
          >
            {(control) => (
              <input
                {...control}
                className={error ? "nhsuk-input nhsuk-input--error" : "nhsuk-input"}
                defaultValue={typed}
                maxLength={20}
                autoComplete="off"
                spellCheck={false}
              />
            )}
          </Field>
          <VerbButton verb="duplicate" busyWords="Recording">
            Record as a duplicate
          </VerbButton>
        </VerbForm>
      </Opening>
    </div>
  );
}

interface PutAsideProps {
  aside: readonly AsideView[];
  mayJudge: boolean;
  /** Looks after this issue: what they say of it counts for everybody. */
  mayDecide: boolean;
}

/** What was said to be not the same, by oneself or by who looks after this issue; and taking that back. */
function PutAside({ aside, mayJudge, mayDecide }: PutAsideProps) {
  return (
    <details className="ct-opening ct-panel__body">
      <summary className="nhsuk-button nhsuk-button--small ct-quiet-button">Not the same: {aside.length}</summary>
      <ul className="ct-stack">
        {aside.map((each) => (
          <li key={each.reference} className="ct-row ct-between">
            <span className="ct-s">
              <Link to={`/issues/${each.reference}`}>{each.title}</Link>
              <span className="ct-2 ct-block">
                {each.reference}, said by {each.mine ? "you" : each.by}
              </span>
            </span>
            {each.mine && mayJudge ? <Judge other={each} verdict="none" words="Take it back" /> : null}
            {!each.mine && mayDecide ? <Judge other={each} verdict="same" words="It is the same" /> : null}
          </li>
        ))}
      </ul>
    </details>
  );
}
