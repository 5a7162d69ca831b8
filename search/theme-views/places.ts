import { funnelPlace, type Rate, rateOf } from "../../app/domain/rates";
import { type Shown, type ShownPart, sumShown } from "../../app/domain/suppression";
import { themeName } from "../../app/domain/theme";
import type { PartRow, PlacesView } from "../../app/domain/theme-views";
import { dayText } from "./days";
import { RaiserTree } from "./parts";
import { pageFacts, type Question } from "./question";
import { footprintOf } from "./raisers";
import { exactRow, rateOfPractices } from "./rows";
import { partsWindow } from "./sight";
import { byRaiser, tallyOf } from "./tally";

/** Theme x Place by rate, over what practices report. */
export function placesView(question: Question): PlacesView {
  const { table, directory, query, looking, now, listed } = question;
  const narrowed = looking.narrowed || query.organisation !== undefined || query.service !== undefined;
  const { place: _, ...everywhere } = query;
  const window = partsWindow(looking, narrowed, now);
  const tally = tallyOf(table, question.sieving(everywhere), window);
  const tree = new RaiserTree(question, 0);
  const whole = footprintOf(directory, { organisation: query.organisation });
  const places = directory.places
    .filter((place) => !query.place || place.id === query.place)
    .map((place) => ({ ...place, footprint: footprintOf(directory, { ...query, place: place.id }) }));
  const sizes = places.map(({ footprint }) => footprint.listSize);
  const evidence = new Map();
  const rows = listed.flatMap(({ theme, at }) => {
    const row = exactRow({ question, side: 0, tally, footprint: whole, periods: undefined, evidence }, theme, at);
    if (!row?.breadth) return [];
    const isWholeExact = query.organisation === undefined && query.service === undefined;
    const seesWhole = isWholeExact || looking.seen === "exact";
    const rate = seesWhole ? rateOfPractices(question, byRaiser(tally, 0, at), whole) : null;
    const shown = tree.shown(tally, at, narrowed);
    return [
      {
        theme: theme.id,
        name: themeName(theme),
        rank: 0,
        value: row.breadth.value,
        whole: rate,
        reports: seesWhole ? row.reports : ({ kind: "withheld" } as const),
        cells: places.map((place, i) => placeCell(place, shown, sizes[i] ?? 0, rate)),
      },
    ];
  });
  rows.sort((a, b) => b.value - a.value || (a.theme < b.theme ? -1 : 1));
  return {
    ...pageFacts(question),
    window: { from: dayText(window.from), until: dayText(window.until) },
    places: places.map(({ id, name, footprint }) => ({
      id,
      name,
      practices: footprint.practices.length,
      listSize: footprint.listSize || null,
      listSizeAt: footprint.practices.find((each) => each.listSizeAt)?.listSizeAt ?? null,
    })),
    rows: rows.map(({ value: _, ...row }, at) => ({ ...row, rank: at + 1 })),
    totals: places.map((_, at) => sumShown(rows.flatMap((row) => row.cells[at]?.reports ?? []))),
  };
}

function placeCell(
  place: { id: string; name: string },
  shown: ShownPart,
  listSize: number,
  whole: Rate | null,
): PartRow {
  const reports = shown.parts.find((part) => part.id === place.id)?.shown ?? { kind: "withheld" };
  return { id: place.id, name: place.name, ...ratedPart(reports, listSize, whole) };
}

/** A part's count with its rate, and where that lies in the funnel: out of what is shown and nothing else. */
export function ratedPart(reports: Shown, listSize: number | undefined, whole: Rate | null) {
  const rate = reports.kind === "withheld" ? null : rateOf(reports.value, listSize);
  return { reports, rate, funnel: rate && whole ? funnelPlace(rate, whole.per10000) : null };
}
