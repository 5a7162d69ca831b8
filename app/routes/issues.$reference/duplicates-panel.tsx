import { HarmMark } from "../../components/harm-mark";
import { Panel } from "../../components/panel";
import { SimilarIssue } from "../../components/similar-issue";
import type { Harm } from "../../domain/issue";
import { Opening, VerbButton, VerbForm, VerbText } from "./forms";
import type { LikenessView } from "./thread-view";

/** The issue this one is a duplicate of, or the duplicates it has. Each keeps its own state, clock and thread. */
export function DuplicatesPanel({ likeness }: { likeness: LikenessView }) {
  const { original, duplicates, mayMark } = likeness;
  if (!original && duplicates.length === 0) return null;
  return (
    <Panel id="duplicates-title" section="duplicates" title={original ? "Duplicate of" : "Duplicates"} flush>
      {original ? (
        <SimilarIssue
          issue={original.issue}
          why={`${original.when}, recorded by ${original.by}. Both go on until each is resolved.`}
          note={original.higherHarm ? <GradedHigher where="here" harm={original.higherHarm} /> : null}
          actions={mayMark ? <TakeBack /> : null}
        />
      ) : null}
      {duplicates.map((each) => (
        <SimilarIssue
          key={each.issue.reference}
          issue={{ ...each.issue, original: null }}
          note={each.higherHarm ? <GradedHigher where="there" harm={each.higherHarm} /> : null}
        />
      ))}
    </Panel>
  );
}

/** A duplicate with worse harm than its original may be a safety issue of its own: it must not go under. */
export function GradedHigher({ where, harm }: { where: "here" | "there"; harm: Harm }) {
  return (
    <span className="ct-row ct-s">
      <b>Graded higher {where}:</b>
      <HarmMark harm={harm} />
    </span>
  );
}

function TakeBack() {
  return (
    <Opening verb="unduplicate" allowed id="unduplicate" words="Not a duplicate" tone="quiet">
      <VerbForm verb="unduplicate" part="duplicates" label="Not a duplicate" className="ct-stack">
        <VerbText verb="unduplicate" field="reason" label="Why is it an issue of its own?" rows={2} />
        <VerbButton verb="unduplicate">Take it back</VerbButton>
      </VerbForm>
    </Opening>
  );
}
