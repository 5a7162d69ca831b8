import { type Connection, type Model, mongo, Schema } from "mongoose";
import type { StoredVector, VectorStore } from "../domain/ports";

interface VectorDocument {
  /** The issue's id. */
  _id: string;
  v: number;
  textHash: string;
  encoder: string;
  /** Float32, little endian. */
  values: mongo.Binary;
}
export type VectorModel = Model<VectorDocument>;

const schemaVersion = 1;

export function vectorModel(connection: Connection): VectorModel {
  const schema = new Schema(
    { _id: String, v: Number, textHash: String, encoder: String, values: Schema.Types.Mixed },
    { strict: "throw", versionKey: false, autoCreate: false, autoIndex: false },
  );
  return connection.model<VectorDocument>("IssueVector", schema as unknown as Schema<VectorDocument>, "issue-vectors");
}

export function vectorStore(model: VectorModel): VectorStore {
  return {
    async put(vector) {
      const { issue, textHash, encoder, values } = vector;
      const bytes = new Uint8Array(values.buffer.slice(values.byteOffset, values.byteOffset + values.byteLength));
      await model.updateOne(
        { _id: issue },
        { $set: { v: schemaVersion, textHash, encoder, values: new mongo.Binary(bytes) } },
        { upsert: true },
      );
    },
    async ofIssues(ids) {
      const found = await model.find({ _id: { $in: [...ids] } }).lean<VectorDocument[]>();
      return found.map(vectorFrom);
    },
  };
}

function vectorFrom({ _id, textHash, encoder, values }: VectorDocument): StoredVector {
  // A copy, because a Float32Array must begin at a multiple of four bytes.
  return { issue: _id, textHash, encoder, values: new Float32Array(new Uint8Array(values.value()).buffer) };
}
