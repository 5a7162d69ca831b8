import type { ThemeMember } from "../domain/theme";
import { type MemberDocument, type ThemeModels, themeSchemaVersion } from "./theme-documents";

const batchSize = 500;

/** Every member in the order of issue ids. */
export async function* everyDocument({ members }: ThemeModels, size: number): AsyncIterable<MemberDocument[]> {
  let after = "";
  for (;;) {
    const found: MemberDocument[] = await members
      .find({ _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(size)
      .lean<MemberDocument[]>();
    const last = found.at(-1);
    if (!last) return;
    yield found;
    after = last._id;
  }
}

/** Writes these members, each under a revision of its own; what is not said of a member stays as it was. */
export async function putMembers(
  models: ThemeModels,
  all: readonly (ThemeMember & { group?: string })[],
): Promise<void> {
  for (let from = 0; from < all.length; from += batchSize) {
    const batch = all.slice(from, from + batchSize);
    const last = (await raise(models, { members: batch.length })).members;
    await models.members.bulkWrite(
      batch.map(({ issue, ...member }, at) => {
        const gone = (["theme", "foundIn"] as const).filter((field) => member[field] === undefined);
        const set = { ...member, v: themeSchemaVersion, revision: last - batch.length + at + 1 };
        return {
          updateOne: {
            filter: { _id: issue },
            update: {
              $set: Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined)),
              ...(gone.length > 0 ? { $unset: Object.fromEntries(gone.map((field) => [field, 1 as const])) } : {}),
            },
            upsert: true,
          },
        };
      }),
      { ordered: false },
    );
  }
}

/** Raises the revision and gives what it is now. */
export async function raise(
  { revisions }: Pick<ThemeModels, "revisions">,
  by: { themes?: number; members?: number },
): Promise<{ themes: number; members: number }> {
  const update = { $inc: { themes: by.themes ?? 0, members: by.members ?? 0 }, $set: { v: themeSchemaVersion } };
  const found = await revisions
    .findOneAndUpdate({ _id: "revision" }, update, { upsert: true, returnDocument: "after" })
    .lean();
  if (!found) throw new Error("the revision of themes was not written");
  return found;
}
