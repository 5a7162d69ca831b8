import { type Connection, type Model, type mongo, Schema } from "mongoose";
import type { CorpusStore } from "../domain/ports";
import { binary, floatsOf, integersOf } from "./number-bytes";

interface CorpusDocument {
  _id: string;
  v: number;
  version: string;
  documents: number;
  averageWords: number;
  features: mongo.Binary;
  counts: mongo.Binary;
  meanSentence: mongo.Binary;
}
export type CorpusModel = Model<CorpusDocument>;

const schemaVersion = 1;
/** There is one. */
const theOne = "issues";

export function corpusModel(connection: Connection): CorpusModel {
  const bytes = Schema.Types.Mixed;
  const schema = new Schema(
    {
      _id: String,
      v: Number,
      version: String,
      documents: Number,
      averageWords: Number,
      features: bytes,
      counts: bytes,
      meanSentence: bytes,
    },
    { strict: "throw", versionKey: false, autoCreate: false, autoIndex: false },
  );
  return connection.model<CorpusDocument>("Corpus", schema as unknown as Schema<CorpusDocument>, "corpus");
}

export function corpusStore(model: CorpusModel): CorpusStore {
  return {
    async read() {
      const found = await model.findById(theOne).lean<CorpusDocument>();
      if (!found) return null;
      const { version, documents, averageWords, features, counts, meanSentence } = found;
      return {
        version,
        documents,
        averageWords,
        features: integersOf(features),
        counts: integersOf(counts),
        meanSentence: floatsOf(meanSentence),
      };
    },
    async replace({ version, documents, averageWords, features, counts, meanSentence }) {
      const numbers = { features: binary(features), counts: binary(counts), meanSentence: binary(meanSentence) };
      await model.replaceOne(
        { _id: theOne },
        { v: schemaVersion, version, documents, averageWords, ...numbers },
        { upsert: true },
      );
    },
  };
}
