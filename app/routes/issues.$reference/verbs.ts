import type { Commands } from "../../commands/bind-commands";
import { labelsOf } from "../../web/typed-back";

/** What each form of the page does. The name of the form is also the prefix of its fields. */
export const verbs = {
  reply: "postReply",
  join: "joinIssue",
  accept: "acceptIssue",
  redirect: "redirectIssue",
  offer: "offerOutcome",
  answer: "answerOutcome",
  decline: "declineIssue",
  reopen: "reopenIssue",
  action: "addAction",
  complete: "completeAction",
  name: "namePerson",
  judge: "judgeLikeness",
  duplicate: "markDuplicate",
  unduplicate: "unmarkDuplicate",
} as const satisfies Record<string, keyof Commands>;

export type Verb = keyof typeof verbs;

export function isVerb(value: unknown): value is Verb {
  return typeof value === "string" && Object.hasOwn(verbs, value);
}

/** Name and id of a field of one of the forms. */
export const fieldOf = (verb: Verb, field: string): string => `${verb}-${field}`;

/** What was typed in one of the forms, shown back without the page: under the words it was asked with. */
export const typedLabel = labelsOf({
  "reply-text": "Reply",
  "join-context": "How does it show at your organisation?",
  "redirect-reason": "Why does it belong there?",
  "offer-changed": "What has changed, or will from when?",
  "offer-forWhom": "For whom?",
  "answer-reason": "What is still not right, or not settled for you?",
  "decline-reason": "Why, and where does it belong instead?",
  "reopen-reason": "What brings it back?",
  "action-text": "What is to be done?",
  "duplicate-of": "Reference of the other issue",
  "unduplicate-reason": "Why is it an issue of its own?",
});
