import { type Connection, type Model, mongo, Schema } from "mongoose";
import type { NoteStore } from "../domain/ports";
import { insertUnique } from "./insert-unique";

/** One saved update of a live document. A merged row holds every update up to and including its number. */
interface NoteRow {
  /** `document/seq`: two writers can never both have a number. */
  _id: string;
  v: number;
  document: string;
  seq: number;
  update: mongo.Binary;
  merged: boolean;
}
export type NoteModel = Model<NoteRow>;

const schemaVersion = 1;

export function noteModel(connection: Connection): NoteModel {
  const schema = new Schema(
    { _id: String, v: Number, document: String, seq: Number, update: Schema.Types.Mixed, merged: Boolean },
    { strict: "throw", versionKey: false, autoCreate: false, autoIndex: false },
  );
  schema.index({ document: 1, seq: 1 }, { unique: true });
  return connection.model<NoteRow>("NoteUpdate", schema as unknown as Schema<NoteRow>, "note-updates");
}

/**
 * Updates of live documents. Numbers of a document are taken one after another without a gap, so a row can stand below
 * a merged one only when its number had been merged away before: such a row is taken back and appended again, because
 * the next compaction would delete it unread.
 */
export function noteStore(model: NoteModel): NoteStore {
  return {
    async load(document) {
      const rows = await model
        .find({ document }, { seq: 1, update: 1 })
        .sort({ seq: 1 })
        .lean<Pick<NoteRow, "_id" | "seq" | "update">[]>();
      return rows.map(({ seq, update }) => ({ seq, update: bytesOf(update) }));
    },

    async append(document, update) {
      for (let attempt = 0; attempt < 100; attempt++) {
        const seq = (await newest(model, document)) + 1;
        if (await insertUnique(model, row(document, seq, update, false))) continue;
        if (!(await model.exists({ document, seq: { $gt: seq }, merged: true }))) return seq;
        await model.deleteOne({ _id: idOf(document, seq), merged: false });
      }
      throw new Error("a live document found no free number in a hundred tries");
    },

    async compact(document, seq, merged) {
      await model.replaceOne({ _id: idOf(document, seq) }, row(document, seq, merged, true), { upsert: true });
      await model.deleteMany({ document, seq: { $lt: seq } });
    },
  };
}

async function newest(model: NoteModel, document: string): Promise<number> {
  const found = await model.findOne({ document }, { seq: 1 }).sort({ seq: -1 }).lean<Pick<NoteRow, "seq">>();
  return found?.seq ?? 0;
}

function row(document: string, seq: number, update: Uint8Array, merged: boolean): NoteRow {
  return { _id: idOf(document, seq), v: schemaVersion, document, seq, update: new mongo.Binary(update), merged };
}

function idOf(document: string, seq: number): string {
  return `${document}/${seq}`;
}

/** A copy: the driver's buffer belongs to the whole reply. */
function bytesOf(update: mongo.Binary): Uint8Array {
  return new Uint8Array(update.value());
}
