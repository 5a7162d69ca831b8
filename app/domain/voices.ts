import type { RaiserSide } from "./breadth";
import type { Range } from "./rates";

/** Who speaks about whom, and who does not speak at all. */
export interface DirectionBalance {
  practiceAboutTrust: number;
  trustAboutPractice: number;
  /** The trusts' share of the two, null where there is nothing. */
  trustShare: number | null;
  range95: Range | null;
  /** Whether half and half lies within the range: an equal voice cannot be ruled out. */
  mayBeEqual: boolean;
}

/** How much of what passes between practices and trusts each side raised, with Wilson's 95 % range. */
export function directionBalance(practiceAboutTrust: number, trustAboutPractice: number): DirectionBalance {
  const both = practiceAboutTrust + trustAboutPractice;
  const range95 = both === 0 ? null : wilsonRange(trustAboutPractice, both);
  return {
    practiceAboutTrust,
    trustAboutPractice,
    trustShare: both === 0 ? null : trustAboutPractice / both,
    range95,
    mayBeEqual: range95 === null || (range95.low <= 0.5 && range95.high >= 0.5),
  };
}

/** The range of a share: Wilson's score interval without continuity correction (JASA 1927), 95 %. */
export function wilsonRange(part: number, whole: number): Range {
  if (!(whole > 0) || part < 0 || part > whole) throw new RangeError(`no share: ${part} of ${whole}`);
  const z = 1.959963984540054;
  const share = part / whole;
  const centre = share + z ** 2 / (2 * whole);
  const half = z * Math.sqrt((share * (1 - share)) / whole + z ** 2 / (4 * whole ** 2));
  const scale = 1 + z ** 2 / whole;
  return { low: Math.max(0, (centre - half) / scale), high: Math.min(1, (centre + half) / scale) };
}

/** A practice, or a service of a trust, that could speak. */
export interface Voice {
  id: string;
  name: string;
  side: RaiserSide;
  place: string;
}

export interface QuietPlace {
  place: string;
  quiet: Voice[];
  /** How many there are in the Place, quiet or not. */
  of: number;
}

/**
 * Who has raised and joined nothing, as calls to make: by Place and name. Not a ranking: nothing in the order says who is
 * better, and silence may mean that all is well, or that nobody asked.
 */
export function quietVoices(voices: readonly Voice[], heard: ReadonlySet<string>): QuietPlace[] {
  const places = [...new Set(voices.map((voice) => voice.place))].sort(byName);
  return places.map((place) => {
    const all = voices.filter((voice) => voice.place === place);
    const quiet = all.filter((voice) => !heard.has(voice.id));
    return { place, quiet: quiet.sort((a, b) => byName(a.name, b.name) || byName(a.id, b.id)), of: all.length };
  });
}

const collator = new Intl.Collator("en-GB", { numeric: true });
function byName(a: string, b: string): number {
  return collator.compare(a, b);
}
