import type { Directory } from "../../domain/directory";
import { type Action, type Issue, organisationsConcerned } from "../../domain/issue";
import { londonDay } from "../../domain/working-days";
import type { ActionView, PersonChoice, ThreadView } from "./thread-view";

/** The actions, what is still to be done first, and who could be asked to do another. */
export function buildActions(
  directory: Directory,
  issue: Issue,
  now: Date,
  mayAdd: boolean,
): Pick<ThreadView, "actions" | "doers"> {
  const open = issue.actions.filter((each) => !each.done).sort((a, b) => a.dueOn.localeCompare(b.dueOn));
  const done = issue.actions.filter((each) => each.done);
  return {
    actions: [...open, ...done].map((each) => actionView(each, now)),
    doers: mayAdd ? doersOf(directory, issue, now) : [],
  };
}

function actionView(action: Action, now: Date): ActionView {
  return {
    id: action.id,
    text: action.text,
    owner: action.owner.name,
    due: dueWords(action.dueOn, now),
    late: !action.done && action.dueOn < londonDay(now),
    done: action.done ? `Done by ${action.done.by.name}, ${dateWords(londonDay(action.done.at), now)}` : null,
  };
}

const dayMs = 86_400_000;

/** "Today", "Tomorrow", "Yesterday", "Fri 27 Nov", "Fri 15 Jan 2027". */
export function dueWords(day: string, now: Date): string {
  if (day === londonDay(now)) return "Today";
  if (day === londonDay(new Date(now.getTime() + dayMs))) return "Tomorrow";
  if (day === londonDay(new Date(now.getTime() - dayMs))) return "Yesterday";
  return dateWords(day, now, "short");
}

/** A day of another year says which. */
function dateWords(day: string, now: Date, weekday?: "short"): string {
  const words = new Intl.DateTimeFormat("en-GB", {
    timeZone: "UTC",
    weekday,
    day: "numeric",
    month: "short",
    year: day.slice(0, 4) === londonDay(now).slice(0, 4) ? undefined : "numeric",
  });
  return words.format(new Date(`${day}T12:00:00Z`)).replace(",", "");
}

/** People of the organisations concerned, and those named on the issue. */
function doersOf(directory: Directory, issue: Issue, now: Date): PersonChoice[] {
  const choices = new Map<string, PersonChoice>();
  for (const code of organisationsConcerned(issue)) {
    const home = directory.organisation(code)?.shortName ?? code;
    for (const person of directory.peopleIn(code, now))
      choices.set(person.id, { id: person.id, name: `${person.name}, ${home}` });
  }
  for (const id of issue.namedPeople) {
    const person = directory.person(id);
    if (person && !choices.has(id)) choices.set(id, { id, name: person.name });
  }
  return [...choices.values()];
}
