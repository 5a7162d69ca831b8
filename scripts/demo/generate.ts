import { ulid } from "ulid";
import { Directory, type DirectoryFacts } from "../../app/domain/directory";
import type { Issue, Reply } from "../../app/domain/issue";
import { audienceOf } from "../../app/domain/permission";
import { liveOn } from "./live-on";
import { castOf } from "./people-of";
import { placeIssue } from "./place-issue";
import { momentIn, months, nearerToStart, type PlannedTheme, planThemes } from "./plan";
import { type Random, randomFrom } from "./random";
import { demoThemes } from "./texts";

export interface DemoOptions {
  seed: number;
  /** London calendar day: the newest issue was raised on it or just before. */
  asOf: string;
  issues: number;
  directory: DirectoryFacts;
  /** For measuring: this many replies an issue, each of about this many characters. */
  replies?: { each: number; characters: number };
}

export interface DemoIssue {
  issue: Issue;
  replies: Reply[];
}

/**
 * The issues of the demonstration, oldest first: a function of (seed, as-of day, number). Yields them one by one, so
 * that a hundred thousand need no more memory than one.
 */
export function* generateDemo(options: DemoOptions): Generator<DemoIssue> {
  const random = randomFrom(options.seed);
  const asOf = new Date(`${options.asOf}T17:00:00Z`);
  const directory = new Directory(options.directory);
  const cast = castOf(directory, asOf);
  const plan = planThemes(demoThemes(), options.issues, random);
  const references = new Set<string>();
  const makers = {
    cast,
    asOf,
    random,
    newId: (at?: number) => ulid(at, () => random.next()),
    newReference: () => freshReference(references, random),
    ...(options.replies ? { replies: options.replies } : {}),
  };
  let guested = false;
  for (const { planned, at } of calendar(plan, asOf, options.issues, random)) {
    const placed = placeIssue(makers, planned, at);
    if (!placed) continue;
    const made = liveOn(makers, placed);
    if (!guested && made.issue.state === "in-progress") {
      guested = true;
      nameGuest(made.issue);
    }
    yield made;
  }
}

/** The person of the demonstration who holds no post and is named on one issue. */
const guest = "p-hallam";

function nameGuest(issue: Issue): void {
  issue.namedPeople.push(guest);
  issue.followers.push(guest);
  issue.audience = audienceOf(issue);
}

/** Every issue to come with its moment, oldest first; exactly `count` of them. */
function calendar(plan: readonly PlannedTheme[], asOf: Date, count: number, random: Random) {
  const moments: { planned: PlannedTheme; at: Date }[] = [];
  for (const planned of plan) {
    for (let month = 0; month < months; month++) {
      const mean = planned.monthly[month] ?? 0;
      const many = mean > 40 ? Math.round(mean) : random.poisson(mean);
      const monthsAgo = months - 1 - month;
      for (let i = 0; i < many; i++) {
        const at = momentIn(monthsAgo, asOf, random);
        moments.push({ planned, at: planned.shape === "surge" && monthsAgo === 1 ? nearerToStart(at, 1, asOf) : at });
      }
    }
  }
  while (moments.length < count) {
    const planned = random.pick(plan);
    moments.push({ planned, at: momentIn(random.between(0, months - 1), asOf, random) });
  }
  return moments.sort((a, b) => a.at.getTime() - b.at.getTime()).slice(-count);
}

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

function freshReference(taken: Set<string>, random: Random): string {
  for (;;) {
    const reference = `CT-${Array.from({ length: 5 }, () => random.pick([...crockford])).join("")}`;
    if (taken.has(reference)) continue;
    taken.add(reference);
    return reference;
  }
}
