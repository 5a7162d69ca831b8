import type { ClockWords } from "../../components/clock-words";
import type { FacePerson } from "../../components/face";
import type { IssueView } from "../../components/issue-view";
import type { Answer, Harm, IssueState } from "../../domain/issue";
import type { Side } from "../../domain/organisation";
import type { IssueAction } from "../../domain/permission";
import type { SimilarView } from "../issues.new/raise-help";

/** Everything the page of one issue shows: plain data made on the server, with every time and name in words. */
export interface ThreadView {
  /** Names it to live updates and to the working note. Never shown. */
  id: string;
  reference: string;
  version: number;
  head: HeadView;
  line: LineView;
  may: Readonly<Record<IssueAction, boolean>>;
  audience: AudienceView;
  outcome: OfferView | null;
  pastOutcomes: OfferView[];
  closing: ClosingView | null;
  actions: ActionView[];
  /** People who can be asked to do something. */
  doers: PersonChoice[];
  affected: AffectedView;
  named: { name: string; what: string; side: Side }[];
  /** Posts the issue can be sent on to, by organisation. Empty for those who may not. */
  posts: { organisation: string; posts: { id: string; name: string }[] }[];
}

export interface HeadView {
  title: string;
  /** Name of the kind. */
  kind: string;
  state: IssueState;
  clock: (ClockWords & { kind: string | null }) | null;
  owner: { face: FacePerson | null; words: string };
  harm: Harm;
  lfpseReference: string | null;
  from: { name: string; side: Side; others: string | null };
  about: { name: string; side: Side };
  /** "Only the organisations concerned see this". */
  restricted: string | null;
  /** Waits in its Place's queue until the organisation joins. */
  waits: boolean;
}

/** The line of posts, oldest first. */
export interface LineView {
  items: LineItem[];
  /** Address of the page of replies before these. */
  earlier: string | null;
  /** This is not the latest page. */
  past: boolean;
}

export type LineItem = PostItem | MarkItem | { kind: "new"; key: string; words: string };

export interface PostItem {
  kind: "raised" | "joined" | "reply" | "internal";
  key: string;
  by: FacePerson;
  what: string;
  when: string;
  /** ISO, for `<time>`. */
  at: string;
  text: string;
  /** On internal notes: "Internal note: only your trust sees this". */
  note: string | null;
  mine: boolean;
}

/** Something that happened, as one line. */
export interface MarkItem {
  kind: "mark";
  key: string;
  mark: "sent" | "state" | "reopened" | "note";
  state: IssueState | null;
  name: string | null;
  words: string;
  /** What the person said with it. */
  said: string | null;
  when: string;
  at: string;
}

export interface AudienceView {
  /** "Seen by 8 organisations". */
  shared: string;
  /** "Only Wirral University Teaching Hospital". */
  internal: string;
  /** What the button for an internal note says. */
  internalButton: string;
}

export interface OfferView {
  key: string;
  changed: string;
  forWhom: string;
  by: string;
  when: string;
  sides: SideAnswer[];
  dissents: { organisation: string; name: string; reason: string }[];
}

export interface SideAnswer {
  /** "Practice agrees", "Hospital not yet". */
  title: string;
  answer: Exclude<Answer, "dissent"> | null;
  who: string;
  /** When, or by when. */
  detail: string;
  soon: boolean;
  reason: string | null;
}

export interface ClosingView {
  kind: "resolved" | "declined";
  words: string;
  reason: string | null;
}

export interface ActionView {
  id: string;
  text: string;
  owner: string;
  due: string;
  late: boolean;
  done: string | null;
}

export interface PersonChoice {
  id: string;
  name: string;
}

export interface AffectedView {
  /** "7 of 43 practices in Wirral". */
  words: string;
  organisations: { name: string; side: Side; how: string }[];
}

/** Issues like this one, shown beside it, and what people made of them. */
export interface LikenessView {
  /** Null when it could not be looked for. */
  similar: SimilarView[] | null;
  /** Said to be not the same: no longer shown among them. */
  aside: AsideView[];
  original: (LinkedView & { by: string; when: string }) | null;
  duplicates: LinkedView[];
  mayJudge: boolean;
  mayMark: boolean;
}

export interface AsideView {
  reference: string;
  title: string;
  /** "You", or the name of who looks after this issue. */
  by: string;
  mine: boolean;
}

/** The original of this issue, or one of its duplicates. */
export interface LinkedView {
  issue: IssueView;
  /** The duplicate's harm, where it is graded worse than its original's. */
  higherHarm: Harm | null;
}
