import { type Issue, isOpen, organisationsConcerned, type Reply } from "./issue";
import type { Actor } from "./person";

/**
 * Rights. `audienceKeys` says what an actor may know of: the same keys filter the store, the index, the rooms and the
 * themes. `may` says what they may do with what they know of. Unknown and forbidden look the same.
 */

export const systemKey = "system";
export const organisationKey = (code: string): string => `org:${code}`;
export const personKey = (id: string): string => `person:${id}`;

/** The keys this actor holds: their own, and with a hat on, the system's and their organisation's. */
export function audienceKeys(actor: Actor): string[] {
  if (!actor.organisation) return [personKey(actor.person)];
  return [systemKey, organisationKey(actor.organisation), personKey(actor.person)];
}

/** The keys that open this issue. Derived, stored as `audience`. */
export function audienceOf(
  issue: Pick<Issue, "visibility" | "namedPeople" | "raisedFor" | "about" | "owner" | "joined">,
): string[] {
  const named = issue.namedPeople.map(personKey);
  switch (issue.visibility) {
    case "system":
      return [systemKey, ...named];
    case "organisations":
      return [...organisationsConcerned(issue).map(organisationKey), ...named];
    case "people":
      return named;
  }
}

/** Whether the actor may know that this issue exists. */
export function mayRead(actor: Actor, issue: Pick<Issue, "audience">): boolean {
  const keys = new Set(audienceKeys(actor));
  return issue.audience.some((key) => keys.has(key));
}

/** Whether the actor may read this reply, of an issue they may read. */
export function mayReadReply(actor: Actor, reply: Pick<Reply, "audience">): boolean {
  return reply.audience.kind === "shared" || reply.audience.organisation === actor.organisation;
}

/** Whether everybody who may know of the one may know of the other. The system's key stands for every organisation's. */
export function isKnownToAllWhoKnow(one: Pick<Issue, "audience">, other: Pick<Issue, "audience">): boolean {
  const keys = new Set(other.audience);
  return one.audience.every((key) => keys.has(key) || (keys.has(systemKey) && key.startsWith(organisationKey(""))));
}

export type SideOfIssue = "raising" | "owning" | "joined" | "none";

/** Which side of an issue the actor's hat is on. Owning goes before raising where one organisation is both. */
export function sideOf(actor: Actor, issue: Pick<Issue, "raisedFor" | "about" | "owner" | "joined">): SideOfIssue {
  const organisation = actor.organisation;
  if (!organisation) return "none";
  if (organisation === issue.raisedFor && organisation !== issue.owner.organisation) return "raising";
  if (organisation === issue.owner.organisation || organisation === issue.about.organisation) return "owning";
  if (issue.joined.some((each) => each.organisation === organisation)) return "joined";
  return "none";
}

export const issueActions = [
  "read",
  "join",
  "reply",
  "reply-internally",
  "write-note",
  "accept",
  "redirect",
  "offer-outcome",
  "answer-outcome",
  "dissent",
  "decline",
  "reopen",
  "add-action",
  "complete-action",
  "name-person",
  "mark-duplicate",
] as const;
export type IssueAction = (typeof issueActions)[number];

/** Roles that look over the whole system or a Place and may speak and act in any issue they may read. */
const overseers: ReadonlySet<string> = new Set(["place-lead", "icb-medical-director", "commissioner"]);

/** Whether the actor's role lets them write at all: auditors only read. */
export function mayWrite(actor: Actor): boolean {
  return actor.role !== "auditor";
}

/** Whether the actor may raise an issue: anyone with a hat on who may write. */
export function mayRaise(actor: Actor): boolean {
  return mayWrite(actor) && actor.organisation !== undefined;
}

/**
 * Whether the actor may do this with this issue in the state it is in now. Reading comes first: what may not be read
 * may not be touched either.
 */
export function may(actor: Actor, action: IssueAction, issue: Issue): boolean {
  if (!mayRead(actor, issue)) return false;
  if (action === "read") return true;
  if (!mayWrite(actor)) return false;
  const side = sideOf(actor, issue);
  const oversees = overseers.has(actor.role ?? "");
  const named = issue.namedPeople.includes(actor.person);
  switch (action) {
    case "join":
      return side === "none" && actor.organisation !== undefined && !oversees && isOpen(issue.state);
    case "reply":
      return issue.state !== "merged" && (side !== "none" || oversees || named || actor.organisation !== undefined);
    case "reply-internally":
      return issue.state !== "merged" && actor.organisation !== undefined;
    case "write-note":
    case "add-action":
    case "complete-action":
      return isOpen(issue.state) && (side !== "none" || oversees || named);
    case "accept":
      return issue.state === "new" && side === "owning";
    case "redirect":
      return isOpen(issue.state) && (side === "owning" || oversees);
    case "offer-outcome":
      return isOpen(issue.state) && issue.state !== "outcome-offered" && (side === "owning" || side === "raising");
    case "answer-outcome":
      return issue.state === "outcome-offered" && mayAnswer(actor, side, issue);
    case "dissent":
      return issue.state === "outcome-offered" && side === "joined";
    case "decline":
      return (issue.state === "new" || issue.state === "accepted") && side === "owning";
    case "reopen":
      return (issue.state === "resolved" || issue.state === "declined") && (side !== "none" || oversees);
    case "name-person":
      return isOpen(issue.state) && (side === "owning" || side === "raising" || oversees);
    case "mark-duplicate":
      return issue.state !== "merged" && (oversees || looksAfter(actor, side, issue));
  }
}

/** Whether the actor sorts what comes in: the post that owns the issue, or the interface lead of its side. */
function looksAfter(actor: Actor, side: SideOfIssue, issue: Issue): boolean {
  return actor.posts.includes(issue.owner.post) || (side === "owning" && actor.role === "interface-lead");
}

/**
 * The side that did not offer answers; the side that offered has agreed by offering. Where the raiser was handed its own
 * issue there is one side only: then the organisation that did not offer.
 */
function mayAnswer(actor: Actor, side: SideOfIssue, issue: Issue): boolean {
  if (!issue.outcome || (side !== "raising" && side !== "owning")) return false;
  if (issue.raisedFor === issue.owner.organisation) return issue.outcome.by.organisation !== actor.organisation;
  return issue.outcome.side !== side;
}

/** Roles that answer for more than their own issues, and may take what they find away as a file. */
const exporters: ReadonlySet<string> = new Set([
  "service-manager",
  "interface-lead",
  "medical-director",
  "deputy-medical-director",
  "patient-safety-lead",
  "pcn-director",
  "place-lead",
  "icb-medical-director",
  "commissioner",
  "administrator",
  "auditor",
]);

/** Whether the actor may export what a search finds. Never more than they may see. */
export function mayExport(actor: Actor): boolean {
  return exporters.has(actor.role ?? "");
}

/**
 * Whether the actor may name, dismiss and merge themes, which everybody then sees: whoever looks over the whole system
 * or a Place. Trusts and practices are what themes are about.
 */
export function mayDecideThemes(actor: Actor): boolean {
  return overseers.has(actor.role ?? "");
}

/** Roles that may read the log of everything that happened. */
export function mayReadLog(actor: Actor): boolean {
  return actor.role === "auditor" || actor.role === "administrator";
}
