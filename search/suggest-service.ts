import type { WordCounts } from "../app/domain/ports";
import { kindOf, textWords } from "./text-words";

/** The service an issue is likely about, from its text: a suggestion with how sure it is, never a decision. */
export interface SuggestedService {
  service: string;
  /** From 0 to 1. */
  confidence: number;
}

/** A service as the directory has it. */
interface KnownService {
  code: string;
  name: string;
}

/** An issue like the text, and the service it was about. */
interface Neighbour {
  service?: string | undefined;
  score: number;
}

/** What a name says when the text holds it whole, beside what issues like it were about. */
const nameShare = 0.6;
/** As much alike as this comes to in all, before neighbours are believed. */
const believedFrom = 0.5;
const atMost = 3;
const surenessOfShown = 0.2;

/** Likely services of one organisation, best first: those the text names, and those issues like it were about. */
export function suggestServices(
  words: WordCounts,
  services: readonly KnownService[],
  neighbours: readonly Neighbour[],
): SuggestedService[] {
  const said = new Set(words.features);
  const about = neighbours.filter((each) => services.some((service) => service.code === each.service));
  const whole = Math.max(
    about.reduce((sum, each) => sum + each.score, 0),
    believedFrom,
  );
  return services
    .map(({ code, name }) => {
      const own = about.reduce((sum, each) => sum + (each.service === code ? each.score : 0), 0);
      const named = partNamed(name, said);
      return { service: code, confidence: Math.min(named * nameShare + (own / whole) * (1 - named * nameShare), 1) };
    })
    .filter((each) => each.confidence >= surenessOfShown)
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, atMost);
}

/** How much of a service's name the text holds, by its words: half a name says little. */
function partNamed(name: string, said: ReadonlySet<number>): number {
  const { features } = textWords({ text: name }).counts;
  const words = features.filter((feature) => kindOf(feature) === "word");
  if (words.length === 0) return 0;
  const part = words.filter((word) => said.has(word)).length / words.length;
  return part * part;
}
