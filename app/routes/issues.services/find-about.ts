import type { Directory } from "../../domain/directory";
import { type Organisation, type OrganisationKind, type Side, sideOfKind } from "../../domain/organisation";

/** Something an issue can be about: a service, or a whole organisation. */
export interface AboutChoice {
  /** `RBL` or `RBL/RBL-cardiology`. */
  value: string;
  name: string;
  /** The organisation of a service, the Place of a practice. */
  detail: string;
  side: Side;
}

export interface About {
  organisation: string;
  service?: string;
}

/** Reads `RBL/RBL-cardiology`. An empty text is no choice. */
export function readAbout(value: string): About | null {
  const [organisation, service] = value.split("/");
  if (!organisation) return null;
  return { organisation, ...(service ? { service } : {}) };
}

/** The choice with this value, as it is today. Null when the directory does not know it. */
export function aboutChoice(directory: Directory, value: string): AboutChoice | null {
  const about = readAbout(value);
  const organisation = about && directory.successor(about.organisation);
  if (!organisation) return null;
  const service = about.service ? directory.service(about.service) : undefined;
  return service ? serviceChoice(organisation, service) : organisationChoice(directory, organisation);
}

/**
 * Services and organisations that a text names, likely ones first: every word of the text begins a word of the name, the
 * short name or the code. Services and trusts come before practices; those of the asker's own Places before others.
 */
export function findAbout(
  directory: Directory,
  text: string,
  asker: { organisation?: string; places: readonly string[] },
  limit: number,
): AboutChoice[] {
  const words = wordsOf(text);
  const found: { choice: AboutChoice; rank: number }[] = [];
  for (const organisation of directory.organisations) {
    if (organisation.succeededBy || organisation.closedAt || organisation.code === asker.organisation) continue;
    // There are hundreds of practices: they are found by name only.
    if (organisation.kind === "practice" && words.length === 0) continue;
    const near = organisation.places.some((place) => asker.places.includes(place)) ? 0 : 1;
    const own = [organisation.name, organisation.shortName, organisation.code];
    if (holds(own, words))
      found.push({ choice: organisationChoice(directory, organisation), rank: kindRank[organisation.kind] + near });
    for (const service of directory.servicesOf(organisation.code)) {
      if (words.length === 0 || !holds([...own, service.name, service.kind], words)) continue;
      const named = holds([service.name, service.kind], words.slice(0, 1));
      found.push({ choice: serviceChoice(organisation, service), rank: (named ? 0 : 4) + near });
    }
  }
  found.sort((a, b) => a.rank - b.rank || a.choice.name.localeCompare(b.choice.name, "en-GB"));
  return found.slice(0, limit).map((each) => each.choice);
}

const kindRank: Readonly<Record<OrganisationKind, number>> = { trust: 2, place: 6, icb: 6, practice: 8 };

function organisationChoice(directory: Directory, organisation: Organisation): AboutChoice {
  return {
    value: organisation.code,
    name: organisation.name,
    detail:
      organisation.kind === "trust"
        ? "The whole trust, or not sure which service"
        : placesWords(directory, organisation),
    side: sideOfKind(organisation.kind),
  };
}

function serviceChoice(organisation: Organisation, service: { id: string; name: string }): AboutChoice {
  return {
    value: `${organisation.code}/${service.id}`,
    name: service.name,
    detail: organisation.name,
    side: sideOfKind(organisation.kind),
  };
}

function placesWords(directory: Directory, organisation: Organisation): string {
  const names = organisation.places.flatMap((id) => directory.place(id)?.name ?? []);
  if (organisation.kind === "practice") return `Practice${names[0] ? ` in ${names[0]}` : ""}`;
  return organisation.kind === "place" ? "Place team" : "Integrated care board";
}

function holds(names: readonly string[], words: readonly string[]): boolean {
  const known = names.flatMap(wordsOf);
  return words.every((word) => known.some((each) => each.startsWith(word)));
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll(/['’]/g, "")
    .split(/[^\p{L}\p{Nd}]+/u)
    .filter((word) => word !== "");
}
