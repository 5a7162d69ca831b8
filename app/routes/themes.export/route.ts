import type { LoaderFunctionArgs } from "@remix-run/node";
import type { Twin } from "../../components/charts/twin-table";
import { type ExportedTable, exportedTables } from "../../components/export-link";
import {
  balanceTwin,
  flowTwin,
  heatTwin,
  placesTwin,
  practicesTwin,
  quietTwin,
  rankingTwin,
  seriesTwin,
} from "../../components/theme-tables";
import type { Actor } from "../../domain/person";
import { readThemeQuery, type ThemeQuery } from "../../domain/theme-query";
import type { StoryView, ThemePageFacts, ThemeReader } from "../../domain/theme-views";
import { londonDay } from "../../domain/working-days";
import { csvFile } from "../../web/csv";
import { notFound } from "../../web/not-found";
import { requireActor } from "../../web/require-actor";
import { asOfWords, seenWords } from "../themes._index/explorer-words";

/** One table of the theme pages as a file for a spreadsheet: the numbers the asker's own page shows, no more. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = requireActor(context, request);
  const { board } = context;
  const params = new URL(request.url).searchParams;
  const table = exportedTables.find((each) => each === params.get("table"));
  const found = table ? await readTable(board.themes, actor, table, readThemeQuery(params)) : null;
  if (!found) throw notFound();
  const { facts, twin } = found;
  const notes = [twin.caption, asOfWords({ ...facts, sinceAnalysis: 0 }), seenWords(facts.seen)];
  const rows = [...notes.flatMap((note) => (note ? [[note]] : [])), twin.head, ...twin.rows];
  return new Response(csvFile(rows), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="common-thread-${table}-${londonDay(board.now())}.csv"`,
      "Cache-Control": "no-store",
    },
  });
}

interface Found {
  facts: ThemePageFacts;
  twin: Twin;
}

async function readTable(
  themes: ThemeReader,
  actor: Actor,
  table: ExportedTable,
  query: ThemeQuery,
): Promise<Found | null> {
  switch (table) {
    case "practices-raise":
    case "trusts-raise": {
      const facts = await themes.explorer(actor, query);
      const rows = table === "practices-raise" ? facts.practice : facts.service;
      return {
        facts,
        twin: rankingTwin(rows, table === "practices-raise" ? "What practices raise" : "What trusts raise"),
      };
    }
    case "theme-places":
    case "theme-practices":
    case "theme-over-time": {
      const facts = query.theme ? await themes.story(actor, query.theme, query) : null;
      const twin = facts && storyTable(facts, table);
      return facts && twin ? { facts, twin } : null;
    }
    case "places": {
      const facts = await themes.places(actor, query);
      return { facts, twin: heatTwin(facts) };
    }
    case "flow": {
      const facts = await themes.flow(actor, query);
      return { facts, twin: flowTwin(facts) };
    }
    case "balance": {
      const facts = await themes.flow(actor, query);
      return { facts, twin: balanceTwin([{ name: "All themes", balance: facts.balance }, ...facts.byTheme]) };
    }
    case "quiet": {
      const facts = await themes.quiet(actor, query);
      return { facts, twin: quietTwin(facts) };
    }
  }
}

function storyTable(story: StoryView, table: "theme-places" | "theme-practices" | "theme-over-time"): Twin | null {
  switch (table) {
    case "theme-places":
      return placesTwin(story.places);
    case "theme-practices":
      return practicesTwin(story.places);
    case "theme-over-time":
      return story.series && seriesTwin(story.series);
  }
}
