import type { Breadth, RaiserSide } from "./breadth";
import type { Evidence } from "./emerging";
import type { Rate } from "./rates";
import { funnelPlace } from "./rates";
import type { Shown } from "./suppression";
import type { DirectionBalance, QuietPlace } from "./voices";

/** A number never stands alone: what it says, and what it does not mean. Built from the numbers that are drawn. */
export interface Said {
  says: string;
  notMeans: string;
}

export const moreMayBeBetter = "More reports may mean better reporting, not worse care.";
export const fewerMayBeSilence = "Fewer reports may mean that people stopped telling us, not that care got better.";

/** A count as it may be seen: "36", "about 35", "withheld". */
export function shownWords(shown: Shown): string {
  if (shown.kind === "withheld") return "withheld";
  return shown.kind === "exact" ? whole(shown.value) : `about ${whole(shown.value)}`;
}

export const withheldWords: Said = {
  says: "Withheld: under 5 reports, or hidden so that such a count cannot be worked out.",
  notMeans: "Withheld is not none, and not good news: it may be silence. Narrower filters will not show it either.",
};

/** How much the loudest raiser makes of it, never as a figure: null where nobody makes over half. */
export function loudestWords(share: number, side: RaiserSide): string | null {
  const part = [
    [0.9, "over nine in ten"],
    [0.75, "over three quarters"],
    [0.5, "over half"],
  ] as const;
  const found = part.find(([least]) => share > least);
  return found ? `${found[1]} from one ${side}` : null;
}

/** Breadth as whoever asks may see it: where counts are rounded, so is everything said of them. */
export interface SeenBreadth extends Pick<Breadth, "effective" | "footprint" | "loudestShare"> {
  reports: Shown;
  raisers: Shown;
}

export function breadthWords({ reports, raisers, effective, footprint }: SeenBreadth, side: RaiserSide): Said {
  if (reports.kind === "withheld" || raisers.kind === "withheld") return withheldWords;
  const one = reports.kind === "exact" && reports.value === 1;
  const heard = capital(`${countedAs(reports, "report")} from ${countedAs(raisers, side)}`);
  return {
    says: `${heard} ${one ? "counts" : "count"} as ${effectiveAs(effective, reports)} of ${counted(footprint, side)}.`,
    notMeans: "Breadth says how widely it is felt, not how much it hurts.",
  };
}

/** For a theme with the "one voice" flag. */
export function oneVoiceWords({ reports, effective, loudestShare }: SeenBreadth, side: RaiserSide): Said {
  if (reports.kind === "withheld") return withheldWords;
  const who = loudestWords(loudestShare, side) ?? `from few ${side}s`;
  return {
    says: `Its ${countedAs(reports, "report")}, ${who}, count as ${effectiveAs(effective, reports)}, not ${shownWords(reports)}.`,
    notMeans: "One voice is not a wrong voice: go and ask.",
  };
}

export function rateWords(rate: Rate): Said {
  return {
    says: `${rateFigure(rate.per10000)} for each 10,000 registered patients (95 % range ${rangeFigures(rate)}).`,
    notMeans: "A low rate is not proof of good care: fewer may be reporting. Where ranges overlap, do not rank.",
  };
}

/** A Place's rate against what chance allows round the overall rate. */
export function funnelWords(place: string, rate: Rate, overallPer10000: number): Said {
  const where = funnelPlace(rate, overallPer10000);
  const against = `what chance allows round the overall ${rateFigure(overallPer10000)}`;
  const notMeans = {
    above: moreMayBeBetter,
    within: "Places within the limits differ by no more than chance: do not rank them.",
    below: "A low rate is not proof of good care: fewer may be reporting.",
  };
  return {
    says: `${place}: ${rateFigure(rate.per10000)} for each 10,000 (95 % range ${rangeFigures(rate)}), ${where} ${against}.`,
    notMeans: notMeans[where],
  };
}

/** Why a theme is said to emerge. */
export function emergingWords(evidence: Evidence): Said {
  const { count, practices, usual, chance, busier } = evidence;
  const week = `${counted(count, "report")} from ${counted(practices, "practice")} in the last seven days, where ${decimal(usual.count)} from ${decimal(usual.practices)} are usual.`;
  const rarity = chance === null ? "" : ` If nothing had changed, ${onceIn(chance)}.`;
  const busy = busier >= 1.05 ? ` That other themes hold ${decimal(busier)} times their usual is allowed for.` : "";
  return {
    says: week + rarity + busy,
    notMeans:
      "It may be one event, or that people were asked to report: read them first. One in twenty such marks is chance.",
  };
}

/** Who raises about whom, between practices and trusts. */
export function balanceWords(balance: DirectionBalance): Said {
  const notMeans = "Equal numbers are not the aim; an easy way to speak, both ways, is.";
  const { practiceAboutTrust, trustAboutPractice, trustShare, range95 } = balance;
  if (trustShare === null || range95 === null) {
    return { says: "Practices and trusts have raised nothing about each other here.", notMeans };
  }
  const range = `95 % range ${percent(range95.low)} to ${percent(range95.high)}`;
  const verdict = balance.mayBeEqual ? "an equal voice cannot be ruled out" : "the voice is not equal";
  const both = practiceAboutTrust + trustAboutPractice;
  return {
    says: `Trusts raised ${whole(trustAboutPractice)} of the ${counted(both, "issue")} between them and practices, ${percent(trustShare)} (${range}): ${verdict}.`,
    notMeans,
  };
}

/** Who is not heard from, over all Places given. */
export function quietWords(places: readonly QuietPlace[]): Said {
  const quiet = places.flatMap((place) => place.quiet);
  const all = places.reduce((sum, place) => sum + place.of, 0);
  const of = (side: RaiserSide) => counted(quiet.filter((voice) => voice.side === side).length, side);
  const says =
    quiet.length === 0
      ? `All ${whole(all)} practices and services have raised or joined something.`
      : `${of("practice")} and ${of("service")}, of ${whole(all)} together, have raised and joined nothing.`;
  return { says, notMeans: "Silence is not satisfaction, nor a fault: these are calls to make, in no order of merit." };
}

/** 1,234. */
export function whole(value: number): string {
  return wholeNumber.format(value);
}

/** One decimal: 9.0, 1,234.5. */
export function decimal(value: number): string {
  return oneDecimal.format(value);
}

/** First letter large, as a sentence begins. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "1 report", "1,234 reports". */
export function counted(count: number, noun: string): string {
  return `${whole(count)} ${noun}${count === 1 ? "" : "s"}`;
}

const wholeNumber = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const twoDecimals = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

function countedAs(shown: Shown, noun: string): string {
  return shown.kind === "exact" ? counted(shown.value, noun) : `${shownWords(shown)} ${noun}s`;
}

function effectiveAs(effective: number, reports: Shown): string {
  return reports.kind === "exact" ? decimal(effective) : `about ${whole(effective)}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Rates under 1 need a second decimal to differ. */
function rateFigure(per10000: number): string {
  return per10000 < 1 ? twoDecimals.format(per10000) : decimal(per10000);
}

function rangeFigures({ range95 }: Rate): string {
  return `${rateFigure(range95.low)} to ${rateFigure(range95.high)}`;
}

/** A small chance, to one figure, as how seldom: nobody reads 0.00037. */
function onceIn(chance: number): string {
  const weeks = 1 / Math.max(chance, 1e-9);
  if (weeks >= 100_000) return "a week like this would come less than once in 100,000 weeks";
  if (weeks < 2) return "a week like this would be nothing unusual";
  const step = 10 ** Math.floor(Math.log10(weeks));
  return `a week like this would come about once in ${whole(Math.round(weeks / step) * step)} weeks`;
}
