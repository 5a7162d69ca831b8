import { z } from "zod";
import type { BoardFacet } from "./board-keys";
import { type IssueState, issueStates } from "./issue";
import type { Actor } from "./person";

/** What the board's URL says. Every field is optional; what cannot be understood is left out, never an error page. */
export const boardQuerySchema = z.object({
  mine: z.boolean().default(false),
  myOrganisation: z.boolean().default(false),
  place: z.string().max(40).optional(),
  /** Organisation code of a trust. */
  trust: z.string().max(20).optional(),
  /** First- or second-level category code. */
  category: z.string().max(10).optional(),
  state: z.enum(issueStates).optional(),
  overdue: z.boolean().default(false),
  view: z.enum(["columns", "table"]).default("columns"),
  text: z.string().max(200).default(""),
});
export type BoardQuery = z.infer<typeof boardQuerySchema>;

/** Reads a board query from a URL's search parameters (`mine=1&place=wirral&state=new&q=...`). */
export function readBoardQuery(params: URLSearchParams): BoardQuery {
  const state = issueStates.find((each) => each === params.get("state"));
  return boardQuerySchema.parse({
    mine: params.get("mine") === "1",
    myOrganisation: params.get("org") === "1",
    place: text(params, "place", 40),
    trust: text(params, "trust", 20),
    category: text(params, "category", 10),
    ...(state ? { state } : {}),
    overdue: params.get("overdue") === "1",
    view: params.get("view") === "table" ? "table" : "columns",
    text: (params.get("q") ?? "").trim().slice(0, 200),
  });
}

/** The same query as search parameters, without what is at its default. */
export function writeBoardQuery(query: Partial<BoardQuery>): URLSearchParams {
  const params = new URLSearchParams();
  if (query.mine) params.set("mine", "1");
  if (query.myOrganisation) params.set("org", "1");
  if (query.place) params.set("place", query.place);
  if (query.trust) params.set("trust", query.trust);
  if (query.category) params.set("category", query.category);
  if (query.state) params.set("state", query.state);
  if (query.overdue) params.set("overdue", "1");
  if (query.view === "table") params.set("view", "table");
  if (query.text) params.set("q", query.text);
  return params;
}

/**
 * How a board query is answered. `indexed`: one board key facet and, by state and order, one index range. `search`: a
 * text, or a combination no index holds: the search index answers, and without it the list is narrowed and says so.
 */
export type BoardPlan = { by: "index"; facet: BoardFacet } | { by: "search"; facet: BoardFacet };

/** Picks the plan: the one facet the index can hold; more than one facet goes to the search index. */
export function planBoardQuery(actor: Actor, query: BoardQuery): BoardPlan {
  const facets = facetsAsked(actor, query);
  const [first, second] = facets;
  if (query.text !== "") return { by: "search", facet: first ?? { kind: "all" } };
  if (!first) return { by: "index", facet: { kind: "all" } };
  if (!second) return { by: "index", facet: first };
  if (
    facets.length === 2 &&
    first.kind === "organisation" &&
    second.kind === "category" &&
    !second.category.includes(".")
  )
    return {
      by: "index",
      facet: { kind: "organisation-and-category", organisation: first.organisation, category: second.category },
    };
  return { by: "search", facet: first };
}

/** Facets a query asks for, the most selective first. */
export function facetsAsked(actor: Actor, query: BoardQuery): BoardFacet[] {
  const facets: BoardFacet[] = [];
  if (query.mine) facets.push({ kind: "mine" });
  if (query.myOrganisation && actor.organisation)
    facets.push({ kind: "organisation", organisation: actor.organisation });
  if (query.trust) facets.push({ kind: "organisation", organisation: query.trust });
  if (query.category) facets.push({ kind: "category", category: query.category });
  if (query.place) facets.push({ kind: "place", place: query.place });
  return facets;
}

/** The board's columns, in order. Declined and merged issues are found by filter. */
export const columnStates: readonly IssueState[] = ["new", "accepted", "in-progress", "outcome-offered", "resolved"];

/** Issues a column or table page holds. */
export const pageSize = 20;
/** Counts stop here and read "500+". */
export const countLimit = 500;

function text(params: URLSearchParams, name: string, longest: number): string | undefined {
  const value = params.get(name)?.trim();
  return value && value.length <= longest ? value : undefined;
}
