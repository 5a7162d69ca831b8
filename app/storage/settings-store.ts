import { type Connection, type Model, Schema } from "mongoose";
import type { LikenessThresholds, SettingsStore } from "../domain/ports";

interface SettingDocument {
  /** What it settles. */
  _id: string;
  v: number;
  likeness: LikenessThresholds;
}
export type SettingModel = Model<SettingDocument>;

const schemaVersion = 1;
const likeness = "likeness";

export function settingModel(connection: Connection): SettingModel {
  const schema = new Schema(
    { _id: String, v: Number, likeness: Schema.Types.Mixed },
    { strict: "throw", versionKey: false, autoCreate: false, autoIndex: false },
  );
  return connection.model<SettingDocument>("Setting", schema as unknown as Schema<SettingDocument>, "settings");
}

export function settingsStore(model: SettingModel): SettingsStore {
  return {
    async likeness() {
      const found = await model.findById(likeness).lean<SettingDocument>();
      return found?.likeness ?? null;
    },
    async acceptLikeness(thresholds) {
      await model.updateOne({ _id: likeness }, { $set: { v: schemaVersion, likeness: thresholds } }, { upsert: true });
    },
  };
}
