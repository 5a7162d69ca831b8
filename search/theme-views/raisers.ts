import type { Directory } from "../../app/domain/directory";
import type { Organisation } from "../../app/domain/organisation";
import type { ThemeQuery } from "../../app/domain/theme-query";
import type { FactTable } from "./fact-table";

/** Who can raise, with what of them is counted by. */
export interface Raiser {
  id: string;
  name: string;
  organisation: Organisation;
  /** Its one Place: where the organisation is first at home, so that Places cover all and do not overlap. */
  place: string;
  listSize: number | undefined;
}

/** In the order of the table's numbers; undefined where the directory no longer knows it. */
export function raisersOf(table: FactTable, directory: Directory): (Raiser | undefined)[] {
  return table.raisers.all.map((id) => {
    const service = directory.service(id);
    const organisation = directory.organisation(service?.organisation ?? id);
    if (!organisation) return undefined;
    return {
      id,
      name: service?.name ?? organisation.name,
      organisation,
      place: homeOf(organisation),
      listSize: organisation.kind === "practice" ? organisation.listSize : undefined,
    };
  });
}

export function homeOf(organisation: Organisation): string {
  return organisation.places[0] ?? "";
}

/** Those that could speak inside a filter: active practices, and services of active trusts. */
export interface Footprint {
  practices: Organisation[];
  /** Practices whose list size is known, and their patients together. */
  listSize: number;
  services: { id: string; name: string; organisation: Organisation }[];
}

export function footprintOf(directory: Directory, query: Pick<ThemeQuery, "place" | "organisation">): Footprint {
  const inPlace = (organisation: Organisation) => !query.place || homeOf(organisation) === query.place;
  const asked = query.organisation ? directory.organisation(query.organisation) : undefined;
  const active = directory.organisations.filter(
    (each) => !each.closedAt && !each.succeededBy && inPlace(each) && (asked?.kind !== each.kind || asked === each),
  );
  const practices = active.filter((each) => each.kind === "practice");
  return {
    practices,
    listSize: practices.reduce((sum, each) => sum + (each.listSize ?? 0), 0),
    services: active
      .filter((each) => each.kind === "trust")
      .flatMap((organisation) =>
        directory.servicesOf(organisation.code).map(({ id, name }) => ({ id, name, organisation })),
      ),
  };
}
