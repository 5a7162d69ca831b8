import type { RaiserSide } from "./breadth";
import type { Evidence } from "./emerging";
import type { Harm } from "./issue";
import type { Actor } from "./person";
import type { Rate } from "./rates";
import type { Shown } from "./suppression";
import type { Region, Spot, TypicalWord } from "./theme";
import type { Intervention, ProjectSummary, ThemeRun } from "./theme-ports";
import type { ThemeQuery } from "./theme-query";
import type { DirectionBalance } from "./voices";
import type { XmrPoint } from "./xmr";
import type { AssuranceIcon, VariationIcon } from "./xmr-display";

/**
 * What each theme page is given. Rights come before counting, small numbers are withheld before anything leaves the
 * reader: what is not here was never sent. `null` means withheld or not known, as each field says.
 */

/**
 * How the numbers of an answer may be seen by whoever asks. `exact`: all of them. `rounded`: to the nearest 5, under 5
 * withheld, over the counted window; no series, no harm. `withheld`: none, because the filters are too narrow.
 */
export type Seen = "exact" | "rounded" | "withheld";

/** What stands on every theme page. */
export interface ThemePageFacts {
  query: ThemeQuery;
  seen: Seen;
  /** London calendar days counted, the end exclusive. */
  window: { from: string; until: string };
  /** The newest analysis, null before the first; and one that runs now. */
  analysis: ThemeRun | null;
  running: ThemeRun | null;
  /** Rises with everything that changes what is shown: "3 new, show" compares it. */
  version: number;
}

/** One value a filter can take. */
export interface FilterOption {
  value: string;
  label: string;
  /** Among what the viewer may know of, with the other filters; null where nothing was counted. */
  count: number | null;
  chosen: boolean;
  within?: string;
}

export interface FilterBar {
  place: FilterOption[];
  organisation: FilterOption[];
  service: FilterOption[];
  category: FilterOption[];
  harm: FilterOption[];
  /** `basic`: the search engine is away, and options are listed without counts. */
  by: "engine" | "basic";
}

/** A control chart, worked out. */
export interface Series {
  /** Weeks a point covers, or a calendar month. */
  period: 1 | 4 | 12 | "month";
  /** One point a period, oldest first; `date` is its first day. */
  points: XmrPoint[];
  /** Fewer than 12 points: limits dotted, no icon, no alert. */
  isTrial: boolean;
  variation: VariationIcon | null;
  assurance: AssuranceIcon | null;
  /** Mean of all points: what a usual period holds. */
  perPeriod: number;
  interventions: Intervention[];
}

export interface HarmParts {
  none: Shown;
  low: Shown;
  /** Moderate, severe and fatal. */
  moderateOrWorse: Shown;
  notKnown: Shown;
}

/** One theme in one of the two rankings. */
export interface ThemeRow {
  id: string;
  /** From 1, among the rows of its side. */
  rank: number;
  name: string;
  /** Names it went by until lately. */
  formerNames: string[];
  group: string;
  side: RaiserSide;
  reports: Shown;
  issues: Shown;
  raisers: Shown;
  breadth: {
    /** Effective raisers; to a whole number where counts are rounded. */
    effective: number;
    /** Active practices, or services, inside the filter. */
    of: number;
    unit: "practices" | "services";
    share: number;
    meanSeverity: number;
    /** What the rows are ranked by. */
    value: number;
    /** The share of the loudest raiser, no finer than words say it: 0.95, 0.8, 0.6 or 0. */
    loudestShare: number;
  } | null;
  /** Practices only. Null: withheld, or a list size is not known. */
  rate: Rate | null;
  /** At most its last 53 points. Null: withheld, or too little even in twelve weeks. */
  series: Series | null;
  harm: HarmParts | null;
  oneVoice: boolean;
  /** With its evidence, while it emerges. */
  emerging: Evidence | null;
  /** Mostly thanks and good practice. */
  isThanks: boolean;
  isConfirmed: boolean;
  isPinned: boolean;
}

export interface ExplorerView extends ThemePageFacts {
  /** Two rankings, each over its own footprint, never mixed. */
  practice: ThemeRow[];
  service: ThemeRow[];
  groups: { id: string; label: string }[];
  totals: { reports: Shown; issues: Shown; inNoTheme: Shown; practices: number; services: number };
  /** Issues recorded since the newest analysis began; they stand with their nearest theme. */
  sinceAnalysis: number;
}

export interface MapDot extends Spot {
  /** Only where the viewer may open it. */
  id: string;
  reference?: string;
  theme: string | null;
  /** None where its theme shows too few to be shaded. */
  harm: Harm | null;
  /** Inside the filter. Always true where nothing is filtered. */
  matches: boolean;
}

export interface MapRegion extends Region {
  theme: string;
  name: string;
  group: string;
  reports: Shown;
  issues: Shown;
  isEmerging: boolean;
  oneVoice: boolean;
}

/** Dots that were not drawn, on a grid: cells of `size`, from their lower corner. */
export interface MapDensity {
  size: number;
  cells: (Spot & { count: number })[];
}

export interface MapView extends ThemePageFacts {
  /** At most `mostDots`. */
  dots: MapDot[];
  density: MapDensity;
  regions: MapRegion[];
  /** The filter is too narrow for dots to be told apart: none is marked as inside it. */
  marksWithheld: boolean;
  /** Everything, drawn or not. */
  total: number;
}
export const mostDots = 5_000;

/** One part of a theme: a Place, an organisation, a service. */
export interface PartRow {
  id: string;
  name: string;
  /** How its people call it: `WUTH`. */
  shortName?: string;
  reports: Shown;
  /** Null: withheld, or no list size. Out of the rounded count where that is what is shown. */
  rate: Rate | null;
  /** Against the 99.8 % funnel round the rate of the whole. */
  funnel: "above" | "within" | "below" | null;
}

export interface PlaceRow extends PartRow {
  practices: PartRow[];
}

/** What came of a theme's issues. */
export interface OutcomeCounts {
  open: number;
  agreed: number;
  notConfirmed: number;
  declined: number;
  merged: number;
}

export interface StoryView extends ThemePageFacts {
  theme: {
    id: string;
    version: number;
    name: string;
    label: string;
    description?: string;
    formerNames: string[];
    group: { id: string; label: string } | null;
    words: TypicalWord[];
    foundAt: Date;
    lastFoundAt: Date;
    isGone: boolean;
    confirmed?: { byName: string; at: Date };
    pinned?: { byName: string; at: Date };
    dismissed?: { byName: string; at: Date; why: string };
    mergedInto?: { id: string; name: string };
  };
  /** As in the two rankings; absent where this side said nothing. */
  practice: ThemeRow | null;
  service: ThemeRow | null;
  /** The chart of the side that says more, or of practices. */
  series: Series | null;
  side: RaiserSide;
  /** Practices' reports by Place, and by practice in it. */
  places: PlaceRow[];
  /** Organisations and services the theme is about. */
  about: (PartRow & { services: PartRow[] })[];
  balance: DirectionBalance | null;
  /** Null where withheld. */
  outcomes: OutcomeCounts | null;
  projects: ProjectSummary[];
  interventions: Intervention[];
  /** Issues behind it, newest first, at most 20: read each for the viewer from the store. */
  issues: string[];
}

/** Theme x Place by rate. */
export interface PlacesView extends ThemePageFacts {
  places: { id: string; name: string; practices: number; listSize: number | null; listSizeAt: string | null }[];
  rows: {
    theme: string;
    name: string;
    rank: number;
    whole: Rate | null;
    reports: Shown;
    /** One a Place, in the order of `places`. */
    cells: PartRow[];
  }[];
  /** One a Place: sums of what is shown. */
  totals: Shown[];
}

/** Kinds of organisation at the ends of a ribbon. */
export type FlowKind = "practice" | "acute" | "specialist" | "community" | "mental-health" | "ambulance" | "system";

export interface FlowView extends ThemePageFacts {
  kinds: { id: FlowKind; name: string }[];
  ribbons: { from: FlowKind; to: FlowKind; reports: Shown }[];
  total: Shown;
  balance: DirectionBalance | null;
  /** The balance of each theme in which both could speak, the most reports first. Null where withheld. */
  byTheme: { theme: string; name: string; reports: Shown; balance: DirectionBalance | null }[];
}

/** Breadth against volume: a dot a theme, both axes log. */
export interface BreadthView extends ThemePageFacts {
  side: RaiserSide;
  dots: {
    theme: string;
    name: string;
    reports: number;
    effective: number;
    of: number;
    oneVoice: boolean;
    isEmerging: boolean;
  }[];
  /** Themes left out because their numbers are withheld. */
  withheld: number;
}

/** Who raised and joined nothing: calls to make, by Place and name. */
export interface QuietView extends ThemePageFacts {
  places: {
    place: { id: string; name: string };
    practices: QuietSide;
    services: QuietSide;
  }[];
}
export interface QuietSide {
  quiet: Shown;
  of: number;
  /** Names only where the viewer sees this Place exactly. */
  names: { id: string; name: string; organisation: string }[] | null;
}

/** What the board report is written from. */
export interface ReportView extends ThemePageFacts {
  totals: ExplorerView["totals"];
  /** The first of each ranking. */
  practice: ThemeRow[];
  service: ThemeRow[];
  emerging: { theme: string; name: string; evidence: Evidence }[];
  oneVoice: { theme: string; name: string }[];
  balance: DirectionBalance | null;
  /** All that practices report. */
  series: Series | null;
  projects: (ProjectSummary & { themeName: string })[];
}

/** Everything theme pages read. Nothing here throws for a filter that fits nothing. */
export interface ThemeReader {
  explorer(actor: Actor, query: ThemeQuery): Promise<ExplorerView>;
  map(actor: Actor, query: ThemeQuery): Promise<MapView>;
  /** Null: no such theme, or one the viewer may know nothing of. A theme taken in by another answers with `mergedInto`. */
  story(actor: Actor, theme: string, query: ThemeQuery): Promise<StoryView | null>;
  places(actor: Actor, query: ThemeQuery): Promise<PlacesView>;
  flow(actor: Actor, query: ThemeQuery): Promise<FlowView>;
  breadth(actor: Actor, query: ThemeQuery, side: RaiserSide): Promise<BreadthView>;
  quiet(actor: Actor, query: ThemeQuery): Promise<QuietView>;
  report(actor: Actor, query: ThemeQuery): Promise<ReportView>;
  filters(actor: Actor, query: ThemeQuery): Promise<FilterBar>;
  /**
   * Charts for special causes and projects, over what everyone in the system may know of: `themes`, or all listed ones.
   * Acts for nobody.
   */
  systemSeries(period: ThemeQuery["period"], themes?: readonly string[]): Promise<Map<string, Series>>;
  /** Reports the viewer may know of that came since `version`: "3 new, show". */
  newSince(actor: Actor, query: ThemeQuery, version: number): Promise<number>;
}
