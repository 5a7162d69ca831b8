import { z } from "zod";
import { clockFrom } from "../domain/clock";
import { answers, type Issue, limits, type OutcomeAnswer, type OutcomeOffer } from "../domain/issue";
import { type Actor, authorOf } from "../domain/person";
import type { Ports } from "../domain/ports";
import { done, type Outcome, refused } from "../domain/problem";
import { changeIssue, type Decision } from "./change-issue";
import { checkInput, checkTexts, declaredSchema, referenceSchema, versionSchema } from "./check-input";

const sayWhy = "Say why, so that the other side can act on it";

export const answerOutcomeSchema = z
  .object({
    issue: referenceSchema,
    version: versionSchema,
    answer: z.enum(answers, { errorMap: () => ({ message: "Choose agree or disagree" }) }),
    reason: z.string().trim().max(limits.reason, `Shorten this to ${limits.reason} characters or fewer`).optional(),
    declared: declaredSchema,
  })
  .refine((input) => input.answer === "agree" || (input.reason ?? "") !== "", { path: ["reason"], message: sayWhy });

/**
 * The side that was asked agrees (resolved) or disagrees (in progress again); a joined organisation dissents, which is
 * kept and shown but does not hold the outcome up.
 */
export async function answerOutcome(
  ports: Ports,
  actor: Actor,
  input: unknown,
): Promise<Outcome<{ reference: string }>> {
  const checked = checkInput(answerOutcomeSchema, input);
  if (!checked.ok) return checked;
  const { issue: reference, version, answer } = checked.value;
  const reason = checked.value.reason || undefined;
  const declared = checkTexts({ reason }, checked.value.declared);
  if (!declared.ok) return declared;
  const action = answer === "dissent" ? "dissent" : "answer-outcome";
  return changeIssue(ports, actor, { reference, version, action }, (issue, now) => {
    const organisation = actor.organisation;
    if (!issue.outcome || organisation === undefined) return refused({ kind: "not-allowed", action });
    const said: OutcomeAnswer = { by: authorOf(actor), organisation, answer, at: now, ...(reason ? { reason } : {}) };
    const others = issue.outcome.answers.filter((each) => each.organisation !== organisation);
    const outcome: OutcomeOffer = { ...issue.outcome, answers: [...others, said] };
    const decision = decisionFor(issue, outcome, said, now);
    return done({ ...decision, set: { ...decision.set, declared: [...issue.declared, ...declared.value] } });
  });
}

function decisionFor(
  issue: Issue,
  outcome: OutcomeOffer,
  said: OutcomeAnswer,
  now: Date,
): Decision<{ reference: string }> {
  const { answer, organisation, reason } = said;
  const answered = {
    type: "outcome-answered" as const,
    offer: outcome.id,
    answer,
    organisation,
    ...(reason ? { reason } : {}),
  };
  const value = { reference: issue.reference };
  switch (answer) {
    case "dissent":
      return { set: { outcome }, happened: [answered], value };
    case "disagree":
      return {
        set: { outcome, state: "in-progress", stateSince: now, clock: clockFrom("resolve", now) },
        happened: [answered],
        value,
      };
    case "agree":
      return {
        set: { outcome, state: "resolved", stateSince: now, closedAt: now, resolution: "agreed" },
        unset: ["clock"],
        happened: [answered, { type: "issue-resolved", resolution: "agreed" }],
        value,
      };
  }
}
