import type { Directory } from "../domain/directory";
import type { DomainEvent } from "../domain/event";
import type { Issue, Reply } from "../domain/issue";
import { mayRead } from "../domain/permission";
import { actorFor } from "../domain/person";
import type { Notice } from "../domain/ports";
import { type FollowUp, type FollowUpPorts, oneByOne } from "./follow-up";

/** People to tell, and whether each is asked to do something. */
type Told = Map<string, { asks: boolean }>;

type TellPorts = Pick<FollowUpPorts, "issues" | "replies" | "notices" | "directory" | "notifier" | "newId" | "now">;

/**
 * Writes a notice for everyone an event concerns, once each, and says so to their open screens. Never to the one who
 * did it, and never to anyone who may not read it today.
 */
export function tellPeople(ports: TellPorts): FollowUp {
  return oneByOne(async ({ event, issue: id }) => {
    const issue = await ports.issues.unfiltered(id);
    if (!issue) return;
    const reply = event.type === "reply-posted" ? await ports.replies.unfiltered(event.reply) : undefined;
    const original = isOfDuplicate(event) ? await ports.issues.unfiltered(event.of) : undefined;
    if (reply === null || original === null) return;
    const { directory } = ports;
    const now = ports.now();
    const hears = (person: string) =>
      person !== event.by.person &&
      mayHear(person, issue, reply, directory, now) &&
      (!original || mayHear(person, original, undefined, directory, now));
    const told = toldOf(event, issue, directory, now);
    for (const [person, { asks }] of told) if (hears(person)) await tell(ports, event, issue, { person, asks });
    for (const duplicate of await duplicatesToTell(ports, event, issue)) {
      for (const person of peopleOf(duplicate, directory, now)) {
        if (told.has(person) || !hears(person) || !mayHear(person, duplicate, undefined, directory, now)) continue;
        told.set(person, { asks: false });
        await tell(ports, event, issue, { person, asks: false, through: duplicate.id });
      }
    }
  });
}

async function tell(
  { notices, notifier, newId }: TellPorts,
  event: DomainEvent,
  issue: Issue,
  to: Pick<Notice, "person" | "asks" | "through">,
): Promise<void> {
  await notices.put({
    ...to,
    id: newId(),
    event: event.id,
    type: event.type,
    issue: issue.id,
    reference: issue.reference,
    title: issue.title,
    byName: event.by.name,
    at: event.at,
  });
  // Said again when the notice was there already: a crash may have come between the two.
  notifier.noticesChanged(to.person);
}

function isOfDuplicate(event: DomainEvent): event is DomainEvent & { of: string } {
  return event.type === "duplicate-marked" || event.type === "duplicate-unmarked";
}

/** Duplicates whose people are told; more than are ever recorded of one issue. */
const duplicatesAtMost = 500;

/** Issues recorded as duplicates of this one, when something happens to it that ends them too. */
async function duplicatesToTell({ issues }: TellPorts, event: DomainEvent, issue: Issue): Promise<Issue[]> {
  if (event.type !== "outcome-offered" && event.type !== "issue-resolved") return [];
  const ids = await issues.duplicateIds(issue.id, duplicatesAtMost);
  const found = await Promise.all(ids.map((id) => issues.unfiltered(id)));
  return found.filter((each) => each !== null);
}

/** Who is told of what. Pure but for the directory: who holds a post today. */
export function toldOf(event: DomainEvent, issue: Issue, directory: Directory, now: Date): Told {
  const told: Told = new Map();
  const tell = (people: readonly string[], asks = false) => {
    for (const person of people) told.set(person, { asks: asks || told.get(person)?.asks === true });
  };
  const owners = holders(directory, issue.owner.post, now);
  const everyone = peopleOf(issue, directory, now);
  switch (event.type) {
    case "issue-raised":
      tell(holders(directory, event.post, now), event.post === issue.owner.post);
      break;
    case "issue-redirected":
      tell([...everyone, ...holders(directory, event.from, now)]);
      if (event.to === issue.owner.post) tell(owners, true);
      break;
    case "outcome-offered":
      tell(everyone);
      if (issue.outcome?.id === event.offer)
        tell(askedForAnswer(issue, issue.outcome.side, owners, directory, now), true);
      break;
    case "outcome-answered":
      // An agreement resolves the issue in the same write, and that is what people are told.
      if (event.answer === "agree") break;
      tell(everyone);
      if (event.answer === "disagree") tell(owners, true);
      break;
    case "issue-reopened":
      tell(everyone);
      tell(owners, true);
      break;
    case "action-added":
      tell(
        issue.actions.filter((each) => each.id === event.action).map((each) => each.owner.person),
        true,
      );
      break;
    case "action-completed":
      tell(issue.actions.filter((each) => each.id === event.action).map((each) => each.by.person));
      break;
    case "person-named":
      tell([event.person]);
      break;
    case "issue-joined":
    case "issue-accepted":
    case "work-started":
    case "issue-resolved":
    case "issue-declined":
    case "duplicate-marked":
    case "duplicate-unmarked":
    case "reply-posted":
      tell(everyone);
      break;
  }
  return told;
}

/** Everyone who raised it, joined it, follows it or owns it. */
function peopleOf(issue: Issue, directory: Directory, now: Date): string[] {
  return [
    issue.raisedBy.person,
    ...issue.joined.map((each) => each.by.person),
    ...issue.followers,
    ...holders(directory, issue.owner.post, now),
  ];
}

/** The side that did not offer: the owner, or who raised it, or their organisation once they have left it. */
function askedForAnswer(
  issue: Issue,
  offeredBy: "raising" | "owning",
  owners: readonly string[],
  directory: Directory,
  now: Date,
): readonly string[] {
  if (offeredBy === "raising") return owners;
  const members = directory.peopleIn(issue.raisedFor, now).map((person) => person.id);
  return members.includes(issue.raisedBy.person) ? [issue.raisedBy.person] : members;
}

function holders(directory: Directory, post: string, now: Date): string[] {
  return directory.holders(post, now).map((person) => person.id);
}

/** Whether they may read it under any hat they have today; an internal note, only under its organisation's. */
function mayHear(person: string, issue: Issue, reply: Reply | undefined, directory: Directory, now: Date): boolean {
  const hats = directory.postsHeldBy(person, now);
  const within = reply?.audience.kind === "organisation" ? reply.audience.organisation : undefined;
  const posts =
    within === undefined
      ? [undefined, ...hats.map((post) => post.id)]
      : hats.filter((post) => post.organisation === within).map((post) => post.id);
  return posts.some((post) => {
    const actor = actorFor(directory, person, post, now);
    return actor !== undefined && mayRead(actor, issue);
  });
}
