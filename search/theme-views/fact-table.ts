import type { RaiserSide } from "../../app/domain/breadth";
import type { Directory } from "../../app/domain/directory";
import { harms, issueStates } from "../../app/domain/issue";
import type { ThemeMember } from "../../app/domain/theme";
import type { IssueFacts } from "../../app/domain/theme-ports";
import { dayOf, monthOf } from "./days";
import { Names } from "./names";

/**
 * What is counted, in columns: one row an issue and one a report (a raiser's first for an issue in a calendar month).
 * Effective raisers and control charts cannot be had from a search engine's facets; a pass over these columns takes
 * milliseconds at 100,000 issues (decision 0015). Holds no text. Every question filters by the asker's audience keys
 * before it counts.
 */
export const sides: readonly RaiserSide[] = ["practice", "service"];
/** Raised by a Place or the ICB: in neither ranking. */
export const neitherSide = 2;

export const none = -1;

export class FactTable {
  readonly themes = new Names();
  readonly categories = new Names();
  readonly organisations = new Names();
  readonly services = new Names();
  /** A practice's code, the id of a trust's service, or of an organisation that speaks as a whole. */
  readonly raisers = new Names();
  /** Sets of audience keys, joined: many issues share one. */
  readonly audiences = new Names();
  /** Every key that opens any issue. */
  readonly audienceKeys = new Set<string>();

  issues = 0;
  readonly ids: string[] = [];
  readonly references: string[] = [];
  readonly rowOf = new Map<string, number>();
  theme = new Int32Array(1024);
  category = new Uint16Array(1024);
  harm = new Uint8Array(1024);
  day = new Int32Array(1024);
  raisedFor = new Int32Array(1024);
  about = new Int32Array(1024);
  service = new Int32Array(1024);
  state = new Uint8Array(1024);
  confirmedBySilence = new Uint8Array(1024);
  audience = new Uint32Array(1024);
  x = new Float32Array(1024);
  y = new Float32Array(1024);
  /** Told by an analysis or a nearest middle where it belongs. */
  placed = new Uint8Array(1024);
  /** Put with its nearest theme, no analysis has seen it yet. */
  byNearest = new Uint8Array(1024);

  reports = 0;
  reportIssue = new Int32Array(1024);
  reportRaiser = new Int32Array(1024);
  reportDay = new Int32Array(1024);
  reportSide = new Uint8Array(1024);
  /** The revision of members at which it came: "3 new, show". */
  reportArrival = new Float64Array(1024);
  /** Rows of reports by issue row: rewritten when an issue is joined. */
  readonly #reportsOf: number[][] = [];

  /** What there is now, or has become of it. `arrival`: at which revision. */
  put(facts: IssueFacts, directory: Directory, arrival: number): void {
    const row = this.rowOf.get(facts.id) ?? this.#newIssue(facts.id);
    this.references[row] = facts.reference;
    this.category[row] = this.categories.of(facts.category);
    this.harm[row] = harms.indexOf(facts.harm);
    this.day[row] = dayOf(facts.raisedAt);
    this.raisedFor[row] = this.organisations.of(current(directory, facts.raisedFor));
    this.about[row] = this.organisations.of(current(directory, facts.about.organisation));
    this.service[row] = facts.about.service === undefined ? none : this.services.of(facts.about.service);
    this.state[row] = issueStates.indexOf(facts.state);
    this.confirmedBySilence[row] = facts.resolution === "not-confirmed" ? 1 : 0;
    this.audience[row] = this.audiences.of([...facts.audience].sort().join("\n"));
    for (const key of facts.audience) this.audienceKeys.add(key);
    this.#putReports(row, facts, directory, arrival);
  }

  place({ issue, theme, x, y, by }: Pick<ThemeMember, "issue" | "theme" | "x" | "y" | "by">): void {
    const row = this.rowOf.get(issue);
    if (row === undefined) return;
    this.theme[row] = theme === undefined ? none : this.themes.of(theme);
    this.x[row] = x;
    this.y[row] = y;
    this.placed[row] = 1;
    this.byNearest[row] = by === "nearest" ? 1 : 0;
  }

  #putReports(row: number, facts: IssueFacts, directory: Directory, arrival: number): void {
    const seen = new Set<string>();
    const before = this.#reportsOf[row] ?? [];
    const rows: number[] = [];
    const one = (organisation: string, post: string | undefined, at: Date) => {
      const { raiser, side } = raiserOf(directory, organisation, post);
      const day = dayOf(at);
      const key = `${raiser}|${monthOf(day)}`;
      if (seen.has(key)) return;
      seen.add(key);
      const at0 = before[rows.length];
      const report = at0 ?? this.#newReport();
      rows.push(report);
      this.reportIssue[report] = row;
      this.reportRaiser[report] = this.raisers.of(raiser);
      this.reportDay[report] = day;
      this.reportSide[report] = side;
      if (at0 === undefined) this.reportArrival[report] = arrival;
    };
    one(facts.raisedFor, facts.raisedByPost, facts.raisedAt);
    const joined = [...facts.joined].sort((a, b) => a.at.getTime() - b.at.getTime());
    for (const { organisation, post, at } of joined) one(organisation, post, at);
    // A report is never taken back, but a row too many would be counted: it belongs to no issue.
    for (const gone of before.slice(rows.length)) this.reportIssue[gone] = none;
    this.#reportsOf[row] = rows;
  }

  #newIssue(id: string): number {
    const row = this.issues++;
    if (row === this.theme.length) this.#growIssues();
    this.ids.push(id);
    this.rowOf.set(id, row);
    this.theme[row] = none;
    return row;
  }

  #newReport(): number {
    const row = this.reports++;
    if (row === this.reportIssue.length) this.#growReports();
    return row;
  }

  #growIssues(): void {
    this.theme = grown(this.theme, new Int32Array(this.theme.length * 2));
    this.category = grown(this.category, new Uint16Array(this.category.length * 2));
    this.harm = grown(this.harm, new Uint8Array(this.harm.length * 2));
    this.day = grown(this.day, new Int32Array(this.day.length * 2));
    this.raisedFor = grown(this.raisedFor, new Int32Array(this.raisedFor.length * 2));
    this.about = grown(this.about, new Int32Array(this.about.length * 2));
    this.service = grown(this.service, new Int32Array(this.service.length * 2));
    this.state = grown(this.state, new Uint8Array(this.state.length * 2));
    this.confirmedBySilence = grown(this.confirmedBySilence, new Uint8Array(this.confirmedBySilence.length * 2));
    this.audience = grown(this.audience, new Uint32Array(this.audience.length * 2));
    this.x = grown(this.x, new Float32Array(this.x.length * 2));
    this.y = grown(this.y, new Float32Array(this.y.length * 2));
    this.placed = grown(this.placed, new Uint8Array(this.placed.length * 2));
    this.byNearest = grown(this.byNearest, new Uint8Array(this.byNearest.length * 2));
  }

  #growReports(): void {
    this.reportIssue = grown(this.reportIssue, new Int32Array(this.reportIssue.length * 2));
    this.reportRaiser = grown(this.reportRaiser, new Int32Array(this.reportRaiser.length * 2));
    this.reportDay = grown(this.reportDay, new Int32Array(this.reportDay.length * 2));
    this.reportSide = grown(this.reportSide, new Uint8Array(this.reportSide.length * 2));
    this.reportArrival = grown(this.reportArrival, new Float64Array(this.reportArrival.length * 2));
  }
}

interface Column<T> {
  set(from: T): void;
}

function grown<T extends Column<T>>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** The organisation that answers today: statistics survive a succession. */
function current(directory: Directory, code: string): string {
  return directory.successor(code)?.code ?? code;
}

/** Who speaks: a practice; the service of whoever wrote for a trust, or the trust as a whole where they have none. */
function raiserOf(
  directory: Directory,
  organisation: string,
  post: string | undefined,
): { raiser: string; side: number } {
  const code = current(directory, organisation);
  switch (directory.organisation(code)?.kind) {
    case "practice":
      return { raiser: code, side: 0 };
    case "trust":
      return { raiser: (post && directory.post(post)?.services?.[0]) || code, side: 1 };
    default:
      return { raiser: code, side: neitherSide };
  }
}
