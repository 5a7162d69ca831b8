import type { DirectoryKind } from "./kind";

/** Services of organisations that are there today. */
export const services: DirectoryKind = {
  from: "directory",
  kind: "services",
  entries: (directory) =>
    directory.services.flatMap(({ id, name, kind, organisation: code }) => {
      const organisation = directory.organisation(code);
      if (!organisation || organisation.succeededBy || organisation.closedAt) return [];
      return {
        name,
        texts: [name, organisation.name, organisation.shortName, kind, code],
        places: organisation.places,
        organisations: [code],
        service: id,
        hit: ([marked = [], detail = []]) => ({
          kind: "services",
          id,
          organisation: { code, name: organisation.name },
          name: marked,
          detail,
        }),
      };
    }),
};
