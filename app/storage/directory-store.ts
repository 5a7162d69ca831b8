import { type Connection, type Model, Schema } from "mongoose";
import { z } from "zod";
import type { DirectoryFacts } from "../domain/directory";
import {
  type Holding,
  holdingSchema,
  organisationSchema,
  type Person,
  personSchema,
  placeSchema,
  postSchema,
  serviceSchema,
} from "../domain/organisation";

/** One record of the directory: which list it is in, its key there, and the record as the domain knows it. */
interface DirectoryDocument {
  /** `organisations/RBL` */
  _id: string;
  v: number;
  kind: keyof DirectoryFacts;
  /** Its place in the list: order is kept. */
  position: number;
  record: unknown;
}
export type DirectoryModel = Model<DirectoryDocument>;

export interface DirectoryStore {
  isEmpty(): Promise<boolean>;
  load(): Promise<DirectoryFacts>;
  /** Makes the directory exactly this. Stopped half way, running it again finishes it. */
  replaceAll(facts: DirectoryFacts): Promise<void>;
  /** Adds these or brings them up to date; takes nothing away. */
  putPeople(people: readonly Person[], holdings: readonly Holding[]): Promise<void>;
}

const schemaVersion = 1;
/** A directory comes from files and scripts, so what is read is checked. */
const factsSchema = z.object({
  places: z.array(placeSchema),
  organisations: z.array(organisationSchema),
  services: z.array(serviceSchema),
  posts: z.array(postSchema),
  people: z.array(personSchema),
  holdings: z.array(holdingSchema),
});
/** In the order in which they lean on each other. */
const kinds = ["places", "organisations", "services", "posts", "people", "holdings"] as const;

export function directoryModel(connection: Connection): DirectoryModel {
  const schema = new Schema(
    { _id: String, v: Number, kind: String, position: Number, record: Schema.Types.Mixed },
    { strict: "throw", versionKey: false, minimize: false, autoCreate: false, autoIndex: false },
  );
  schema.index({ kind: 1, position: 1 });
  return connection.model<DirectoryDocument>(
    "DirectoryRecord",
    schema as unknown as Schema<DirectoryDocument>,
    "directory",
  );
}

export function directoryStore(model: DirectoryModel): DirectoryStore {
  return {
    async isEmpty() {
      return (await model.exists({ kind: "organisations" })) === null;
    },

    async load() {
      const lists = await Promise.all(
        kinds.map(async (kind) => {
          const found = await model.find({ kind }).sort({ position: 1 }).lean<DirectoryDocument[]>();
          return [kind, found.map((each) => each.record)] as const;
        }),
      );
      return factsSchema.parse(Object.fromEntries(lists));
    },

    async replaceAll(facts) {
      const wanted = kinds.flatMap((kind) => documentsOf(kind, facts[kind]));
      await put(model, wanted);
      const keep = new Set(wanted.map((each) => each._id));
      const stored = await model.find({}, { _id: 1 }).lean<{ _id: string }[]>();
      const gone = stored.map((each) => each._id).filter((id) => !keep.has(id));
      if (gone.length > 0) await model.deleteMany({ _id: { $in: gone } });
    },

    async putPeople(people, holdings) {
      const position = (await model.countDocuments({ kind: { $in: ["people", "holdings"] } })) + 1;
      await put(model, documentsOf("people", people, position));
      await put(model, documentsOf("holdings", holdings, position + people.length));
    },
  };
}

/** In batches, so that no one command grows with the directory. */
async function put(model: DirectoryModel, documents: readonly DirectoryDocument[]): Promise<void> {
  for (let start = 0; start < documents.length; start += 500) {
    await model.bulkWrite(
      documents.slice(start, start + 500).map((document) => ({
        replaceOne: { filter: { _id: document._id }, replacement: document, upsert: true },
      })),
    );
  }
}

function documentsOf<K extends keyof DirectoryFacts>(
  kind: K,
  records: DirectoryFacts[K],
  from = 0,
): DirectoryDocument[] {
  return records.map((record, index) => ({
    _id: `${kind}/${keyOf(record)}`,
    v: schemaVersion,
    kind,
    position: from + index,
    record,
  }));
}

function keyOf(record: DirectoryFacts[keyof DirectoryFacts][number]): string {
  if ("person" in record) return `${record.post}/${record.person}/${record.from}`;
  return "id" in record ? record.id : record.code;
}
