import type { FindKind } from "../domain/find-query";
import type { IssueState } from "../domain/issue";
import type { Side } from "../domain/organisation";
import type { TextRun } from "../domain/ports";
import type { IssueView } from "./issue-view";

/** An issue, or a reply or an outcome that is shown with its issue. */
export interface IssueHitView {
  kind: "issues" | "replies" | "outcomes";
  key: string;
  to: string;
  issue: IssueView;
  /** Empty where nothing of the title was looked for. */
  title: readonly TextRun[];
  excerpt: readonly TextRun[];
}

/** What the directory knows: a service, an organisation, a person. */
export interface DirectoryHitView {
  kind: "services" | "organisations" | "people";
  key: string;
  /** The issues it is concerned in. Null for people: issues are owned by posts. */
  to: string | null;
  name: readonly TextRun[];
  detail: readonly TextRun[];
  side: Side;
  /** Where else to go from it. */
  more: readonly { name: string; to: string }[];
}

export type HitView = IssueHitView | DirectoryHitView;

/** A line of the palette. */
export interface QuickOption {
  key: string;
  to: string;
  title: readonly TextRun[];
  small: readonly TextRun[];
  state: IssueState | null;
  side: Side | null;
}

export interface QuickView {
  groups: readonly { kind: FindKind; options: readonly QuickOption[] }[];
  /** How many there are of all kinds, shown or not. */
  total: number;
  basic: boolean;
  /** The searches this person has kept: sent where nothing is asked yet. */
  saved: readonly { name: string; to: string }[];
}
