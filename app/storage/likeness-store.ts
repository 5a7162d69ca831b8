import { type Connection, type Model, Schema } from "mongoose";
import type { Judgement } from "../domain/likeness";
import type { LikenessStore } from "../domain/ports";

interface JudgementDocument extends Omit<Judgement, "issues" | "decides"> {
  /** The pair and the person: one judgement each. */
  _id: string;
  v: number;
  issues: string[];
  decides: string[];
}
export type LikenessModel = Model<JudgementDocument>;

const schemaVersion = 1;
/** Of one issue; more than anybody puts aside by hand. */
const countingAtMost = 500;

export function likenessModel(connection: Connection): LikenessModel {
  const record = Schema.Types.Mixed;
  const schema = new Schema(
    {
      _id: String,
      v: Number,
      issues: [String],
      by: record,
      verdict: String,
      shown: record,
      decides: [String],
      at: Date,
    },
    { strict: "throw", versionKey: false, autoCreate: false, autoIndex: false },
  );
  schema.index({ issues: 1, at: -1 });
  return connection.model<JudgementDocument>("Judgement", schema as unknown as Schema<JudgementDocument>, "judgements");
}

export function likenessStore(model: LikenessModel): LikenessStore {
  return {
    async put(judgement) {
      const { _id, ...fields } = documentOf(judgement);
      const gone = judgement.shown ? {} : { $unset: { shown: 1 } };
      await model.updateOne({ _id }, { $set: fields, ...gone }, { upsert: true });
    },
    async withdraw(pair, person) {
      await model.deleteOne({ _id: keyOf(pair, person) });
    },
    async countingOn(issue, person) {
      const found = await model
        .find({ issues: issue, $or: [{ "by.person": person }, { decides: issue }] })
        .sort({ at: -1 })
        .limit(countingAtMost)
        .lean<JudgementDocument[]>();
      return found.map(judgementFrom);
    },
    async *every(batchSize) {
      let after = "";
      for (;;) {
        const found: JudgementDocument[] = await model
          .find({ _id: { $gt: after } })
          .sort({ _id: 1 })
          .limit(batchSize)
          .lean<JudgementDocument[]>();
        const last = found.at(-1);
        if (!last) return;
        yield found.map(judgementFrom);
        after = last._id;
      }
    },
  };
}

function keyOf([one, two]: Judgement["issues"], person: string): string {
  return `${one}|${two}|${person}`;
}

function documentOf({ issues, decides, ...fields }: Judgement): JudgementDocument {
  return {
    _id: keyOf(issues, fields.by.person),
    v: schemaVersion,
    ...fields,
    issues: [...issues],
    decides: [...decides],
  };
}

function judgementFrom({ _id, v, issues, ...fields }: JudgementDocument): Judgement {
  const [one = "", two = ""] = issues;
  return { ...fields, issues: [one, two] };
}
