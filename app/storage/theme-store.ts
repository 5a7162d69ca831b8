import type { Theme, ThemeGroup, ThemeMember } from "../domain/theme";
import type { ThemeCentroids, ThemeRun, ThemeStore } from "../domain/theme-ports";
import { binary, floatsOf } from "./number-bytes";
import {
  type GroupDocument,
  type MemberDocument,
  meanId,
  type RunDocument,
  type ThemeDocument,
  type ThemeModels,
  themeSchemaVersion,
} from "./theme-documents";
import { everyDocument, putMembers, raise } from "./theme-members";
import { saveRun } from "./theme-run";

/** A run that says nothing for so long has ended without saying so. */
const silentRunMs = 30 * 60_000;
const batchSize = 500;

export function themeStore(models: ThemeModels, now: () => Date): ThemeStore {
  const { themes, members, runs, centroids, revisions } = models;
  return {
    async putRun({ id, ...run }) {
      await runs.replaceOne({ _id: id }, { v: themeSchemaVersion, ...run }, { upsert: true });
    },
    async latestRun() {
      const found = await runs
        .findOne({ finishedAt: { $exists: true }, failed: { $exists: false } })
        .sort({ finishedAt: -1 })
        .lean<RunDocument>();
      return found ? runFrom(found) : null;
    },
    async runningRun() {
      const since = new Date(now().getTime() - silentRunMs);
      const found = await runs
        .findOne({ finishedAt: { $exists: false }, failed: { $exists: false }, startedAt: { $gt: since } })
        .sort({ _id: -1 })
        .lean<RunDocument>();
      return found ? runFrom(found) : null;
    },
    saveRun: (run) => saveRun(models, run),

    async earlier() {
      const regions = new Map<string, { x: number; y: number }>();
      for (const { _id, region } of await themes.find({ level: "theme", gone: false }).lean<ThemeDocument[]>())
        regions.set(_id, { x: region.x, y: region.y });
      const found = { themeOf: new Map(), groupOf: new Map(), regions, spots: new Map() };
      for await (const batch of everyDocument(models, batchSize * 4))
        for (const { _id, theme, foundIn, by, group, x, y } of batch) {
          const analysed = foundIn ?? (by === "person" ? undefined : theme);
          if (analysed) found.themeOf.set(_id, analysed);
          if (group) found.groupOf.set(_id, group);
          found.spots.set(_id, { x, y });
        }
      return found.spots.size > 0 ? found : null;
    },

    async themes() {
      return (await themes.find({ level: "theme" }).sort({ _id: 1 }).lean<ThemeDocument[]>()).map(themeFrom);
    },
    async theme(id) {
      const found = await themes.findOne({ _id: id, level: "theme" }).lean<ThemeDocument>();
      return found ? themeFrom(found) : null;
    },
    async groups() {
      return (await themes.find({ level: "group" }).sort({ _id: 1 }).lean<GroupDocument[]>()).map(groupFrom);
    },
    async insertTheme({ id, ...theme }, middle) {
      const document = { v: themeSchemaVersion, level: "theme", ...theme };
      await themes.updateOne({ _id: id }, { $setOnInsert: document }, { upsert: true });
      if (middle) {
        const { centroid, edge, encoder } = middle;
        const bytes = { v: themeSchemaVersion, encoder, centroid: binary(centroid), edge };
        await centroids.replaceOne({ _id: id }, bytes, { upsert: true });
      }
      await raise(models, { themes: 1 });
    },
    async saveWishes(id, version, { set, unset = [] }) {
      const result = await themes.updateOne(
        { _id: id, level: "theme", version },
        {
          $set: Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined)),
          ...(unset.length > 0 ? { $unset: Object.fromEntries(unset.map((field) => [field, 1])) } : {}),
          $inc: { version: 1 },
        },
      );
      if (result.modifiedCount === 1) await raise(models, { themes: 1 });
      return result.modifiedCount === 1;
    },

    async memberOf(issue) {
      const found = await members.findOne({ _id: issue }).lean<MemberDocument>();
      return found ? memberFrom(found) : null;
    },
    async membersOf(issues) {
      return (await members.find({ _id: { $in: [...issues] } }).lean<MemberDocument[]>()).map(memberFrom);
    },
    async *everyMember(size) {
      for await (const batch of everyDocument(models, size)) yield batch.map(memberFrom);
    },
    async issuesOf(theme) {
      const found = await members.find({ theme }, { _id: 1 }).sort({ _id: 1 }).lean();
      return found.map(({ _id }) => _id);
    },
    putMember: (member) => putMembers(models, [member]),
    putMembers: (all) => putMembers(models, all),
    async membersSince(revision, limit) {
      const found = await members
        .find({ revision: { $gt: revision } })
        .sort({ revision: 1 })
        .limit(limit)
        .lean<MemberDocument[]>();
      return found.map((each) => ({ member: memberFrom(each), revision: each.revision }));
    },

    async centroids() {
      const mean = await centroids.findOne({ _id: meanId }).lean();
      if (!mean) return null;
      const known = await themes
        .find({ level: "theme", dismissed: { $exists: false } }, { region: 1, mergedInto: 1 })
        .lean<Pick<ThemeDocument, "_id" | "region" | "mergedInto">[]>();
      const open = new Map(known.map((theme) => [theme._id, theme]));
      const found = await centroids.find({ _id: { $ne: meanId }, encoder: mean.encoder }).lean();
      return {
        encoder: mean.encoder,
        mean: floatsOf(mean.centroid),
        themes: found.flatMap(({ _id, centroid, edge }): ThemeCentroids["themes"] => {
          // What is like a theme that was taken in belongs to the one that holds it now.
          const region = open.get(_id)?.region;
          const holds = lastOf(open, _id);
          return region && holds ? [{ id: holds, centroid: floatsOf(centroid), edge, region }] : [];
        }),
      };
    },
    async revision() {
      const found = await revisions.findOne({ _id: "revision" }).lean();
      return { themes: found?.themes ?? 0, members: found?.members ?? 0 };
    },
  };
}

/** The theme that holds what is in this one. Undefined where that was dismissed. */
function lastOf(open: ReadonlyMap<string, Pick<ThemeDocument, "mergedInto">>, id: string): string | undefined {
  const seen = new Set<string>();
  let last = id;
  for (
    let next = open.get(last)?.mergedInto;
    next !== undefined && !seen.has(next);
    next = open.get(last)?.mergedInto
  ) {
    seen.add(next);
    last = next;
  }
  return open.has(last) ? last : undefined;
}

function themeFrom({ _id, v, level, ...fields }: ThemeDocument): Theme {
  return { id: _id, ...fields };
}

function groupFrom({ _id, label, foundAt, lastFoundAt, gone }: GroupDocument): ThemeGroup {
  return { id: _id, label, foundAt, lastFoundAt, gone };
}

function memberFrom({ _id, v, group, revision, ...fields }: MemberDocument): ThemeMember {
  return { issue: _id, ...fields };
}

function runFrom({ _id, v, ...fields }: RunDocument): ThemeRun {
  return { id: _id, ...fields };
}
