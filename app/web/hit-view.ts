import type { HitView, QuickOption, QuickView } from "../components/search-hit-view";
import type { FindHit, QuickAnswer, SavedSearch } from "../domain/find-ports";
import { type FindQuery, writeFindQuery } from "../domain/find-query";
import { mayRaise } from "../domain/permission";
import type { Actor } from "../domain/person";
import type { TextRun } from "../domain/ports";
import { issueView, sideOfCode } from "./issue-view";
import type { Board } from "./load-context";

type ShownBy = Pick<Board, "directory" | "now">;

/** The address of a search. */
export function searchLink(query: Partial<FindQuery>, cursor?: string): string {
  const params = writeFindQuery(query);
  if (cursor) params.set("cursor", cursor);
  const text = params.toString();
  return text ? `/search?${text}` : "/search";
}

/** Something that was found, as a row of the search page shows it. */
export function hitView(hit: FindHit, actor: Actor, board: ShownBy): HitView {
  switch (hit.kind) {
    case "issues":
    case "replies":
    case "outcomes":
      return {
        kind: hit.kind,
        key: keyOf(hit),
        to: addressOf(hit),
        issue: issueView(hit.summary, board),
        title: hit.kind === "issues" ? hit.title : [],
        excerpt: hit.excerpt,
      };
    case "services":
    case "organisations":
      return {
        kind: hit.kind,
        key: keyOf(hit),
        to: addressOf(hit),
        name: hit.name,
        detail: hit.detail,
        side: sideOfCode(board.directory, organisationOf(hit)),
        more: raiseLinks(hit, actor),
      };
    case "people":
      return {
        kind: hit.kind,
        key: keyOf(hit),
        to: null,
        name: hit.name,
        detail: [],
        side: sideOfCode(board.directory, hit.posts[0]?.organisation.code),
        more: hit.posts.map(({ title, organisation }) => ({
          name: `${title}, ${organisation.name}`,
          to: searchLink({ organisation: [organisation.code] }),
        })),
      };
  }
}

/** A few of each kind, as the palette lists them. */
export function quickView(answer: QuickAnswer, saved: readonly SavedSearch[], board: ShownBy): QuickView {
  return {
    groups: answer.groups.map(({ kind, hits }) => ({ kind, options: hits.map((hit) => quickOption(hit, board)) })),
    total: answer.groups.reduce((total, group) => total + group.total, 0),
    basic: answer.by === "basic",
    saved: saved.map(({ name, query }) => ({ name, to: searchLink(query) })),
  };
}

function quickOption(hit: FindHit, board: ShownBy): QuickOption {
  const line = { key: keyOf(hit), to: addressOf(hit) };
  switch (hit.kind) {
    case "issues":
    case "replies":
    case "outcomes": {
      const issue = issueView(hit.summary, board);
      return {
        ...line,
        title: hit.kind === "issues" && hit.title.length > 0 ? hit.title : [plain(issue.title)],
        small: [plain(`${issue.reference} · `), ...smallOf(hit, `${issue.from.name} → ${issue.about.name}`)],
        state: issue.state,
        side: null,
      };
    }
    case "services":
    case "organisations":
    case "people": {
      const side = sideOfCode(board.directory, organisationOf(hit));
      return { ...line, title: hit.name, small: hit.detail, state: null, side };
    }
  }
}

/** What changed, where that is known; the words that matched, where the title has none; otherwise the two sides. */
function smallOf(hit: Extract<FindHit, { excerpt: unknown }>, sides: string): readonly TextRun[] {
  if (hit.kind !== "issues") return fromMatch(hit.excerpt);
  if (hit.summary.state === "resolved" && hit.summary.outcome) return [plain(hit.summary.outcome.changed)];
  const inTitle = hit.title.some((run) => run.marked);
  return !inTitle && hit.excerpt.some((run) => run.marked) ? fromMatch(hit.excerpt) : [plain(sides)];
}

/** One line has room for little: it begins some words before the first that matched. */
function fromMatch(runs: readonly TextRun[]): readonly TextRun[] {
  const at = runs.findIndex((run) => run.marked);
  const before = textOf(runs.slice(0, Math.max(at, 0)));
  if (before.length <= 40) return runs;
  const near = before.slice(-30);
  return [plain(`…${near.slice(near.indexOf(" ") + 1)}`), ...runs.slice(at)];
}

function plain(text: string): TextRun {
  return { text, marked: false };
}

function keyOf(hit: FindHit): string {
  switch (hit.kind) {
    case "issues":
    case "outcomes":
      return `${hit.kind}-${hit.summary.id}`;
    case "replies":
      return `replies-${hit.reply.id}`;
    case "services":
      return `services-${hit.id}`;
    case "organisations":
      return `organisations-${hit.code}`;
    case "people":
      return `people-${hit.person}`;
  }
}

/** Where it is: an issue's thread, at the reply or outcome; the issues of a service or an organisation; the person. */
function addressOf(hit: FindHit): string {
  switch (hit.kind) {
    case "issues":
      return `/issues/${hit.summary.reference}`;
    case "replies":
      return `/issues/${hit.summary.reference}#${hit.reply.id}`;
    case "outcomes":
      return `/issues/${hit.summary.reference}#outcome`;
    case "services":
      return searchLink({ service: [hit.id] });
    case "organisations":
      return searchLink({ organisation: [hit.code] });
    case "people":
      return searchLink({ kind: "people", text: textOf(hit.name) });
  }
}

function organisationOf(hit: Extract<FindHit, { kind: "services" | "organisations" | "people" }>): string | undefined {
  if (hit.kind === "services") return hit.organisation.code;
  return hit.kind === "organisations" ? hit.code : hit.posts[0]?.organisation.code;
}

/** Raising an issue about it, for whoever may: not about one's own organisation. */
function raiseLinks(hit: Extract<FindHit, { kind: "services" | "organisations" }>, actor: Actor) {
  const code = organisationOf(hit);
  if (!code || code === actor.organisation || !mayRaise(actor)) return [];
  const about = hit.kind === "services" ? `${code}/${hit.id}` : code;
  return [{ name: "Raise an issue", to: `/issues/new?${new URLSearchParams({ about })}` }];
}

function textOf(runs: readonly TextRun[]): string {
  return runs.map((run) => run.text).join("");
}
