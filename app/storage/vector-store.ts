import { type Connection, type Model, type mongo, Schema } from "mongoose";
import type { StoredVector, VectorStore } from "../domain/ports";
import { binary, floatsOf, integersOf } from "./number-bytes";

interface VectorDocument {
  /** The issue's id. */
  _id: string;
  v: number;
  textHash: string;
  encoder: string;
  /** Float32, little endian. */
  sentence: mongo.Binary;
  /** Uint32, little endian. */
  features: mongo.Binary;
  /** A byte for each feature. */
  times: mongo.Binary;
}
export type VectorModel = Model<VectorDocument>;

const schemaVersion = 2;

export function vectorModel(connection: Connection): VectorModel {
  const bytes = Schema.Types.Mixed;
  const schema = new Schema(
    { _id: String, v: Number, textHash: String, encoder: String, sentence: bytes, features: bytes, times: bytes },
    { strict: "throw", versionKey: false, autoCreate: false, autoIndex: false },
  );
  schema.index({ encoder: 1, _id: 1 });
  return connection.model<VectorDocument>("IssueVector", schema as unknown as Schema<VectorDocument>, "issue-vectors");
}

export function vectorStore(model: VectorModel): VectorStore {
  return {
    async put({ issue, textHash, encoder, sentence, words }) {
      const bytes = { sentence: binary(sentence), features: binary(words.features), times: binary(words.times) };
      await model.replaceOne({ _id: issue }, { v: schemaVersion, textHash, encoder, ...bytes }, { upsert: true });
    },
    async ofIssues(ids) {
      const found = await model.find({ _id: { $in: [...ids] }, v: schemaVersion }).lean<VectorDocument[]>();
      return found.map(vectorFrom);
    },
    async madeBy(encoder, after, limit) {
      const found = await model
        .find({ encoder, _id: { $gt: after } }, { _id: 1 })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<Pick<VectorDocument, "_id">[]>();
      return found.map((each) => each._id);
    },
    async *everyVector(batch) {
      let after = "";
      for (;;) {
        const found = await model
          .find({ _id: { $gt: after } })
          .sort({ _id: 1 })
          .limit(batch)
          .lean<VectorDocument[]>();
        const last = found.at(-1);
        if (!last) return;
        after = last._id;
        // Vectors of the first layout are made again when their issue is next indexed.
        yield found.filter((each) => each.v === schemaVersion).map(vectorFrom);
      }
    },
  };
}

function vectorFrom({ _id, textHash, encoder, sentence, features, times }: VectorDocument): StoredVector {
  return {
    issue: _id,
    textHash,
    encoder,
    sentence: floatsOf(sentence),
    words: { features: integersOf(features), times: new Uint8Array(times.value()) },
  };
}
