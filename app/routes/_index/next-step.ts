import type { ClockKind } from "../../domain/issue";
import { mayWrite } from "../../domain/permission";
import type { Actor } from "../../domain/person";
import type { IssueSummary } from "../../domain/ports";

const waitsFor: Readonly<Record<ClockKind, string>> = {
  acknowledge: "Waits for somebody to accept it.",
  safety: "Harm was moderate or worse: it is looked at the same day.",
  "first-reply": "Waits for a first reply from the owner.",
  resolve: "Waits for an outcome.",
  "answer-outcome": "An outcome was offered. Your side has not answered.",
};

/** What this actor's side is asked to do next, and why; null when it is the other side's turn, or nobody's. */
export function nextStepOf(issue: IssueSummary, actor: Actor): { why: string; act: string } | null {
  if (!mayWrite(actor)) return null;
  const owns = actor.posts.includes(issue.owner.post) || actor.organisation === issue.owner.organisation;
  const raised = actor.organisation === issue.raisedFor;
  const why = issue.clock ? waitsFor[issue.clock.kind] : "";
  switch (issue.state) {
    case "new":
      return owns ? { why, act: "Accept" } : null;
    case "accepted":
      return owns ? { why, act: "Reply" } : null;
    case "in-progress":
      return owns ? { why, act: "Work on it" } : null;
    case "outcome-offered":
      return answers(issue, owns, raised) ? { why, act: "Agree or not" } : null;
    case "resolved":
    case "declined":
    case "merged":
      return null;
  }
}

/** The side that did not offer answers. */
function answers(issue: IssueSummary, owns: boolean, raised: boolean): boolean {
  return issue.outcome?.side === "owning" ? raised && !owns : owns;
}
