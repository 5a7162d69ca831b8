import type { Directory } from "../../app/domain/directory";
import type { Actor } from "../../app/domain/person";
import { countedWindow, type Sight, seesExactly, sightOf } from "../../app/domain/suppression";
import type { ThemeQuery } from "../../app/domain/theme-query";
import type { Seen } from "../../app/domain/theme-views";
import { londonDay } from "../../app/domain/working-days";
import { dayNumber, dayText, firstDayOfMonth, monthOf } from "./days";

/** How the numbers of one answer may be seen, and over which days they are counted. */
export interface Looking {
  sight: Sight;
  seen: Seen;
  /** Kind, harm or dates are narrowed: then parts seen by others are withheld. */
  narrowed: boolean;
  /** Day numbers, the end exclusive. */
  from: number;
  until: number;
}

/**
 * What of an answer may be seen exactly. Counts over the whole system are; so is what lies within a part the actor sees
 * exactly. One part of the system (a Place, an organisation or a service) and nothing narrower is rounded, over the
 * counted window; anything narrower is withheld.
 */
export function lookingOf(directory: Directory, actor: Actor, query: ThemeQuery, now: Date): Looking {
  const sight = sightOf(actor);
  const parts = partsOf(directory, query);
  const narrowedBesides =
    query.category !== undefined || query.harm.length > 0 || query.from !== undefined || query.until !== undefined;
  const seen = (): Seen => {
    if (parts.length === 0 || parts.some((part) => seesExactly(sight, part))) return "exact";
    return parts.length === 1 && !narrowedBesides ? "rounded" : "withheld";
  };
  const answer = seen();
  const window = answer === "rounded" ? countedDays(now) : askedWindow(query, now);
  return { sight, seen: answer, narrowed: narrowedBesides, ...window };
}

/** The days over which a whole is divided into parts, for somebody who may not see all of these exactly. */
export function partsWindow(looking: Looking, narrowed: boolean, now: Date): { from: number; until: number } {
  return looking.sight.kind === "exact" || narrowed ? { from: looking.from, until: looking.until } : countedDays(now);
}

function countedDays(now: Date): { from: number; until: number } {
  const { from, until } = countedWindow(now);
  return { from: dayNumber(from), until: dayNumber(until) };
}

/** The days asked for; without any, twelve months up to and with today. */
function askedWindow(query: ThemeQuery, now: Date): { from: number; until: number } {
  const tomorrow = dayNumber(londonDay(now)) + 1;
  const until = query.until ? dayNumber(query.until) : tomorrow;
  return { from: query.from ? dayNumber(query.from) : yearBefore(until), until };
}

function yearBefore(day: number): number {
  const first = firstDayOfMonth(monthOf(day) - 12);
  return first + Number(dayText(day).slice(8)) - 1;
}

function partsOf(directory: Directory, query: ThemeQuery): { organisation?: string; places: readonly string[] }[] {
  const parts: { organisation?: string; places: readonly string[] }[] = [];
  if (query.place !== undefined) parts.push({ places: [query.place] });
  if (query.organisation !== undefined) {
    const organisation = directory.organisation(query.organisation);
    parts.push({ organisation: query.organisation, places: organisation?.places ?? [] });
  }
  if (query.service !== undefined) {
    const organisation = directory.service(query.service)?.organisation ?? "";
    parts.push({ organisation, places: directory.organisation(organisation)?.places ?? [] });
  }
  return parts;
}
