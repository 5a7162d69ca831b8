import { harms } from "../../app/domain/issue";
import { themeName } from "../../app/domain/theme";
import { isFiltered } from "../../app/domain/theme-query";
import { type MapDensity, type MapDot, type MapRegion, type MapView, mostDots } from "../../app/domain/theme-views";
import type { FactTable } from "./fact-table";
import { evidenceOf, pageFacts, type Question } from "./question";
import { bothRankings } from "./rows";
import { type Candidate, orderOf, sampleDots } from "./sample-dots";

/** A theme with fewer issues than this has none of them shaded by harm. */
const shadedFrom = 5;
/** Cells along the longer side of the grid of what is not drawn. */
const gridCells = 64;

/** Dots by meaning, with the regions of the themes. Where marks would tell a small number, none is marked. */
export function mapView(question: Question): MapView {
  const { table, looking } = question;
  const marksWithheld = looking.seen !== "exact";
  const candidates = candidatesOf(question, marksWithheld);
  const drawn = sampleDots(candidates, mostDots);
  const issuesIn = new Map<number, number>();
  for (const { theme } of candidates) issuesIn.set(theme, (issuesIn.get(theme) ?? 0) + 1);
  const listed = new Map(question.listed.map(({ theme, at }) => [at, theme.id]));
  const dots = drawn.map(({ issue, theme, matches }): MapDot => {
    const reference = table.references[issue];
    return {
      id: table.ids[issue] ?? "",
      ...(reference ? { reference } : {}),
      x: rounded(table.x[issue]!),
      y: rounded(table.y[issue]!),
      theme: listed.get(theme) ?? null,
      harm: (issuesIn.get(theme) ?? 0) < shadedFrom ? null : (harms[table.harm[issue]!] ?? null),
      matches,
    };
  });
  const shown = new Set(drawn.map(({ issue }) => issue));
  return {
    ...pageFacts(question),
    dots,
    density: densityOf(
      table,
      candidates.filter(({ issue }) => !shown.has(issue)),
    ),
    regions: regionsOf(question, issuesIn),
    marksWithheld,
    total: candidates.length,
  };
}

/** Issues the asker may know of, raised on the days looked at. */
function candidatesOf(question: Question, marksWithheld: boolean): Candidate[] {
  const { table, query, looking } = question;
  const known = question.sieving({ harm: [], period: query.period }).issues;
  const { from: _, until: __, ...filters } = query;
  const inside = marksWithheld || !isFiltered({ ...filters }) ? undefined : insideFilter(question);
  const candidates: Candidate[] = [];
  for (let issue = 0; issue < table.issues; issue++) {
    const day = table.day[issue]!;
    if (!known[issue] || !table.placed[issue] || day < looking.from || day >= looking.until) continue;
    candidates.push({
      issue,
      theme: table.theme[issue]!,
      matches: inside === undefined || inside[issue] === 1,
      order: orderOf(table.ids[issue] ?? ""),
    });
  }
  return candidates;
}

function insideFilter({ table, sieve }: Question): Uint8Array {
  const inside = new Uint8Array(table.issues);
  for (const report of sieve.reports) inside[table.reportIssue[report]!] = 1;
  return inside;
}

function densityOf(table: FactTable, rest: readonly Candidate[]): MapDensity {
  if (rest.length === 0) return { size: 1, cells: [] };
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { issue } of rest) {
    low = Math.min(low, table.x[issue]!, table.y[issue]!);
    high = Math.max(high, table.x[issue]!, table.y[issue]!);
  }
  const size = Math.max(1, Math.ceil((high - low) / gridCells));
  const counts = new Map<string, { x: number; y: number; count: number }>();
  for (const { issue } of rest) {
    const x = Math.floor(table.x[issue]! / size) * size;
    const y = Math.floor(table.y[issue]! / size) * size;
    const cell = counts.get(`${x},${y}`) ?? { x, y, count: 0 };
    cell.count++;
    counts.set(`${x},${y}`, cell);
  }
  return { size, cells: [...counts.values()] };
}

/** Only of themes that the asker may know an issue of. */
function regionsOf(question: Question, issuesIn: ReadonlyMap<number, number>): MapRegion[] {
  const { practice, service } = bothRankings(question, undefined, evidenceOf(question));
  const rows = new Map([...service, ...practice].map((row) => [row.id, row]));
  return question.listed.flatMap(({ theme, at }) => {
    if (!issuesIn.has(at)) return [];
    const row = rows.get(theme.id);
    const nothing = question.looking.seen === "exact" ? ({ kind: "exact", value: 0 } as const) : undefined;
    const { x, y, radius } = theme.region;
    return [
      {
        ...{ x: rounded(x), y: rounded(y), radius: rounded(radius) },
        theme: theme.id,
        name: themeName(theme),
        group: theme.group,
        reports: row?.reports ?? nothing ?? ({ kind: "withheld" } as const),
        issues: row?.issues ?? nothing ?? ({ kind: "withheld" } as const),
        isEmerging: row?.emerging != null,
        oneVoice: row?.oneVoice ?? false,
      },
    ];
  });
}

/** A tenth of a dot is less than anybody sees. */
function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
