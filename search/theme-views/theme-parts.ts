import type { Rate } from "../../app/domain/rates";
import type { ShownPart } from "../../app/domain/suppression";
import type { PlaceRow, StoryView } from "../../app/domain/theme-views";
import { aboutShown, aboutTallyOf, RaiserTree } from "./parts";
import { ratedPart } from "./places";
import type { Question } from "./question";
import { footprintOf } from "./raisers";
import { rateOfPractices } from "./rows";
import { partsWindow } from "./sight";
import { byRaiser, tallyOf } from "./tally";

const withheld = { kind: "withheld" } as const;

/** A theme's reports by practices: each Place with its practices, where it may be seen. */
export function placeRows(question: Question, at: number): PlaceRow[] {
  const { table, directory, query, looking, now } = question;
  const { place: asked, ...everywhere } = query;
  const narrowed = looking.narrowed || query.organisation !== undefined || query.service !== undefined;
  const tally = tallyOf(table, question.sieving(everywhere), partsWindow(looking, narrowed, now));
  const whole = narrowed && looking.seen !== "exact" ? null : wholeRate(question, byRaiser(tally, 0, at));
  const shown = new RaiserTree(question, 0).shown(tally, at, narrowed);
  return directory.places
    .filter((place) => !asked || place.id === asked)
    .map((place) => {
      const part = shown.parts.find((each) => each.id === place.id);
      const practices = footprintOf(directory, { place: place.id }).practices;
      const size = practices.reduce((sum, each) => sum + (each.listSize ?? 0), 0);
      return {
        id: place.id,
        name: place.name,
        ...ratedPart(part?.shown ?? withheld, size, whole),
        practices: practices
          .map(({ code, name, listSize }) => {
            const reports = part?.parts.find((each) => each.id === code)?.shown ?? withheld;
            return { id: code, name, ...ratedPart(reports, listSize, whole) };
          })
          .filter((practice) => practice.reports.kind !== "exact" || practice.reports.value > 0)
          .sort((a, b) => collator.compare(a.name, b.name)),
      };
    });
}

/** What practices say it is about: organisations and their services, the most reports first. */
export function aboutRows(question: Question, at: number): StoryView["about"] {
  const { table, directory, query, looking, now } = question;
  const narrowed = looking.narrowed || query.place !== undefined || query.service !== undefined;
  const { organisation: asked, ...anybody } = query;
  const window = partsWindow(looking, narrowed, now);
  const tally = aboutTallyOf(table, question.sieving(anybody), 0, window, at);
  return aboutShown(question, 0, tally, at, narrowed)
    .parts.filter((part) => (!asked || part.id === asked) && isSomething(part))
    .map((part) => {
      const organisation = directory.organisation(part.id);
      return {
        id: part.id,
        name: organisation?.name ?? part.id,
        ...(organisation ? { shortName: organisation.shortName } : {}),
        ...ratedPart(part.shown, undefined, null),
        services: part.parts
          .filter((each) => directory.service(each.id) && isSomething(each))
          .map((each) => ({
            id: each.id,
            name: directory.service(each.id)?.name ?? each.id,
            ...ratedPart(each.shown, undefined, null),
          }))
          .sort(byCount),
      };
    })
    .sort(byCount);
}

function wholeRate(question: Question, reports: Uint32Array): Rate | null {
  return rateOfPractices(question, reports, footprintOf(question.directory, {}));
}

/** Nothing seen exactly is no row; what is withheld may be nothing, and its row stands for that. */
function isSomething({ shown }: ShownPart): boolean {
  return shown.kind !== "exact" || shown.value > 0;
}

const collator = new Intl.Collator("en-GB", { numeric: true });

function byCount(a: CountRow, b: CountRow): number {
  return countIn(b) - countIn(a) || collator.compare(a.name, b.name);
}

interface CountRow {
  name: string;
  reports: ShownPart["shown"];
}

function countIn({ reports }: Pick<CountRow, "reports">): number {
  return reports.kind === "withheld" ? -1 : reports.value;
}
