import type { NewEvent } from "../../app/commands/change-issue";
import { clockFrom, clockWhenRaised } from "../../app/domain/clock";
import { eventWords, type IssueEvent } from "../../app/domain/event";
import { type Author, belongsInLfpse, type Harm, type Issue, type Reply } from "../../app/domain/issue";
import { audienceOf } from "../../app/domain/permission";
import { routeIssue } from "../../app/domain/routing";
import { addWorkingDays, londonDay } from "../../app/domain/working-days";
import type { DemoIssue } from "./generate";
import { authorIn } from "./people-of";
import type { Makers, PlacedIssue } from "./place-issue";
import { laterBy } from "./plan";
import { abridged, fillSlots, paddedReply, titledBy, withOpening } from "./wording";

/**
 * Lets an issue live from the day it was raised to the as-of day: accepted, answered, joined, an outcome offered and
 * agreed, or some way along that road when its time is short. Nothing happens after the as-of day.
 */
export function liveOn(makers: Makers, placed: PlacedIssue): DemoIssue {
  const life = new Life(makers, placed);
  life.accept();
  life.join();
  life.converse();
  life.end();
  return { issue: life.issue, replies: life.replies };
}

/** How an old issue ended that no text says an outcome for. */
const agreedInWriting = {
  changed: "Both sides wrote down who does what, and the page is now in the induction of new staff on each side.",
  forWhom: "Patients of {practice} and of the practices nearby",
};

class Life {
  readonly issue: Issue;
  readonly replies: Reply[] = [];
  #now: Date;
  #owner: Author | undefined;

  constructor(
    private readonly makers: Makers,
    private readonly placed: PlacedIssue,
  ) {
    this.#now = placed.at;
    this.issue = raisedIssue(makers, placed);
    this.#happened({ type: "issue-raised", post: this.issue.owner.post }, placed.raisedBy);
    this.#owner = this.#holderOf(this.issue.owner.post);
  }

  accept(): void {
    const { random } = this.makers;
    if (random.chance(0.05)) {
      this.#decline();
      return;
    }
    if (this.#younger(16) && random.chance(0.4)) return;
    const slow = random.chance(0.15);
    if (!this.#owner || !this.#wait(slow ? random.between(4, 12) : random.between(0, 4))) return;
    this.#set("accepted", clockFrom("first-reply", this.issue.raisedAt));
    this.issue.followers.push(this.#owner.person);
    this.#happened({ type: "issue-accepted" }, this.#owner);
  }

  /** Others say "us too", some at once and some later: breadth grows with time. */
  join(): void {
    const { random, cast, asOf } = this.makers;
    if (this.placed.alone || this.placed.neighbours.length < 2) return;
    const many = random.weighted([0, 1, 2, 3, 5, 8], [45, 22, 14, 9, 7, 3]);
    const others = this.placed.neighbours.filter((each) => each.code !== this.placed.from.code);
    for (const organisation of random.sample(others, many)) {
      const at = laterBy(this.issue.raisedAt, random.between(0, 14), random);
      const by = authorIn(cast, organisation.code, at, random);
      if (!by || at >= asOf) continue;
      const context = random.pick(this.placed.text.usToo.length > 0 ? this.placed.text.usToo : ["The same here."]);
      const id = this.makers.newId(at.getTime());
      this.issue.joined.push({ id, by, organisation: organisation.code, context: this.#fill(context), at });
      this.issue.followers.push(by.person);
      this.#happened({ type: "issue-joined", joining: id, organisation: organisation.code }, by, at);
    }
  }

  converse(): void {
    if (this.issue.state === "declined") return;
    const { random, replies: wanted } = this.makers;
    if (!wanted && this.#younger(30) && random.chance(0.35)) return;
    const lines = wanted
      ? Array.from({ length: wanted.each }, (_, i) => paddedReply(this.placed, i, wanted.characters, random))
      : this.placed.text.replies;
    for (const line of lines) {
      const by = line.from === "owner" ? this.#owner : this.placed.raisedBy;
      if (!by || !this.#wait(random.between(0, 5))) return;
      this.#reply(by, this.#fill(line.text), line.internal ?? false);
      this.#startOnReply(by, line.internal ?? false);
    }
    this.#undertake();
  }

  end(): void {
    const { random } = this.makers;
    const old = !this.#younger(100);
    const outcome = this.placed.text.outcome ?? (old ? agreedInWriting : undefined);
    if (this.issue.state !== "in-progress" || !outcome || !this.#owner) return;
    if (random.chance(old ? 0.002 : 0.15) || !this.#wait(random.between(1, 14))) return;
    const offer = this.makers.newId(this.#now.getTime());
    this.issue.outcome = {
      id: offer,
      changed: this.#fill(outcome.changed),
      forWhom: this.#fill(outcome.forWhom),
      by: this.#owner,
      side: "owning",
      at: this.#now,
      answers: [],
    };
    this.#set("outcome-offered", clockFrom("answer-outcome", this.#now));
    this.#happened({ type: "outcome-offered", offer }, this.#owner);
    this.#answer(offer);
  }

  #answer(offer: string): void {
    const { random } = this.makers;
    const by = this.placed.raisedBy;
    if (random.chance(0.1)) {
      if (this.#wait(11))
        this.#close("not-confirmed", { person: "system", name: "Common Thread", title: "by the clock" });
      return;
    }
    if (!this.#wait(random.between(0, 9)) || !this.issue.outcome) return;
    const disagrees = random.chance(this.#younger(60) ? 0.15 : 0);
    const answer = disagrees ? "disagree" : "agree";
    const reason = disagrees ? "It happened again this week, so it has not reached everyone yet." : undefined;
    const organisation = this.issue.raisedFor;
    this.issue.outcome.answers.push({ by, organisation, answer, at: this.#now, ...(reason ? { reason } : {}) });
    if (disagrees) this.#set("in-progress", clockFrom("resolve", this.#now));
    this.#happened({ type: "outcome-answered", offer, answer, organisation, ...(reason ? { reason } : {}) }, by);
    if (!disagrees) this.#close("agreed", by);
  }

  #close(resolution: "agreed" | "not-confirmed", by: Author): void {
    this.#set("resolved");
    this.issue.closedAt = this.#now;
    this.issue.resolution = resolution;
    this.#happened({ type: "issue-resolved", resolution }, by);
  }

  #decline(): void {
    if (!this.#owner || !this.#wait(this.makers.random.between(1, 5))) return;
    const reason =
      "This is not ours to change: it belongs with the service that holds the contract. We have told them.";
    this.#set("declined");
    this.issue.closedAt = this.#now;
    this.issue.declinedWhy = reason;
    this.#happened({ type: "issue-declined", reason }, this.#owner);
  }

  #undertake(): void {
    const { random } = this.makers;
    const owner = this.#owner;
    if (!owner || !this.issue.history.some((event) => event.type === "work-started")) return;
    for (const text of this.placed.text.actions) {
      const id = this.makers.newId(this.#now.getTime());
      const due = addWorkingDays(this.#now, random.between(3, 15));
      const done = due < this.makers.asOf && random.chance(0.85);
      this.issue.actions.push({
        id,
        text: this.#fill(text),
        owner: { person: owner.person, name: owner.name },
        dueOn: londonDay(due),
        by: owner,
        at: this.#now,
        ...(done ? { done: { by: owner, at: new Date(due.getTime() - 6 * 3_600_000) } } : {}),
      });
      this.#happened({ type: "action-added", action: id }, owner);
    }
  }

  #startOnReply(by: Author, internal: boolean): void {
    if (internal || by !== this.#owner) return;
    if (this.issue.state !== "accepted" && this.issue.state !== "new") return;
    this.#set("in-progress", clockFrom("resolve", this.issue.raisedAt));
    this.#happened({ type: "work-started" }, by);
  }

  #reply(by: Author, text: string, internal: boolean): void {
    this.replies.push({
      id: this.makers.newId(this.#now.getTime()),
      issue: this.issue.id,
      by,
      at: this.#now,
      text,
      audience:
        internal && by.organisation ? { kind: "organisation", organisation: by.organisation } : { kind: "shared" },
      declared: [],
    });
  }

  #younger(days: number): boolean {
    return this.makers.asOf.getTime() - this.issue.raisedAt.getTime() < days * 86_400_000;
  }

  /** Goes on by some working days. False when that would pass the as-of day: then nothing more happens. */
  #wait(workingDays: number): boolean {
    const then = laterBy(this.#now, workingDays, this.makers.random);
    if (then >= this.makers.asOf) return false;
    this.#now = then;
    return true;
  }

  #set(state: Issue["state"], clock?: Issue["clock"]): void {
    this.issue.state = state;
    this.issue.stateSince = this.#now;
    if (clock) this.issue.clock = clock;
    else delete this.issue.clock;
  }

  #happened(event: NewEvent, by: Author, at = this.#now): void {
    const whole: IssueEvent = { ...event, id: this.makers.newId(at.getTime()), at, by, version: 0 };
    this.issue.history.push(whole);
    this.issue.history.sort((a, b) => a.at.getTime() - b.at.getTime());
    for (const [i, each] of this.issue.history.entries()) each.version = i + 1;
    this.issue.version = this.issue.history.length;
    if (at >= this.issue.changedAt) {
      this.issue.changedAt = at;
      this.issue.lastChange = { name: by.name, what: eventWords[event.type] };
    }
    this.issue.followers = [...new Set(this.issue.followers)];
    this.issue.audience = audienceOf(this.issue);
  }

  #fill(text: string): string {
    return fillSlots(text, this.placed, this.makers.cast.directory);
  }

  #holderOf(postId: string): Author | undefined {
    const post = this.makers.cast.directory.post(postId);
    const person = this.makers.cast.directory.holders(postId, this.placed.at)[0];
    if (!post || !person) return undefined;
    return { person: person.id, name: person.name, post: post.id, title: post.title, organisation: post.organisation };
  }
}

function raisedIssue({ cast, random, newId, newReference }: Makers, placed: PlacedIssue): Issue {
  const harm: Harm = placed.text.harm;
  const about = { organisation: placed.about.code, ...(placed.service ? { service: placed.service.id } : {}) };
  const route = routeIssue(cast.directory, about, { category: placed.theme.category, harm }, placed.at);
  if (!route) throw new Error(`nobody receives an issue about ${placed.about.code}`);
  const parts = {
    visibility: random.chance(0.04) ? ("organisations" as const) : ("system" as const),
    namedPeople: [],
    raisedFor: placed.from.code,
    about,
    owner: { post: route.post.id, organisation: route.organisation.code, since: placed.at, why: route.why },
    joined: [],
  };
  const directory = cast.directory;
  return {
    id: newId(placed.at.getTime()),
    reference: newReference(),
    version: 1,
    title: fillSlots(titledBy(placed.text, random), placed, directory),
    body: withOpening(fillSlots(abridged(placed.text.body, random), placed, directory), random),
    category: placed.theme.category,
    harm,
    ...(belongsInLfpse(harm) && random.chance(0.6)
      ? { lfpseReference: `LFPSE-${random.between(100_000, 999_999)}` }
      : {}),
    raisedBy: placed.raisedBy,
    raisedAt: placed.at,
    ...parts,
    ...(route.waitsForInvitation ? { waitsForInvitation: true } : {}),
    state: "new",
    stateSince: placed.at,
    clock: clockWhenRaised(harm, placed.at),
    pastOutcomes: [],
    actions: [],
    audience: audienceOf(parts),
    followers: [placed.raisedBy.person],
    declared: [],
    changedAt: placed.at,
    lastChange: { name: placed.raisedBy.name, what: eventWords["issue-raised"] },
    history: [],
  };
}
