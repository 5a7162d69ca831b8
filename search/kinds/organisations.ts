import type { Directory } from "../../app/domain/directory";
import type { Organisation } from "../../app/domain/organisation";
import type { DirectoryKind } from "./kind";

/** Organisations that are there today. */
export const organisations: DirectoryKind = {
  from: "directory",
  kind: "organisations",
  entries: (directory) =>
    directory.organisations.flatMap((organisation) => {
      const { code, name, shortName } = organisation;
      if (organisation.succeededBy || organisation.closedAt) return [];
      return {
        name,
        texts: [name, whatItIs(organisation, directory), shortName, code, organisation.pcn?.name ?? ""],
        places: organisation.places,
        organisations: [code],
        hit: ([marked = [], detail = []]) => ({ kind: "organisations", code, name: marked, detail }),
      };
    }),
};

const kindWords = { practice: "Practice", trust: "Trust", place: "Place team", icb: "Integrated care board" } as const;

/** "Practice in Wirral (N81001)". */
function whatItIs({ kind, places, code }: Organisation, directory: Directory): string {
  const [place] = places.flatMap((id) => directory.place(id)?.name ?? []);
  return `${kindWords[kind]}${kind === "practice" && place ? ` in ${place}` : ""} (${code})`;
}
