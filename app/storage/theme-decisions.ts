import { type Connection, type Model, Schema } from "mongoose";
import type { ThemeDecision } from "../domain/theme-decision";
import type { ThemeDecisionStore } from "../domain/theme-ports";
import { insertUnique } from "./insert-unique";

type DecisionDocument = ThemeDecision & {
  /** The theme and its version: one decision each. */
  _id: string;
  v: number;
};
export type ThemeDecisionModel = Model<DecisionDocument>;

const schemaVersion = 1;

export function themeDecisionModel(connection: Connection): ThemeDecisionModel {
  const record = Schema.Types.Mixed;
  const schema = new Schema(
    {
      ...{ _id: String, v: Number, kind: String, theme: String, themeName: String, version: Number },
      ...{ by: record, at: Date, name: String, description: String, why: String },
      ...{ into: String, intoName: String, issue: String, of: Number },
    },
    { strict: "throw", versionKey: false, autoCreate: false, autoIndex: false },
  );
  return connection.model<DecisionDocument>(
    "ThemeDecision",
    schema as unknown as Schema<DecisionDocument>,
    "theme-decisions",
  );
}

/** Decisions are added and never changed. There are as many as people made by hand: they are read all at once. */
export function themeDecisionStore(model: ThemeDecisionModel): ThemeDecisionStore {
  return {
    async append(decision) {
      const _id = `${decision.theme} ${decision.version}`;
      return (await insertUnique(model, { _id, v: schemaVersion, ...decision })) === undefined;
    },
    async all() {
      const found = await model.find().sort({ at: 1, _id: 1 }).lean<DecisionDocument[]>();
      return found.map(({ _id, v, ...decision }) => decision);
    },
  };
}
