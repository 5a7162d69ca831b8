import { createHash } from "node:crypto";
import type { Directory } from "../../app/domain/directory";
import type { IssueEvent } from "../../app/domain/event";
import { type Issue, isOpen } from "../../app/domain/issue";
import type { Notice } from "../../app/domain/ports";

/** Days back for which people still have a notice, and from which on it is unread. */
const keptDays = 21;
const unreadDays = 4;

/** The notices that an issue's recent events would have left: for those who follow it and those who hold its post. */
export function noticesOf(issue: Issue, directory: Directory, asOf: string): Notice[] {
  const end = new Date(`${asOf}T17:00:00Z`).getTime();
  const age = (event: IssueEvent) => (end - event.at.getTime()) / 86_400_000;
  return issue.history
    .filter((event) => age(event) < keptDays && event.type !== "action-added")
    .flatMap((event) => {
      const holders = directory.holders(issue.owner.post, event.at).map((person) => person.id);
      const people = new Set([...issue.followers, ...holders]);
      people.delete(event.by.person);
      return [...people].map((person) => ({
        id: createHash("sha256").update(`${event.id} ${person}`).digest("hex").slice(0, 26),
        person,
        event: event.id,
        type: event.type,
        issue: issue.id,
        reference: issue.reference,
        title: issue.title,
        byName: event.by.name,
        at: event.at,
        ...(age(event) > unreadDays ? { readAt: new Date(event.at.getTime() + 3_600_000) } : {}),
        asks: isOpen(issue.state) && asks(issue, event, person, holders),
      }));
    });
}

function asks(issue: Issue, event: IssueEvent, person: string, holders: readonly string[]): boolean {
  if (event.type === "issue-raised" || event.type === "issue-redirected") return holders.includes(person);
  return event.type === "outcome-offered" && person === issue.raisedBy.person;
}
