import type { Commands } from "../../commands/bind-commands";

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
} as const satisfies Record<string, keyof Commands>;

export type Verb = keyof typeof verbs;

export function isVerb(value: unknown): value is Verb {
  return typeof value === "string" && Object.hasOwn(verbs, value);
}

/** Name and id of a field of one of the forms. */
export const fieldOf = (verb: Verb, field: string): string => `${verb}-${field}`;
