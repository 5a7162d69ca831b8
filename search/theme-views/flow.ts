import type { Organisation } from "../../app/domain/organisation";
import { guarded, type Part, sumShown } from "../../app/domain/suppression";
import { themeName } from "../../app/domain/theme";
import type { FlowKind, FlowView } from "../../app/domain/theme-views";
import { type DirectionBalance, directionBalance } from "../../app/domain/voices";
import { dayText } from "./days";
import { pageFacts, type Question } from "./question";
import { exact } from "./rows";
import { partsWindow } from "./sight";
import { reportsOf, tallyOf } from "./tally";

const kinds: readonly { id: FlowKind; name: string }[] = [
  { id: "practice", name: "General practice" },
  { id: "acute", name: "Acute trusts" },
  { id: "specialist", name: "Specialist trusts" },
  { id: "community", name: "Community services" },
  { id: "mental-health", name: "Mental health" },
  { id: "ambulance", name: "Ambulance" },
  { id: "system", name: "ICB and Places" },
];

/** Who raises about whom, by kind of organisation. A kind can be one organisation alone, so small ribbons are guarded. */
export function flowView(question: Question): FlowView {
  const { looking, now, query } = question;
  const isAPart = query.place !== undefined || query.organisation !== undefined || query.service !== undefined;
  const narrowed = looking.narrowed || isAPart;
  const isExact = looking.sight.kind === "exact" || (isAPart && looking.seen === "exact");
  const window = isExact ? looking : partsWindow(looking, narrowed, now);
  const parts = ribbonsOf(question, window, isExact);
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const shown = guarded({ id: "all", count, exact: true, parts }, narrowed);
  const ribbons = shown.parts.flatMap(({ id, shown: reports }) => {
    const [from, to] = id.split(">").map((name) => kinds.find((kind) => kind.id === name)?.id);
    return from && to ? [{ from, to, reports }] : [];
  });
  return {
    ...pageFacts(question),
    window: { from: dayText(window.from), until: dayText(window.until) },
    kinds: [...kinds],
    ribbons: ribbons.filter(({ reports }) => reports.kind !== "exact" || reports.value > 0),
    total: isExact ? exact(count) : sumShown(ribbons.map(({ reports }) => reports)),
    balance: looking.seen === "exact" ? balanceOf(question, "all") : null,
    byTheme: balances(question),
  };
}

/** How much of what passes between practices and trusts each side raised: of one theme or of all. */
export function balanceOf({ table, directory, sieve, looking }: Question, theme: number | "all"): DirectionBalance {
  const kindOf = table.organisations.all.map((code) => directory.organisation(code)?.kind);
  let [byPractices, byTrusts] = [0, 0];
  for (const report of sieve.reports) {
    const issue = table.reportIssue[report]!;
    const day = table.reportDay[report]!;
    if (issue < 0 || (theme !== "all" && table.theme[issue] !== theme)) continue;
    if (day < looking.from || day >= looking.until) continue;
    const about = kindOf[table.about[issue]!];
    if (table.reportSide[report] === 0 && about === "trust") byPractices++;
    if (table.reportSide[report] === 1 && about === "practice") byTrusts++;
  }
  return directionBalance(byPractices, byTrusts);
}

function balances(question: Question): FlowView["byTheme"] {
  const { table, sieve, looking, listed } = question;
  if (looking.seen !== "exact") return [];
  const tally = tallyOf(table, sieve, looking);
  return listed
    .flatMap(({ theme, at }) => {
      const reports = reportsOf(tally, 0, at) + reportsOf(tally, 1, at);
      if (reports === 0) return [];
      return [{ theme: theme.id, name: themeName(theme), reports: exact(reports), at, value: reports }];
    })
    .sort((a, b) => b.value - a.value || (a.theme < b.theme ? -1 : 1))
    .slice(0, themesBalanced)
    .map(({ at, value: _, ...row }) => ({ ...row, balance: balanceOf(question, at) }));
}

/** Rows of the balance by theme. */
const themesBalanced = 20;

/** Every pair of kinds, also where nothing passes: none at all is a number too. */
function ribbonsOf(question: Question, window: { from: number; until: number }, isExact: boolean): Part[] {
  const { table, directory, sieve, raisers } = question;
  const aboutKind = table.organisations.all.map((code) => kindNumber(directory.organisation(code)));
  const raiserKind = raisers.map((raiser) => kindNumber(raiser?.organisation));
  const counts = new Uint32Array(kinds.length * kinds.length);
  for (const report of sieve.reports) {
    const day = table.reportDay[report]!;
    if (day < window.from || day >= window.until) continue;
    const from = raiserKind[table.reportRaiser[report]!]!;
    const to = aboutKind[table.about[table.reportIssue[report]!]!]!;
    counts[from * kinds.length + to]!++;
  }
  return kinds.flatMap((from, a) =>
    kinds.map((to, b): Part => {
      return { id: `${from.id}>${to.id}`, exact: isExact, count: counts[a * kinds.length + b]! };
    }),
  );
}

function kindNumber(organisation: Organisation | undefined): number {
  const kind = organisation?.kind === "trust" ? (organisation.trustKinds?.[0] ?? "acute") : organisation?.kind;
  const at = kinds.findIndex(({ id }) => id === kind);
  return at < 0 ? kinds.length - 1 : at;
}
