import { categoryGroupOf } from "../../app/domain/category";
import type { Directory } from "../../app/domain/directory";
import { harms } from "../../app/domain/issue";
import type { ThemeQuery } from "../../app/domain/theme-query";
import { type FactTable, none } from "./fact-table";
import type { Raiser } from "./raisers";

/**
 * What of the table one question is about: rights first, then its filters, but for dates. Worked out once: every count
 * of the question goes over these reports and no others.
 */
export interface Sieve {
  /** Issues the asker may know of, inside category and harm. */
  issues: Uint8Array;
  /** Rows of the reports inside, but for their dates. */
  reports: Uint32Array;
}

interface Masks {
  issues: Uint8Array;
  /** Raisers inside the Place; by side, those inside the organisation and service where these speak. */
  raisers: readonly [Uint8Array, Uint8Array, Uint8Array];
  /** By side: organisations and services an issue may be about; absent where that is not narrowed. */
  about: readonly [About, About, About];
}

interface About {
  organisation: number | undefined;
  service: number | undefined;
}

export interface SieveParts {
  table: FactTable;
  directory: Directory;
  raisers: readonly (Raiser | undefined)[];
  /** Audience keys of whoever asks. */
  keys: readonly string[];
}

/**
 * An organisation is at one end of a report: a trust is what practices speak about, and who speaks on the trusts' side;
 * a practice the other way round. So in each ranking organisations cover all and do not overlap.
 */
export function sieveOf({ table, directory, raisers, keys }: SieveParts, query: ThemeQuery): Sieve {
  const issues = issuesInside(table, keys, query);
  const kind = query.organisation && directory.organisation(query.organisation)?.kind;
  const raiserMask = (side: number): Uint8Array => {
    const speaks = side === 0 ? kind === "practice" : side === 1 && kind === "trust";
    const mask = new Uint8Array(raisers.length);
    raisers.forEach((raiser, at) => {
      if (!raiser || (query.place && raiser.place !== query.place)) return;
      if (speaks && raiser.organisation.code !== query.organisation) return;
      if (side === 1 && query.service && raiser.id !== query.service) return;
      mask[at] = 1;
    });
    return mask;
  };
  const aboutOf = (side: number): About => {
    const speaks = side === 0 ? kind === "practice" : side === 1 && kind === "trust";
    return {
      organisation: query.organisation && !speaks ? table.organisations.find(query.organisation) : undefined,
      service: query.service && side !== 1 ? table.services.find(query.service) : undefined,
    };
  };
  const masks: Masks = {
    issues,
    raisers: [raiserMask(0), raiserMask(1), raiserMask(2)],
    about: [aboutOf(0), aboutOf(1), aboutOf(2)],
  };
  return { issues, reports: reportsInside(table, masks) };
}

function reportsInside(table: FactTable, masks: Masks): Uint32Array {
  const inside = new Uint32Array(table.reports);
  let count = 0;
  for (let report = 0; report < table.reports; report++) if (passes(masks, table, report)) inside[count++] = report;
  return inside.subarray(0, count);
}

function passes(sieve: Masks, table: FactTable, report: number): boolean {
  const issue = table.reportIssue[report] ?? none;
  if (issue < 0 || sieve.issues[issue] === 0) return false;
  const side = table.reportSide[report] ?? 2;
  const raisers = sieve.raisers[side];
  const about = sieve.about[side];
  if (!raisers || !about || raisers[table.reportRaiser[report] ?? 0] !== 1) return false;
  if (about.organisation !== undefined && table.about[issue] !== about.organisation) return false;
  return about.service === undefined || table.service[issue] === about.service;
}

function issuesInside(table: FactTable, keys: readonly string[], query: ThemeQuery): Uint8Array {
  const held = new Set(keys);
  const mayKnow = table.audiences.all.map((audience) => audience.split("\n").some((key) => held.has(key)));
  const ofKind = table.categories.all.map(
    (code) => !query.category || code === query.category || categoryGroupOf(code)?.code === query.category,
  );
  const ofHarm = harms.map((harm) => query.harm.length === 0 || query.harm.includes(harm));
  const inside = new Uint8Array(table.issues);
  for (let issue = 0; issue < table.issues; issue++)
    if (mayKnow[table.audience[issue] ?? 0] && ofKind[table.category[issue] ?? 0] && ofHarm[table.harm[issue] ?? 0])
      inside[issue] = 1;
  return inside;
}
