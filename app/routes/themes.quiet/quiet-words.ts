import { type Shown, sumShown } from "../../domain/suppression";
import type { QuietView } from "../../domain/theme-views";
import { capital, counted, type Said, shownWords, whole } from "../../domain/theme-words";

type Places = QuietView["places"];

/** How many practices nobody hears from. */
export function quietTitle(places: Places): string {
  const quiet = sumShown(places.map((place) => place.practices.quiet));
  if (quiet.kind === "withheld") return "Who is not heard from is withheld";
  const of = places.reduce((sum, place) => sum + place.practices.of, 0);
  if (quiet.kind === "exact" && quiet.value === 0) return "Every practice has been heard from";
  return `${capital(shownWords(quiet))} of ${counted(of, "practice")} have raised and joined nothing`;
}

/** Both sides, with what silence does not mean. */
export function quietSaid(places: Places): Said {
  const practices = sideWords(places.map((place) => place.practices));
  const services = sideWords(places.map((place) => place.services));
  return {
    says: `In these dates ${practices} practices and ${services} services of trusts have raised and joined nothing.`,
    notMeans: "Silence is not satisfaction, nor a fault: these are calls to make, in no order of merit.",
  };
}

/** One Place's count, in a heading or a cell. */
export function quietCount(quiet: Shown, of: number): string {
  return quiet.kind === "withheld" ? `withheld, of ${whole(of)}` : `${shownWords(quiet)} of ${whole(of)}`;
}

function sideWords(sides: readonly { quiet: Shown; of: number }[]): string {
  const quiet = sumShown(sides.map((side) => side.quiet));
  return `${shownWords(quiet)} of ${whole(sides.reduce((sum, side) => sum + side.of, 0))}`;
}
