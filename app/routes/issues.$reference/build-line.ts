import type { Directory } from "../../domain/directory";
import type { IssueEvent } from "../../domain/event";
import type { Answer, Author, Issue, Reply } from "../../domain/issue";
import type { Actor } from "../../domain/person";
import { organisationName, sideOfCode } from "../../web/issue-view";
import { momentWords } from "../../web/time-words";
import { kindOfOrganisation } from "./side-words";
import type { LineItem, LineView, MarkItem, PostItem } from "./thread-view";

export interface LineParts {
  directory: Directory;
  actor: Actor;
  now: Date;
  issue: Issue;
  replies: readonly Reply[];
  /** Cursor of the page before these replies. */
  next: string | undefined;
  /** Only what happened before this: the page after this one begins there. */
  until: Date | null;
  /** References by id of originals it was a duplicate of, as far as the actor may know of them. */
  originals: ReadonlyMap<string, string>;
  /** When the actor last looked, where that is known. */
  since: Date | null;
}

interface Timed {
  at: Date;
  by: Author;
  item: LineItem;
}

/** What was raised, what was said and what happened, by time, with a mark where the new begins. */
export function buildLine(parts: LineParts): LineView {
  const { issue, replies, next, until, since, now, actor } = parts;
  // Where earlier replies are left out, so is what happened between them.
  const from = next ? (replies[0]?.at ?? null) : null;
  const inPage = (at: Date) => (!from || at >= from) && (!until || at < until);
  const timed = [
    ...issue.joined.map((each) => joinedPost(parts, each)),
    ...issue.history.flatMap((event) => markOf(parts, event) ?? []),
    ...replies.map((reply) => replyPost(parts, reply)),
  ]
    .filter((each) => inPage(each.at))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  const items = timed.map((each) => each.item);
  const newAt = since && !until ? timed.findIndex((each) => each.at > since && each.by.person !== actor.person) : -1;
  if (since && newAt >= 0) items.splice(newAt, 0, { kind: "new", key: "new", words: newWords(since, now) });
  return {
    items: [raisedPost(parts), ...items],
    earlier: next && from ? `?${new URLSearchParams({ before: next, until: String(from.getTime()) })}` : null,
    past: until !== null,
  };
}

/** "New since Monday 17:20", "New since today 10:31". */
function newWords(since: Date, now: Date): string {
  const moment = momentWords(since, now);
  return `New since ${moment.replace(/^(Today|Yesterday)/, (day) => day.toLowerCase())}`;
}

function postBy(
  { directory, now, actor }: LineParts,
  by: Author,
  at: Date,
): Pick<PostItem, "by" | "what" | "when" | "at" | "mine"> {
  return {
    by: { name: by.name, side: sideOfCode(directory, by.organisation) },
    what: by.organisation
      ? `${by.title}, ${directory.organisation(by.organisation)?.shortName ?? by.organisation}`
      : by.title,
    when: momentWords(at, now),
    at: at.toISOString(),
    mine: by.person === actor.person,
  };
}

function raisedPost(parts: LineParts): PostItem {
  const { issue } = parts;
  return {
    kind: "raised",
    key: "raised",
    ...postBy(parts, issue.raisedBy, issue.raisedAt),
    text: issue.body,
    note: null,
  };
}

function joinedPost(parts: LineParts, joined: Issue["joined"][number]): Timed {
  const post = postBy(parts, joined.by, joined.at);
  return {
    at: joined.at,
    by: joined.by,
    item: { kind: "joined", key: joined.id, ...post, text: joined.context, note: null },
  };
}

function replyPost(parts: LineParts, reply: Reply): Timed {
  const internal = reply.audience.kind === "organisation" ? reply.audience.organisation : null;
  const note = internal ? `Internal note: only your ${kindOfOrganisation(parts.directory, internal)} sees this` : null;
  const post = postBy(parts, reply.by, reply.at);
  return {
    at: reply.at,
    by: reply.by,
    item: { kind: internal ? "internal" : "reply", key: reply.id, ...post, text: reply.text, note },
  };
}

type Told = Pick<MarkItem, "mark" | "words"> & Partial<Pick<MarkItem, "state" | "name" | "said">>;

function markOf(parts: LineParts, event: IssueEvent): Timed | null {
  const told = tellOf(parts, event);
  if (!told) return null;
  const item: MarkItem = {
    kind: "mark",
    key: event.id,
    state: null,
    name: event.by.name,
    said: null,
    ...told,
    when: momentWords(event.at, parts.now),
    at: event.at.toISOString(),
  };
  return { at: event.at, by: event.by, item };
}

/** What happened, after the name of who did it. Null for what stands in the line anyway. */
function tellOf({ directory, issue, now, originals }: LineParts, event: IssueEvent): Told | null {
  switch (event.type) {
    case "issue-joined":
      return null;
    case "issue-raised":
      return { mark: "sent", name: null, words: `Sent to ${postWords(directory, event.post, event.at)}` };
    case "issue-redirected":
      return { mark: "sent", words: `sent this on to ${postWords(directory, event.to, event.at)}`, said: event.reason };
    case "issue-accepted":
      return { mark: "state", state: "accepted", words: "accepted this issue" };
    case "work-started":
      return { mark: "state", state: "in-progress", words: "started work on it" };
    case "outcome-offered":
      return { mark: "state", state: "outcome-offered", words: "offered an outcome" };
    case "outcome-answered": {
      const disagrees = event.answer === "disagree";
      return {
        mark: disagrees ? "state" : "note",
        state: disagrees ? "in-progress" : null,
        words: `${answerWords[event.answer]}, for ${organisationName(directory, event.organisation)}`,
        said: event.reason ?? null,
      };
    }
    case "issue-resolved":
      return event.resolution === "agreed"
        ? { mark: "state", state: "resolved", name: null, words: "Resolved: both sides agree" }
        : {
            mark: "state",
            state: "resolved",
            name: null,
            words: "Resolved, not confirmed: nobody answered for 10 working days",
          };
    case "issue-declined":
      return { mark: "state", state: "declined", words: "declined this issue", said: event.reason };
    case "issue-reopened":
      return { mark: "reopened", words: "reopened this issue", said: event.reason };
    case "action-added":
      return { mark: "note", words: `added an action: ${actionText(issue, event.action)}` };
    case "action-completed":
      return { mark: "note", words: `finished an action: ${actionText(issue, event.action)}` };
    case "person-named":
      return { mark: "note", words: `added ${personWords(directory, event.person, now)}` };
    case "duplicate-marked": {
      const original = originals.get(event.of);
      return original ? { mark: "note", words: `recorded this as a duplicate of ${original}` } : null;
    }
    case "duplicate-unmarked": {
      const original = originals.get(event.of);
      if (!original) return null;
      return { mark: "note", words: `took back that this is a duplicate of ${original}`, said: event.reason };
    }
  }
}

const answerWords: Readonly<Record<Answer, string>> = {
  agree: "agrees with the outcome",
  disagree: "does not agree with the outcome",
  dissent: "has another view of the outcome",
};

/** "Nadia Okafor, Interface lead, WUTH", as it was then. */
export function postWords(directory: Directory, postId: string, at: Date): string {
  const post = directory.post(postId);
  if (!post) return "a post that is no longer here";
  const holder = directory.holders(postId, at)[0]?.name;
  const home = directory.organisation(post.organisation);
  return [holder, post.title, home?.shortName ?? post.organisation].filter(Boolean).join(", ");
}

/** "Nadia Okafor, Interface lead, WUTH", as it is now. */
export function personWords(directory: Directory, personId: string, now: Date): string {
  const name = directory.person(personId)?.name ?? "somebody";
  const post = directory.postsHeldBy(personId, now)[0];
  if (!post) return name;
  return `${name}, ${post.title}, ${directory.organisation(post.organisation)?.shortName ?? post.organisation}`;
}

function actionText(issue: Issue, id: string): string {
  return issue.actions.find((each) => each.id === id)?.text ?? "an action";
}
