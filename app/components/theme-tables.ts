import type {
  BreadthView,
  FlowView,
  OutcomeCounts,
  PartRow,
  PlaceRow,
  PlacesView,
  QuietView,
  Series,
  StoryView,
  ThemeRow,
} from "../domain/theme-views";
import { decimal, shownWords, whole } from "../domain/theme-words";
import type { DirectionBalance } from "../domain/voices";
import { rateFigure } from "./charts/heat-scale";
import { figure, spanWords, whyMarked } from "./charts/point-words";
import { effectiveFigure } from "./charts/row-marks";
import type { Twin } from "./charts/twin-table";

/** The tables of theme pages: what stands under each chart and in each file, in the same order and rounding. */

/** Each point of a control chart with its limits. */
export function seriesTwin({ points, period, isTrial }: Series): Twin {
  return {
    caption: isTrial ? "Reports in each period; limits are a trial so far" : "Reports in each period",
    head: ["Period", "Reports", "Mean", "Lower limit", "Upper limit", "Marked"],
    numbers: [1, 2, 3, 4],
    rows: points.map((point) => [
      spanWords(point.date, period),
      figure(point.value),
      decimal(point.mean),
      point.lpl === null ? "none" : decimal(Math.max(0, point.lpl)),
      point.upl === null ? "none" : decimal(point.upl),
      isTrial ? "too few to judge" : (whyMarked(point) ?? "no"),
    ]),
  };
}

/** Places with rate and range. */
export function placesTwin(places: readonly PartRow[]): Twin {
  return {
    caption: "Rate for each 10,000 registered patients",
    head: ["Place", "Reports", "Rate", "95 % range", "Against chance"],
    numbers: [1, 2],
    rows: places.map((place) => [place.name, ...ratedCells(place)]),
  };
}

/** Practices of each Place, where they may be seen. */
export function practicesTwin(places: readonly PlaceRow[]): Twin {
  return {
    caption: "Practices that reported, by Place and name: not a ranking",
    head: ["Practice", "Place", "Reports", "Rate", "95 % range", "Against chance"],
    numbers: [2, 3],
    rows: places.flatMap((place) =>
      place.practices
        .filter((practice) => practice.reports.kind !== "withheld")
        .map((practice) => [practice.name, place.name, ...ratedCells(practice)]),
    ),
  };
}

/** Organisations and services a theme is about. */
export function aboutTwin(about: StoryView["about"]): Twin {
  return {
    caption: "What practices say it is about",
    head: ["Organisation", "Service", "Reports"],
    numbers: [2],
    rows: about.flatMap((part) => [
      [part.name, "all", shownWords(part.reports)],
      ...part.services.map((service) => [part.name, service.name, shownWords(service.reports)]),
    ]),
  };
}

/** One of the two rankings. */
export function rankingTwin(rows: readonly ThemeRow[], caption: string): Twin {
  return {
    caption,
    head: ["Theme", "Place in the ranking", "Reports", "In effect", "Out of", "Rate", "Moderate harm or worse"],
    numbers: [1, 2, 3, 5, 6],
    rows: rows.map((row) => [
      row.name,
      String(row.rank),
      shownWords(row.reports),
      row.breadth ? effectiveFigure(row.breadth.effective) : "withheld",
      row.breadth ? `${row.breadth.of} ${row.breadth.unit}` : "withheld",
      row.rate ? rateFigure(row.rate.per10000) : "none",
      row.harm ? shownWords(row.harm.moderateOrWorse) : "withheld",
    ]),
  };
}

/** Theme by Place. */
export function heatTwin({ places, rows, totals }: Pick<PlacesView, "places" | "rows" | "totals">): Twin {
  return {
    caption: "Rate for each 10,000 registered patients, and reports",
    head: ["Theme", ...places.map((place) => place.name), "All"],
    rows: [
      ...rows.map((row) => [
        row.name,
        ...row.cells.map((cell) => cellWords(cell)),
        `${row.whole ? rateFigure(row.whole.per10000) : "no rate"} (${shownWords(row.reports)})`,
      ]),
      ["Reports in all themes", ...totals.map(shownWords), ""],
    ],
  };
}

/** Who raises about whom. */
export function flowTwin({ kinds, ribbons }: Pick<FlowView, "kinds" | "ribbons">): Twin {
  const nameOf = new Map(kinds.map(({ id, name }) => [id, name]));
  return {
    caption: "Reports by who raised them and whom they are about",
    head: ["Raised by", "About", "Reports"],
    numbers: [2],
    rows: ribbons
      .filter(({ reports }) => reports.kind !== "withheld")
      .map(({ from, to, reports }) => [nameOf.get(from) ?? from, nameOf.get(to) ?? to, shownWords(reports)]),
  };
}

/** How much of what passes between practices and trusts trusts raised, by row. */
export function balanceTwin(rows: readonly { name: string; balance: DirectionBalance | null }[]): Twin {
  return {
    caption: "Share of the issues between practices and trusts that trusts raised",
    head: ["Theme", "By practices", "By trusts", "Share by trusts", "95 % range"],
    numbers: [1, 2, 3],
    rows: rows.map(({ name, balance }) => {
      if (!balance?.range95 || balance.trustShare === null) return [name, "none", "none", "none", "none"];
      const { low, high } = balance.range95;
      return [
        name,
        String(balance.practiceAboutTrust),
        String(balance.trustAboutPractice),
        percent(balance.trustShare),
        `${percent(low)} to ${percent(high)}`,
      ];
    }),
  };
}

/** Practices and services nobody hears from, by Place and name. */
export function quietTwin({ places }: Pick<QuietView, "places">): Twin {
  return {
    caption: "Calls to make, by Place and name: not a ranking",
    head: ["Place", "Kind", "Name", "Organisation"],
    rows: places.flatMap(({ place, practices, services }) => [
      ...(practices.names ?? []).map((each) => [place.name, "Practice", each.name, each.organisation]),
      ...(services.names ?? []).map((each) => [place.name, "Service", each.name, each.organisation]),
    ]),
  };
}

function ratedCells({ reports, rate, funnel }: PartRow): string[] {
  if (!rate) return [shownWords(reports), reports.kind === "withheld" ? "withheld" : "no list size", "none", "none"];
  const { low, high } = rate.range95;
  return [
    shownWords(reports),
    rateFigure(rate.per10000),
    `${rateFigure(low)} to ${rateFigure(high)}`,
    funnel === null ? "none" : funnel,
  ];
}

function cellWords({ reports, rate, funnel }: PartRow): string {
  if (reports.kind === "withheld") return "withheld";
  const marked = funnel === "above" || funnel === "below" ? `, ${funnel} what chance allows` : "";
  return `${rate ? rateFigure(rate.per10000) : "no rate"} (${shownWords(reports)})${marked}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Breadth against volume. */
export function breadthTwin(dots: BreadthView["dots"], unit: string): Twin {
  return {
    caption: "Reports and breadth of each theme",
    head: ["Theme", "Reports", `In effect, ${unit}`, "Marked"],
    numbers: [1, 2],
    rows: dots.map((dot) => [
      dot.name,
      figure(dot.reports),
      effectiveFigure(dot.effective),
      [dot.oneVoice ? "one voice" : "", dot.isEmerging ? "emerging" : ""].filter(Boolean).join(", ") || "no",
    ]),
  };
}

/** Words that set a theme apart. */
export function wordsTwin(words: StoryView["theme"]["words"]): Twin {
  return {
    caption: "How many times more often a word stands here than in other issues",
    head: ["Word", "Times more often"],
    numbers: [1],
    rows: words.map(({ word, times }) => [word, decimal(times)]),
  };
}

/** How a theme's issues ended. */
export function outcomesTwin(outcomes: OutcomeCounts): Twin {
  return {
    caption: "How its issues ended",
    head: ["Outcome", "Issues"],
    numbers: [1],
    rows: [
      ["Still open", whole(outcomes.open)],
      ["Agreed", whole(outcomes.agreed)],
      ["Not confirmed", whole(outcomes.notConfirmed)],
      ["Declined", whole(outcomes.declined)],
      ["Duplicates", whole(outcomes.merged)],
    ],
  };
}
