import { clockKindNames, countOf, timeWords } from "../../components/clock-words";
import { categoryOf } from "../../domain/category";
import { isDueToday, isOverdue } from "../../domain/clock";
import {
  type Issue,
  isOpen,
  type OutcomeOffer,
  organisationsAffected,
  organisationsConcerned,
} from "../../domain/issue";
import { issueActions, may } from "../../domain/permission";
import type { Actor } from "../../domain/person";
import { aboutView, organisationName, ownerFace, sideOfCode } from "../../web/issue-view";
import type { Board } from "../../web/load-context";
import { momentWords, todayWords } from "../../web/time-words";
import { buildActions } from "./build-actions";
import { personWords } from "./build-line";
import { postChoices } from "./post-choices";
import { kindOfOrganisation, sideTitle } from "./side-words";
import type {
  AffectedView,
  AudienceView,
  ClosingView,
  HeadView,
  LineView,
  OfferView,
  SideAnswer,
  ThreadView,
} from "./thread-view";

type From = Pick<Board, "directory" | "now" | "system">;

/** The page of one issue, for one actor, at one moment. */
export function buildThread(board: From, actor: Actor, issue: Issue, line: LineView): ThreadView {
  const { directory } = board;
  const now = board.now();
  const allowed = Object.fromEntries(issueActions.map((action) => [action, may(actor, action, issue)]));
  const can: ThreadView["may"] = { ...none, ...allowed };
  return {
    id: issue.id,
    reference: issue.reference,
    version: issue.version,
    head: headOf(board, issue),
    line,
    may: can,
    audience: audienceWords(board, actor, issue),
    outcome: issue.outcome ? offerView(board, issue, issue.outcome) : null,
    pastOutcomes: issue.pastOutcomes.map((offer) => offerView(board, issue, offer)).reverse(),
    closing: closingOf(issue),
    ...buildActions(directory, issue, now, can["add-action"]),
    affected: affectedOf(board, issue),
    named: issue.namedPeople.map((id) => ({
      name: directory.person(id)?.name ?? "Somebody",
      what: personWords(directory, id, now).split(", ").slice(1).join(", "),
      side: sideOfCode(directory, directory.postsHeldBy(id, now)[0]?.organisation),
    })),
    posts: can.redirect ? postChoices(directory, issue, now) : [],
  };
}

const none: ThreadView["may"] = {
  read: false,
  join: false,
  reply: false,
  "reply-internally": false,
  "write-note": false,
  accept: false,
  redirect: false,
  "offer-outcome": false,
  "answer-outcome": false,
  dissent: false,
  decline: false,
  reopen: false,
  "add-action": false,
  "complete-action": false,
  "name-person": false,
  "mark-duplicate": false,
};

function headOf(board: From, issue: Issue): HeadView {
  const { directory } = board;
  const others = organisationsAffected(issue).length - 1;
  const time = timeWords(issue, board.now());
  const face = ownerFace(board, issue.owner);
  const post = directory.post(issue.owner.post);
  const home = directory.organisation(issue.owner.organisation);
  const owner = `${post?.title ?? "No post"}, ${home?.shortName ?? issue.owner.organisation}`;
  return {
    title: issue.title,
    kind: categoryOf(issue.category)?.name ?? "Other",
    state: issue.state,
    clock: time && { ...time, kind: isOpen(issue.state) && issue.clock ? clockKindNames[issue.clock.kind] : null },
    owner: { face, words: face ? (face.name === post?.title ? owner : `${face.name}, ${owner}`) : owner },
    harm: issue.harm,
    lfpseReference: issue.lfpseReference ?? null,
    from: {
      name: organisationName(directory, issue.raisedFor),
      side: sideOfCode(directory, issue.raisedFor),
      others: others > 0 ? `and ${others} more` : null,
    },
    about: aboutView(directory, issue.about),
    restricted: restrictedWords(issue),
    waits: issue.waitsForInvitation === true,
  };
}

function restrictedWords(issue: Issue): string | null {
  if (issue.visibility === "system") return null;
  return issue.visibility === "people" ? "Only named people see this" : "Only the organisations concerned see this";
}

/** Who will read what is written now: said before it is sent. */
function audienceWords({ directory, system }: From, actor: Actor, issue: Issue): AudienceView {
  const concerned = countOf(organisationsConcerned(issue).length, "organisation");
  const guests =
    issue.namedPeople.length > 0 ? ` and ${countOf(issue.namedPeople.length, "named person", "named people")}` : "";
  const shared = {
    system: `Seen by ${concerned}${guests}, and open to all of ${system.name}`,
    organisations: `Seen by ${concerned}${guests}, and nobody else`,
    people: `Seen by ${countOf(issue.namedPeople.length, "named person", "named people")}, and nobody else`,
  }[issue.visibility];
  const own = actor.organisation ?? "";
  return {
    shared,
    internal: `Only ${organisationName(directory, own)}`,
    internalButton: `Add for your ${kindOfOrganisation(directory, own)} only`,
  };
}

function offerView({ directory, now }: From, issue: Issue, offer: OutcomeOffer): OfferView {
  const at = now();
  const asked = offer.side === "raising" ? issue.owner.organisation : issue.raisedFor;
  const by = offer.by.organisation ?? (offer.side === "raising" ? issue.raisedFor : issue.owner.organisation);
  const answer = offer.answers.findLast((each) => each.answer !== "dissent");
  const offered: SideAnswer = {
    title: `${sideTitle(directory, by)} agrees`,
    answer: "agree",
    who: `${offer.by.name}, ${directory.organisation(by)?.shortName ?? by}`,
    detail: momentWords(offer.at, at),
    soon: false,
    reason: null,
  };
  const sides = [offered, answer ? answered() : waiting()];
  return {
    key: offer.id,
    changed: offer.changed,
    forWhom: offer.forWhom,
    by: offer.by.name,
    when: momentWords(offer.at, at),
    // Whoever raised it stands first.
    sides: offer.side === "raising" ? sides : sides.reverse(),
    dissents: offer.answers
      .filter((each) => each.answer === "dissent")
      .map((each) => ({
        organisation: organisationName(directory, each.organisation),
        name: each.by.name,
        reason: each.reason ?? "",
      })),
  };

  function answered(): SideAnswer {
    const agrees = answer?.answer === "agree";
    const code = answer?.organisation ?? asked;
    return {
      title: `${sideTitle(directory, code)} ${agrees ? "agrees" : "disagrees"}`,
      answer: agrees ? "agree" : "disagree",
      who: `${answer?.by.name ?? ""}, ${directory.organisation(code)?.shortName ?? code}`,
      detail: answer ? momentWords(answer.at, at) : "",
      soon: false,
      reason: answer?.reason ?? null,
    };
  }

  function waiting(): SideAnswer {
    const current = issue.state === "outcome-offered" && issue.outcome?.id === offer.id;
    const silent = issue.resolution === "not-confirmed" && issue.outcome?.id === offer.id;
    return {
      title: `${sideTitle(directory, asked)} ${current ? "not yet" : "did not answer"}`,
      answer: null,
      who: organisationName(directory, asked),
      detail: current ? answerDue(issue, at) : silent ? "Resolved without an answer" : "",
      soon: current && (isDueToday(issue.clock, at) || isOverdue(issue.clock, at)),
      reason: null,
    };
  }
}

function answerDue({ clock }: Issue, now: Date): string {
  if (!clock) return "";
  if (isDueToday(clock, now)) return "Answer due today";
  return isOverdue(clock, now)
    ? `Answer was due ${todayWords(clock.dueAt)}`
    : `Answer due by ${todayWords(clock.dueAt)}`;
}

function closingOf(issue: Issue): ClosingView | null {
  if (issue.state === "declined") return { kind: "declined", words: "Declined", reason: issue.declinedWhy ?? null };
  if (issue.state !== "resolved") return null;
  const agreed = issue.resolution === "agreed";
  return {
    kind: "resolved",
    words: agreed ? "Both sides agreed" : "Not confirmed: nobody answered for 10 working days",
    reason: null,
  };
}

/** Who reported it, each organisation once, and how wide that is among the practices of the Place. */
function affectedOf({ directory, now }: From, issue: Issue): AffectedView {
  const at = now();
  const practices = organisationsAffected(issue).filter((code) => directory.organisation(code)?.kind === "practice");
  const place = directory.organisation(practices[0] ?? "")?.places[0];
  const inPlace = (code: string) =>
    place !== undefined && directory.organisation(code)?.places.includes(place) === true;
  const here = practices.filter(inPlace).length;
  const all = directory.organisations.filter(
    (each) => each.kind === "practice" && !each.closedAt && place !== undefined && each.places.includes(place),
  ).length;
  const elsewhere = practices.length - here;
  const words = [
    place ? `${here} of ${countOf(all, "practice")} in ${directory.place(place)?.name ?? place}` : "",
    elsewhere > 0 ? `${elsewhere} elsewhere` : "",
  ];
  const day = (moment: Date) => momentWords(moment, at).replace(/ \d\d:\d\d$/, "");
  return {
    words: words.filter((each) => each !== "").join(", "),
    organisations: [
      { code: issue.raisedFor, how: `raised ${day(issue.raisedAt)}` },
      ...issue.joined.map((each) => ({ code: each.organisation, how: `us too, ${day(each.at)}` })),
    ].map(({ code, how }) => ({
      name: organisationName(directory, code),
      side: sideOfCode(directory, code),
      how: how.replace(/(Today|Yesterday)/, (word) => word.toLowerCase()),
    })),
  };
}
