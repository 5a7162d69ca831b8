import { roundedCount, seesExactly } from "../../app/domain/suppression";
import type { QuietSide, QuietView } from "../../app/domain/theme-views";
import { quietVoices, type Voice } from "../../app/domain/voices";
import { pageFacts, type Question } from "./question";
import { footprintOf, homeOf } from "./raisers";
import { exact } from "./rows";

/**
 * Who raised and joined nothing, as calls to make. A name on this list says that its count is nought, so names go only
 * to who sees that Place exactly; everyone else is told how many, rounded, and nothing under narrower filters.
 */
export function quietView(question: Question): QuietView {
  const { directory, query, looking } = question;
  const heard = heardOf(question);
  const footprint = footprintOf(directory, query);
  const organisations = new Map(directory.organisations.map((each) => [each.code, each.name]));
  const practices = footprint.practices.map((each): Voice => {
    return { id: each.code, name: each.name, side: "practice", place: homeOf(each) };
  });
  const owners = new Map(footprint.services.map(({ id, organisation }) => [id, organisation.code]));
  const services = footprint.services.map(({ id, name, organisation }): Voice => {
    return { id, name, side: "service", place: homeOf(organisation) };
  });
  const quiet = { practices: quietVoices(practices, heard), services: quietVoices(services, heard) };
  const sideOf = (side: "practices" | "services", place: string): QuietSide => {
    const found = quiet[side].find((each) => each.place === place) ?? { quiet: [], of: 0 };
    if (seesExactly(looking.sight, { places: [place] }))
      return {
        quiet: exact(found.quiet.length),
        of: found.of,
        names: found.quiet.map(({ id, name }) => {
          return { id, name, organisation: organisations.get(owners.get(id) ?? id) ?? "" };
        }),
      };
    const isNarrow = looking.narrowed || query.organisation !== undefined || query.service !== undefined;
    return { quiet: isNarrow ? { kind: "withheld" } : roundedCount(found.quiet.length), of: found.of, names: null };
  };
  return {
    ...pageFacts(question),
    places: directory.places
      .filter((place) => !query.place || place.id === query.place)
      .map(({ id, name }) => ({
        place: { id, name },
        practices: sideOf("practices", id),
        services: sideOf("services", id),
      })),
  };
}

function heardOf({ table, sieve, looking }: Question): Set<string> {
  const heard = new Set<string>();
  for (const report of sieve.reports) {
    const day = table.reportDay[report]!;
    if (day < looking.from || day >= looking.until) continue;
    heard.add(table.raisers.all[table.reportRaiser[report]!] ?? "");
  }
  return heard;
}
