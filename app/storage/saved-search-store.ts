import { type Connection, type Model, Schema } from "mongoose";
import { mostSavedSearches, type SavedSearch, type SavedSearchStore, type StoredSearch } from "../domain/find-ports";
import { readFindQuery, writeFindQuery } from "../domain/find-query";
import { insertUnique } from "./insert-unique";

interface SearchDocument {
  _id: string;
  v: number;
  person: string;
  name: string;
  /** As it stands in the URL. */
  query: string;
  tells: boolean;
  savedAt: Date;
  /** Issues it found when it was saved. Absent: too many to keep. */
  known?: string[];
}
export type SavedSearchModel = Model<SearchDocument>;

const schemaVersion = 1;
const projection = { v: 0, known: 0 } as const;
type StoredDocument = Omit<SearchDocument, keyof typeof projection>;

export function savedSearchModel(connection: Connection): SavedSearchModel {
  const schema = new Schema(
    {
      _id: String,
      v: Number,
      person: String,
      name: String,
      query: String,
      tells: Boolean,
      savedAt: Date,
      known: { type: [String], default: undefined },
    },
    { strict: "throw", versionKey: false, autoCreate: false, autoIndex: false },
  );
  schema.index({ person: 1, savedAt: -1, _id: -1 });
  schema.index({ tells: 1, _id: 1 });
  return connection.model<SearchDocument>("SavedSearch", schema as unknown as Schema<SearchDocument>, "saved-searches");
}

export function savedSearchStore(model: SavedSearchModel): SavedSearchStore {
  return {
    async list(person) {
      const found = await model.find({ person }, projection).sort({ savedAt: -1, _id: -1 }).lean<StoredDocument[]>();
      return found.map(searchFrom);
    },

    async put(search) {
      const document = documentOf(search);
      const { _id, person, known, ...fields } = document;
      const change = { $set: { ...fields, ...(known ? { known } : {}) }, ...(known ? {} : { $unset: { known: 1 } }) };
      const changed = await model.updateOne({ _id, person }, change);
      if (changed.matchedCount === 1) return "saved";
      // Two forms sent at once can keep one too many, which harms nobody.
      const kept = await model.find({ person }, { _id: 1 }).limit(mostSavedSearches).lean();
      if (kept.length >= mostSavedSearches) return "too-many";
      await insertUnique(model, document);
      return "saved";
    },

    async remove(person, id) {
      return (await model.deleteOne({ _id: id, person })).deletedCount === 1;
    },

    async *telling(batchSize) {
      let after = "";
      for (;;) {
        const found: StoredDocument[] = await model
          .find({ tells: true, _id: { $gt: after } }, projection)
          .sort({ _id: 1 })
          .limit(batchSize)
          .lean<StoredDocument[]>();
        const last = found.at(-1);
        if (!last) return;
        yield found.map((each) => ({ ...searchFrom(each), person: each.person }));
        after = last._id;
      }
    },

    async knewOf(id, issues) {
      const search = await model.findOne({ _id: id }).lean<SearchDocument>();
      if (!search) return issues.map((issue) => issue.id);
      const { known, savedAt } = search;
      return issues
        .filter((issue) => (known ? known.includes(issue.id) : issue.raisedAt < savedAt))
        .map((issue) => issue.id);
    },
  };
}

function documentOf({ id, query, known, ...fields }: StoredSearch): SearchDocument {
  return {
    _id: id,
    v: schemaVersion,
    ...fields,
    query: writeFindQuery(query).toString(),
    ...(known === "too-many" ? {} : { known: [...known] }),
  };
}

function searchFrom({ _id, name, query, tells, savedAt }: StoredDocument): SavedSearch {
  return { id: _id, name, query: readFindQuery(new URLSearchParams(query)), tells, savedAt };
}
