import { countOf } from "../../components/clock-words";
import type { IssueView } from "../../components/issue-view";
import { categoryGroupOf, categoryOf } from "../../domain/category";
import { clockWhenRaised } from "../../domain/clock";
import { type Harm, isOpen } from "../../domain/issue";
import { withoutDuplicates } from "../../domain/likeness";
import { type Side, sideOfKind } from "../../domain/organisation";
import type { Actor } from "../../domain/person";
import type { IssueSummary, SimilarIssue } from "../../domain/ports";
import { routeIssue } from "../../domain/routing";
import { londonDay } from "../../domain/working-days";
import { issueView } from "../../web/issue-view";
import type { Board } from "../../web/load-context";
import { todayWords } from "../../web/time-words";
import { type About, type AboutChoice, aboutChoice } from "../issues.services/find-about";

/** What is known of an issue that is being written. */
export interface Asked {
  about: About | null;
  body: string;
  category?: string | undefined;
  harm?: Harm | undefined;
  /** References of similar issues that were put aside as not the same. */
  hidden: readonly string[];
}

/** What helps while one writes: is it known, what kind may it be, where will it go. */
export interface RaiseHelp {
  /** Null while too little is written to look for any; `resting` where it cannot be looked for just now. */
  similar: SimilarView[] | "resting" | null;
  kinds: KindChoice[];
  /** Services the text may be about, while only their organisation is chosen. */
  services: ServiceChoice[];
  goes: GoesTo | null;
}

export interface ServiceChoice {
  choice: AboutChoice;
  /** How sure the suggestion is, in words. */
  sure: string;
}

export interface SimilarView {
  issue: IssueView;
  why: string | null;
  /** The actor's organisation may say "us too". */
  mayJoin: boolean;
  /** It is over. `reopen`: the actor's side may take it up again; `reply`: they may say so in its thread. */
  back: "reopen" | "reply" | null;
}

export interface KindChoice {
  code: string;
  name: string;
  group: string;
  /** How sure the suggestion is, in words. */
  sure: string;
}

export interface GoesTo {
  /** "Nadia Okafor", or the post where nobody is known by name. */
  holder: string;
  post: string;
  organisation: string;
  side: Side;
  why: string;
  /** "by Thursday 26 November", "today". */
  hearBy: string;
}

const similarAtMost = 3;
const hiddenAtMost = 10;
const kindsAtMost = 3;
const servicesAtMost = 3;
/** Fewer characters than this say too little to compare or to suggest from. */
const sayingSomething = 20;

/** Everything that helps with this issue, for this actor. Nothing is stored and nothing is decided. */
export async function raiseHelp(board: Board, actor: Actor, asked: Asked): Promise<RaiseHelp> {
  const text = asked.body.trim();
  const telling = text.length >= sayingSomething;
  return {
    similar: telling ? await similarTo(board, actor, asked, text) : null,
    ...(telling ? await suggested(board, actor, asked, text) : { kinds: [], services: [] }),
    goes: goesTo(board, asked),
  };
}

async function similarTo(board: Board, actor: Actor, asked: Asked, text: string): Promise<RaiseHelp["similar"]> {
  const service = asked.about?.service;
  // As many more as were put aside: others come up in their place.
  const looked = similarAtMost + Math.min(asked.hidden.length, hiddenAtMost);
  const similar = await board.reader.similar(actor, { text, ...(service ? { service } : {}) }, looked);
  if (!similar) return "resting";
  const left = withoutDuplicates(similar).filter(({ summary }) => !asked.hidden.includes(summary.reference));
  return left.slice(0, similarAtMost).map((each) => similarView(each, board, actor, asked));
}

async function suggested(
  board: Board,
  actor: Actor,
  { about }: Asked,
  text: string,
): Promise<Pick<RaiseHelp, "kinds" | "services">> {
  const organisation = about && !about.service ? about.organisation : undefined;
  const likely = await board.reader.suggest(actor, { text, ...(organisation ? { organisation } : {}) });
  return {
    kinds: likely.categories.slice(0, kindsAtMost).flatMap(({ category: code, confidence }) => {
      const category = categoryOf(code);
      if (!category) return [];
      return { code, name: category.name, group: categoryGroupOf(code)?.name ?? "", sure: sureWords(confidence) };
    }),
    services: organisation
      ? likely.services.slice(0, servicesAtMost).flatMap(({ service, confidence }) => {
          const choice = aboutChoice(board.directory, `${organisation}/${service}`);
          return choice ? { choice, sure: sureWords(confidence) } : [];
        })
      : [],
  };
}

/** A confidence of 0 to 1 as people say it. */
function sureWords(confidence: number): string {
  if (confidence >= 0.6) return "very likely";
  return confidence >= 0.35 ? "likely" : "perhaps";
}

/** What a similar issue is compared with: an issue, or what is known of one that is being written. */
interface Compared {
  about: { service?: string | undefined } | null;
  category?: string | undefined;
}

/** A similar issue, why it is shown, and what this actor can do about it. */
export function similarView(similar: SimilarIssue, board: Board, actor: Actor, compared: Compared): SimilarView {
  const { summary } = similar;
  const ours = isOurs(summary, actor.organisation);
  const open = isOpen(summary.state);
  return {
    issue: issueView(summary, board),
    why: whySimilar(similar, compared),
    mayJoin: open && !ours && actor.organisation !== undefined,
    back: open || summary.state === "merged" ? null : ours ? "reopen" : "reply",
  };
}

function isOurs(summary: IssueSummary, organisation: string | undefined): boolean {
  if (organisation === undefined) return false;
  return [...summary.affected, summary.about.organisation, summary.owner.organisation].includes(organisation);
}

/** "Very like this. Same service and kind. Both say: blood, thinner." */
function whySimilar({ summary, likelySame, shared }: SimilarIssue, { about, category }: Compared): string | null {
  const same = [
    about?.service !== undefined && about.service === summary.about.service ? "service" : "",
    category === summary.category ? "kind" : "",
  ].filter((each) => each !== "");
  const parts = [
    likelySame ? "Very like this." : "",
    same.length > 0 ? `Same ${same.join(" and ")}.` : "",
    shared.length > 0 ? `Both say: ${shared.join(", ")}.` : "",
  ];
  return parts.filter((part) => part !== "").join(" ") || null;
}

function goesTo(board: Board, { about, category, harm }: Asked): GoesTo | null {
  const now = board.now();
  const route = about && routeIssue(board.directory, about, { category, harm }, now);
  if (!route) return null;
  const [first, ...others] = route.holders;
  const { dueAt } = clockWhenRaised(harm ?? "not-known", now);
  return {
    holder: first
      ? first.name + (others.length > 0 ? ` and ${countOf(others.length, "other")}` : "")
      : route.post.title,
    post: route.post.title,
    organisation: route.organisation.name,
    side: sideOfKind(route.organisation.kind),
    why: route.why,
    hearBy: londonDay(dueAt) === londonDay(now) ? "today" : `by ${todayWords(dueAt)}`,
  };
}
