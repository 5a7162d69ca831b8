import { trustKinds as knownTrustKinds } from "../../app/domain/organisation";
import { readNamedCsv } from "./csv";
import { placeNamed, places } from "./places";
import type { RowProblem } from "./row-problem";

type TrustKind = (typeof knownTrustKinds)[number];

export interface ReferenceTrust {
  file: string;
  line: number;
  code: string;
  kinds: TrustKind[];
  /** Place ids, the main one first. */
  places: string[];
  succession?: { closedAt: string; by: string };
}

/** What the register does not say: Places, kinds of trust, who took over from whom. */
export interface Reference {
  icb: { code: string; shortName: string } | undefined;
  /** Place ids by sub-ICB location code, with the area's name. */
  areas: Map<string, { name: string; places: string[] }>;
  trusts: ReferenceTrust[];
  problems: RowProblem[];
}

/** Reads the reference list of organisations: `code,name,type,places,note`. */
export function readReference(file: string, text: string): Reference {
  const reference: Reference = { icb: undefined, areas: new Map(), trusts: [], problems: [] };
  for (const { line, cell } of readNamedCsv(file, text, [["code"], ["name"], ["type"], ["places"], ["note"]])) {
    const type = cell("type");
    const refuse = (what: string, todo: string) => reference.problems.push({ file, line, what, todo });
    if (type === "ICB") {
      reference.icb = { code: cell("code"), shortName: cell("name") };
      continue;
    }
    const served = placesIn(cell("places"));
    const kinds = kindsIn(type);
    if (!served)
      refuse(`"${cell("places")}" names a Place we do not have.`, "Use names of scripts/directory/places.ts.");
    else if (type === "sub-ICB") reference.areas.set(cell("code"), { name: cell("name"), places: served });
    else if (!kinds)
      refuse(`"${type}" is not a kind of organisation.`, `Use ICB, sub-ICB or ${knownTrustKinds.join(", ")}.`);
    else reference.trusts.push({ file, line, code: cell("code"), kinds, places: served, ...succession(cell("note")) });
  }
  return reference;
}

function placesIn(names: string): string[] | undefined {
  if (names === "all") return places.map((place) => place.id);
  const ids = names.split(";").map((name) => placeNamed(name.trim()));
  return ids.every((id) => id !== undefined) ? ids : undefined;
}

function kindsIn(type: string): TrustKind[] | undefined {
  const kinds = type.split("+").map((word) => knownTrustKinds.find((kind) => kind === word.trim().replace(" ", "-")));
  return kinds.every((kind) => kind !== undefined) ? kinds : undefined;
}

/** A note such as `CLOSED 2026-04-01 -> RWW`. */
function succession(note: string): Pick<ReferenceTrust, "succession"> {
  const found = /CLOSED (\d{4}-\d{2}-\d{2}) -> ([A-Z0-9]{3})/.exec(note);
  return found?.[1] && found[2] ? { succession: { closedAt: found[1], by: found[2] } } : {};
}
