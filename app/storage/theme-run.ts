import type { ThemeRunRecord } from "../domain/theme-ports";
import { binary } from "./number-bytes";
import { type MemberDocument, meanId, type ThemeModels, themeSchemaVersion } from "./theme-documents";
import { putMembers, raise } from "./theme-members";

const batchSize = 500;

/**
 * Saves an analysis: middles and themes first, so that no member names a theme that is not there; then members, only
 * those that changed; then what was not found again is marked gone. Each step may be done twice, so that a save that
 * was cut off is finished by saving again.
 */
export async function saveRun(models: ThemeModels, run: ThemeRunRecord): Promise<void> {
  await saveCentroids(models, run);
  await saveThemes(models, run);
  const groupOf = new Map(run.themes.map(({ id, group }) => [id, group]));
  for (let from = 0; from < run.members.length; from += batchSize)
    await saveMembers(models, run, run.members.slice(from, from + batchSize), groupOf);
  // A theme that people put issues in is there, whether or not it was found.
  const held = run.members.flatMap(({ theme, foundIn = theme, by }) =>
    theme && (by === "person" || foundIn !== theme) ? [theme] : [],
  );
  const found = [...new Set([...[...run.themes, ...run.groups].map(({ id }) => id), ...held])];
  await models.themes.updateMany({ _id: { $nin: found }, gone: false }, { $set: { gone: true } });
  await models.runs.replaceOne(
    { _id: run.id },
    {
      v: themeSchemaVersion,
      startedAt: run.startedAt,
      finishedAt: run.finishedAt,
      issues: run.members.length,
      themes: run.themes.length,
      encoder: run.encoder,
    },
    { upsert: true },
  );
  await raise(models, { themes: 1 });
}

async function saveCentroids({ centroids }: ThemeModels, run: ThemeRunRecord): Promise<void> {
  const all = [{ id: meanId, centroid: run.mean, edge: 0 }, ...run.themes];
  await centroids.bulkWrite(
    all.map(({ id, centroid, edge }) => ({
      replaceOne: {
        filter: { _id: id },
        replacement: { v: themeSchemaVersion, encoder: run.encoder, centroid: binary(centroid), edge },
        upsert: true,
      },
    })),
    { ordered: false },
  );
}

/** What was found, and nothing of what people decided. A label that changed is remembered as a former name. */
async function saveThemes({ themes }: ThemeModels, run: ThemeRunRecord): Promise<void> {
  const known = await themes.find({}, { label: 1, name: 1 }).lean<{ _id: string; label: string; name?: string }[]>();
  const labels = new Map(known.map(({ _id, label, name }) => [_id, { label, name }]));
  const one = (id: string, level: "theme" | "group", found: object, label: string) => {
    const before = labels.get(id);
    const renamed = level === "theme" && before && before.label !== label && before.name === undefined;
    const lists = level === "theme" && !before ? { formerNames: [], version: 1 } : {};
    return {
      updateOne: {
        filter: { _id: id },
        update: {
          $set: { ...found, label, v: themeSchemaVersion, level, lastFoundAt: run.finishedAt, gone: false },
          $setOnInsert: { foundAt: run.finishedAt, ...lists },
          ...(renamed ? { $push: { formerNames: { name: before.label, until: run.finishedAt } } } : {}),
        },
        upsert: true,
      },
    };
  };
  const writes = [
    ...run.themes.map(({ id, group, label, words, region }) =>
      one(id, "theme", { group, words: [...words], region }, label),
    ),
    ...run.groups.map(({ id, label }) => one(id, "group", {}, label)),
  ];
  if (writes.length > 0) await themes.bulkWrite(writes, { ordered: false });
}

async function saveMembers(
  models: ThemeModels,
  run: ThemeRunRecord,
  batch: ThemeRunRecord["members"],
  groupOf: ReadonlyMap<string, string>,
): Promise<void> {
  const ids = batch.map(({ issue }) => issue);
  const stored = await models.members.find({ _id: { $in: ids } }).lean<MemberDocument[]>();
  const known = new Map(stored.map((each) => [each._id, each]));
  const changed = batch.flatMap((member) => {
    const before = known.get(member.issue);
    const { issue, closeness, x, y } = member;
    const foundIn = member.foundIn ?? (member.by === "person" ? undefined : member.theme);
    const isMoved = before?.by === "person" && member.by === undefined;
    const theme = isMoved ? before.theme : member.theme;
    const by = isMoved ? "person" : (member.by ?? "analysis");
    const group = foundIn ? groupOf.get(foundIn) : undefined;
    const after = { theme, foundIn, group, closeness, x, y, by } as const;
    return before && isSame(before, after) ? [] : [{ issue, ...after, at: run.finishedAt }];
  });
  await putMembers(models, changed);
}

function isSame(before: MemberDocument, after: Partial<MemberDocument>): boolean {
  const fields = ["theme", "foundIn", "group", "closeness", "x", "y", "by"] as const;
  return fields.every((field) => before[field] === after[field]);
}
