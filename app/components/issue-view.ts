import type { Harm, IssueState, Visibility } from "../domain/issue";
import type { Side } from "../domain/organisation";
import type { ClockWords } from "./clock-words";
import type { FacePerson } from "./face";

/** What a card, a row or a line of a table shows: made on the server by `issueView`. */
export interface IssueView {
  /** Names it to live updates. Never shown. */
  id: string;
  reference: string;
  version: number;
  title: string;
  state: IssueState;
  harm: Harm;
  /** Name of the kind. */
  kind: string;
  from: { name: string; side: Side };
  about: { name: string; side: Side };
  /** "7 practices", or null when no practice is affected. */
  affected: string | null;
  /** Practices and trusts affected besides the one that raised it. */
  others: number;
  /** Who holds the owning post, or the post's title where several do. Null when nobody does. */
  owner: FacePerson | null;
  time: ClockWords | null;
  restricted: Exclude<Visibility, "system"> | null;
  /** What changed, once an outcome was offered, and for whom. */
  changed: string | null;
  forWhom: string | null;
  /** Reference of the issue it is a duplicate of, where the viewer may know of that one. */
  original: string | null;
}
