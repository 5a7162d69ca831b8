import type { Author } from "../../app/domain/issue";
import type { Organisation, Service } from "../../app/domain/organisation";
import { authorIn, type Cast } from "./people-of";
import type { PlannedTheme } from "./plan";
import type { Random } from "./random";
import type { DemoText, DemoTheme } from "./texts";

export interface Makers {
  cast: Cast;
  asOf: Date;
  random: Random;
  newId: (at?: number) => string;
  newReference: () => string;
  replies?: { each: number; characters: number };
}

/** An issue with its two sides chosen, before anything has happened to it. */
export interface PlacedIssue {
  theme: DemoTheme;
  text: DemoText;
  at: Date;
  raisedBy: Author;
  from: Organisation;
  about: Organisation;
  service?: Service;
  /** Organisations of the raiser's kind that the same thing could happen to. */
  neighbours: readonly Organisation[];
  /** Only one practice ever speaks of it. */
  alone: boolean;
}

/** Chooses who raises a theme's next issue about whom: real neighbours, so that Places and trusts fit. */
export function placeIssue(makers: Makers, planned: PlannedTheme, at: Date): PlacedIssue | undefined {
  const { cast, random } = makers;
  const { theme } = planned;
  const text = random.pick(theme.texts);
  const fitting = (text.services ?? theme.services).flatMap((kind) => servicesFor(cast, kind));
  if (fitting.length === 0) return undefined;
  const alone = planned.shape === "single-voice";
  const service = (alone && homeOf(fitting, theme)) || homeService(fitting, theme, random);
  const trust = cast.directory.organisation(service.organisation);
  if (!trust) return undefined;
  const practices = trust.places.flatMap((place) => cast.practices.get(place) ?? []);
  const base = { theme, text, at, alone };
  if (theme.direction === "community-to-acute") return betweenTrusts(makers, base, service, trust);
  if (practices.length === 0) return undefined;
  const practice = base.alone ? firstOf(practices) : skewed(practices, random);
  if (theme.direction === "trust-to-practice") {
    const raisedBy = authorIn(cast, trust.code, at, random, (post) => post.services?.includes(service.id) ?? false);
    return raisedBy && { ...base, raisedBy, from: trust, about: practice, neighbours: [] };
  }
  const raisedBy = authorIn(cast, practice.code, at, random, (post) => post.role !== "practice-manager");
  return raisedBy && { ...base, raisedBy, from: practice, about: trust, service, neighbours: practices };
}

/** A children's hospital is no place for texts about adults: only its kinds that see nobody else. */
function servicesFor(cast: Cast, kind: string): readonly Service[] {
  const services = cast.services.get(kind) ?? [];
  const forChildren = kind === "paediatrics" || kind === "camhs";
  return forChildren ? services : services.filter((service) => service.organisation !== childrensHospital);
}

/** Alder Hey Children's NHS Foundation Trust. */
const childrensHospital = "RBS";

/** A theme lives mostly at one trust and now and then elsewhere. */
function homeService(services: readonly Service[], theme: DemoTheme, random: Random): Service {
  const home = homeOf(services, theme);
  return home && random.chance(theme.planted ? 0.55 : 0.3) ? home : random.pick(services);
}

function homeOf(services: readonly Service[], theme: DemoTheme): Service | undefined {
  return services[hash(theme.theme) % services.length];
}

function betweenTrusts(
  makers: Makers,
  base: Omit<PlacedIssue, "raisedBy" | "from" | "about" | "neighbours">,
  service: Service,
  about: Organisation,
): PlacedIssue | undefined {
  const { cast, random } = makers;
  const neighbours = cast.directory.organisations.filter(
    (each) =>
      each.kind === "trust" &&
      each.standing === "live" &&
      each.code !== about.code &&
      (each.trustKinds?.includes("community") || each.trustKinds?.includes("mental-health")) &&
      each.places.some((place) => about.places.includes(place)),
  );
  if (neighbours.length === 0) return undefined;
  const from = random.pick(neighbours);
  const raisedBy = authorIn(cast, from.code, base.at, random, (post) => post.services !== undefined);
  return raisedBy && { ...base, raisedBy, from, about, service, neighbours };
}

/** Some practices write more than others: the first third of a list twice as often. */
function skewed(practices: readonly Organisation[], random: Random): Organisation {
  return random.weighted(
    practices,
    practices.map((practice) => (hash(practice.code) % 3 === 0 ? 2 : 1)),
  );
}

function firstOf(practices: readonly Organisation[]): Organisation {
  const [first] = [...practices].sort((a, b) => a.code.localeCompare(b.code));
  if (!first) throw new Error("no practice here");
  return first;
}

function hash(text: string): number {
  let value = 2166136261;
  for (const char of text) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 16777619);
  return value >>> 0;
}
