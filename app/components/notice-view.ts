import type { Notice } from "../domain/ports";
import type { IssueView } from "./issue-view";

/** A notice as the inbox and the home page show it. */
export interface NoticeView {
  /** Names it to the forms that mark it. Never shown. */
  id: string;
  type: Notice["type"];
  byName: string;
  /** "offered an outcome for you to agree". */
  words: string;
  day: string;
  time: string;
  unread: boolean;
  asks: boolean;
  /** Null when the person may no longer see it. */
  issue: Pick<IssueView, "reference" | "title" | "state" | "time"> | null;
}
