import { Panel } from "../../components/panel";
import { SimilarIssue } from "../../components/similar-issue";
import type { SimilarView } from "./thread-view";

/** Issues like this one, with what became of them. */
export function SimilarPanel({ similar }: { similar: readonly SimilarView[] }) {
  if (similar.length === 0) return null;
  return (
    <Panel id="similar-title" title="Similar issues" flush>
      {similar.map((each) => (
        <SimilarIssue key={each.issue.reference} issue={each.issue} why={each.why} />
      ))}
    </Panel>
  );
}
