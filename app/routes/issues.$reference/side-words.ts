import type { Directory } from "../../domain/directory";
import type { OrganisationKind } from "../../domain/organisation";

/** What its people call it: "your trust", "your practice". */
const kinds: Readonly<Record<OrganisationKind, string>> = {
  practice: "practice",
  trust: "trust",
  place: "Place team",
  icb: "ICB",
};

export function kindOfOrganisation(directory: Directory, code: string): string {
  const kind = directory.organisation(code)?.kind;
  return kind ? kinds[kind] : "organisation";
}

/** The same at the beginning of a sentence: "Practice agrees". */
export function sideTitle(directory: Directory, code: string): string {
  const words = kindOfOrganisation(directory, code);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
