import { readFindQuery, writeFindQuery } from "../../domain/find-query";
import type { Actor } from "../../domain/person";
import { done, type Outcome } from "../../domain/problem";
import { searchLink } from "../../web/hit-view";
import type { Board } from "../../web/load-context";

const savedPage = "/search/saved";

/** Does what one of the forms of a saved search asks. Returns the page to go on to. */
export async function keepSearch(board: Board, actor: Actor, form: FormData): Promise<Outcome<string>> {
  const id = text(form, "id");
  switch (form.get("intent")) {
    case "save": {
      const query = text(form, "query");
      const kept = await board.commands.saveSearch(actor, { name: text(form, "name"), query, tells: tells(form) });
      return kept.ok ? done(searchLink(readFindQuery(new URLSearchParams(query)))) : kept;
    }
    case "change": {
      const before = (await board.finder.saved.list(actor)).find((each) => each.id === id);
      if (!before) return { ok: false, problem: { kind: "not-found" } };
      const query = writeFindQuery(before.query).toString();
      const change = { id, name: text(form, "name"), query, tells: tells(form) };
      const kept = await board.commands.saveSearch(actor, change);
      return kept.ok ? done(savedPage) : kept;
    }
    case "delete": {
      const gone = await board.commands.deleteSearch(actor, { id });
      return gone.ok ? done(savedPage) : gone;
    }
    default:
      return { ok: false, problem: { kind: "not-found" } };
  }
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

function tells(form: FormData): boolean {
  return form.get("tells") === "1";
}
