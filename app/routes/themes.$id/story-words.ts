import { spanWords, trendInShort } from "../../components/charts/point-words";
import { trendWords as chartedWords, limitsWords, periodWords } from "../../domain/chart-words";
import type { Shown } from "../../domain/suppression";
import type { OutcomeCounts, PartRow, Series, StoryView, ThemeRow } from "../../domain/theme-views";
import {
  breadthWords,
  counted,
  fewerMayBeSilence,
  moreMayBeBetter,
  oneVoiceWords,
  rateWords,
  type Said,
  shownWords,
  whole,
  withheldWords,
} from "../../domain/theme-words";
import type { DirectionBalance } from "../../domain/voices";
import { directionOf } from "../../domain/xmr";
import { chartSettings } from "../../domain/xmr-display";

/** The finding of a theme's page: its name, and whether it changes. */
export function storyTitle(name: string, series: Series | null): string {
  if (!series) return name;
  return series.isTrial ? `${name}: too few periods to judge` : `${name}: reports ${trendInShort(series)}`;
}

/** What the chart says, how its limits were made, and what it does not mean. */
export function trendSaid(series: Series): Said {
  const result = { points: series.points, assurance: null };
  const charted = { measure: "reports", improvement: "neutral", period: series.period } as const;
  const trend = chartedWords(result, charted);
  const widened = series.period === "month" ? null : periodWords(series.period);
  const limits = limitsWords(chartSettings.screenOutliers, chartSettings.fixAfter);
  return {
    says: [trend.says, widened?.says, limits].filter(Boolean).join(" "),
    notMeans: [trend.notMeans, widened?.notMeans].filter(Boolean).join(" "),
  };
}

/** The finding of the chart, as its title says it. */
export function trendTitle(series: Series): string {
  const last = series.points.at(-1);
  if (!last || series.isTrial) return "Reports over time: too few to judge";
  if (last.specialCauseType === "Common Cause") return "Reports vary as they usually do";
  return `Reports are ${trendInShort(series)}`;
}

/** The icon's own words: what it stands for, and that it judges nothing. */
export function variationWords(series: Series): [string, string] {
  if (!series.variation || series.isTrial) return ["Too few to judge", "limits are a trial"];
  if (series.variation.kind === "common-cause") return ["Reports: steady", "ordinary variation"];
  const up = directionOf(series.points.at(-1)?.specialCauseType ?? "Common Cause") === "up";
  return [`Reports: ${up ? "higher" : "lower"}`, "special cause, neutral by itself"];
}

/** A figure with the sentence it never stands without. */
export interface Fact {
  figure: string;
  what: string;
  said: Said;
}

/** How widely, how often, how badly: one side of a theme in figures. */
export function factsOf(row: ThemeRow): Fact[] {
  const unit = row.side === "practice" ? "practices" : "services";
  const { reports, raisers, breadth, rate, harm } = row;
  const seen = breadth && { ...breadth, reports, raisers, footprint: breadth.of };
  const facts: Fact[] = [
    {
      figure: shownWords(reports),
      what: `${noun(reports, "report")} on ${shownWords(row.issues)} ${noun(row.issues, "issue")}`,
      said:
        reports.kind === "withheld"
          ? withheldWords
          : { says: `Each ${row.side} counts at most once for an issue in a month.`, notMeans: moreMayBeBetter },
    },
  ];
  if (seen) {
    const said = breadthWords(seen, row.side);
    const voice = row.oneVoice ? oneVoiceWords(seen, row.side) : null;
    const effective = seen.effective < 10 ? seen.effective.toFixed(1) : whole(seen.effective);
    facts.push({ figure: effective, what: `${unit} in effect, of ${whole(seen.of)}`, said: voice ?? said });
  }
  if (rate) facts.push({ figure: rate.per10000.toFixed(2), what: "for each 10,000 patients", said: rateWords(rate) });
  if (harm) {
    const says =
      harm.moderateOrWorse.kind === "withheld"
        ? withheldWords.says
        : `Issues graded moderate harm or worse by who raised them: ${shownWords(harm.moderateOrWorse)}.`;
    const figure = shownWords(harm.moderateOrWorse);
    const notMeans = "It is a first grading by whoever reports, not a finding of an investigation.";
    facts.push({ figure, what: "with moderate harm or worse", said: { says, notMeans } });
  }
  return facts;
}

/** Which Places chance does not explain. */
export function placesTitle(places: readonly PartRow[]): string {
  const named = (funnel: "above" | "below") =>
    places.filter((place) => place.funnel === funnel).map((place) => place.name);
  const [above, below] = [named("above"), named("below")];
  if (places.every((place) => place.rate === null)) return "Rates by Place are withheld";
  if (above.length === 0 && below.length === 0) return "No Place stands outside what chance allows";
  if (above.length === 0) return `${listed(below)} below what chance allows`;
  return `${listed(above)} above what chance allows${below.length > 0 ? `; ${listed(below)} below` : ""}`;
}

/** What the tiles show, and what they do not mean. */
export function placesSaid(places: readonly PartRow[]): Said {
  const withheld = places.filter((place) => place.reports.kind === "withheld").length;
  const rest = withheld > 0 ? ` ${withheldCount(withheld)}` : "";
  return {
    says: `Rates for each 10,000 registered patients, each with its 95 % range; ▲▼ lie outside the 99.8 % limits round the whole.${rest}`,
    notMeans: "A low rate is not proof of good care: a Place may be reporting less.",
  };
}

function withheldCount(places: number): string {
  return `${counted(places, "Place")} ${places === 1 ? "is" : "are"} withheld: under 5 reports, or hidden so that such a count cannot be worked out.`;
}

/** How its issues ended. */
export function outcomesSaid(outcomes: OutcomeCounts): { title: string } & Said {
  const { open, agreed } = outcomes;
  const all = open + agreed + outcomes.notConfirmed + outcomes.declined + outcomes.merged;
  return {
    title: `${whole(open)} of ${whole(all)} still open; ${whole(agreed)} ended with both sides agreed`,
    says: `Of ${counted(all, "issue")} in these dates, ${whole(all - open)} are closed.`,
    notMeans: "Closed means both sides answered, or nobody objected, not that the cause is gone.",
  };
}

/** The words that set its issues apart. */
export function wordsSaid({ words }: Pick<StoryView["theme"], "words">): { title: string } & Said {
  const [first, second] = words;
  const named = [first, second].flatMap((each) => (each ? [`“${each.word}”`] : []));
  return {
    title: named.length > 0 ? `${named.join(" and ")} set it apart` : "No words set it apart",
    says: "How many times more often a word stands in its issues than in others.",
    notMeans: "Words describe the reports, not the care.",
  };
}

/** Whom the issues are about. */
export function aboutTitle(about: StoryView["about"]): string {
  const [first] = about;
  if (!first || first.reports.kind === "withheld") return "Whom it is about is withheld";
  return `${first.name} is named most`;
}

/** Its services that may be shown, the most reports first: "Pharmacy 11, Cardiology 6". */
export function servicesWords(services: readonly PartRow[]): string {
  const shown = services.filter((service) => service.reports.kind !== "withheld").slice(0, 3);
  return shown.map((service) => `${service.name} ${shownWords(service.reports)}`).join(", ");
}

/** Which issues are listed: of one point of the chart, or the newest of all. */
export function issuesTitle(shown: number, span: { date: string; period: Series["period"] } | null): string {
  if (span) return `${spanWords(span.date, span.period)}: ${counted(shown, "issue")}`;
  return shown === 0 ? "The issues behind it are not listed here" : `The ${whole(shown)} newest issues behind it`;
}

/** What the list of issues is, and is not. */
export const issuesSaid: Said = {
  says: "Only issues that you may read are listed.",
  notMeans: fewerMayBeSilence,
};

/** "A", "A and B", "A, B and C", then how many more, with the verb that fits. */
function listed(names: readonly string[]): string {
  const most = 3;
  const shown = names.length > most ? [...names.slice(0, most - 1), `${names.length - most + 1} more`] : [...names];
  const last = shown.pop() ?? "";
  const joined = shown.length > 0 ? `${shown.join(", ")} and ${last}` : last;
  return `${joined} ${names.length === 1 ? "stands" : "stand"}`;
}

/** Many raisers, or few: from the figures of the row. */
export function breadthTitle({ oneVoice, breadth, reports }: ThemeRow): string {
  if (oneVoice) return "Few voices: go and ask them";
  if (!breadth || reports.kind === "withheld") return "Breadth is withheld";
  const each = reports.value / Math.max(1, breadth.effective);
  return `About ${each.toFixed(1)} reports for each of its ${breadth.unit} in effect`;
}

/** Which side raises more about the other, where chance does not explain it. */
export function balanceTitle({ trustShare, mayBeEqual }: DirectionBalance): string {
  if (trustShare === null || mayBeEqual) return "An equal voice cannot be ruled out";
  return trustShare < 0.5
    ? "Practices raise it about trusts more than trusts about practices"
    : "Trusts raise it about practices more than practices about trusts";
}

function noun(shown: Shown, word: string): string {
  return shown.kind === "exact" && shown.value === 1 ? word : `${word}s`;
}
