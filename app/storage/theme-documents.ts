import { type Connection, type Model, type mongo, Schema } from "mongoose";
import type { Theme, ThemeGroup, ThemeMember } from "../domain/theme";
import type { ThemeRun } from "../domain/theme-ports";

/** Themes and groups share a collection: both keep an identity from one analysis to the next. */
export type ThemeDocument = Omit<Theme, "id"> & { _id: string; v: number; level: "theme" };
export type GroupDocument = Omit<ThemeGroup, "id"> & { _id: string; v: number; level: "group" };
export type MemberDocument = Omit<ThemeMember, "issue"> & {
  /** The issue's id. */
  _id: string;
  v: number;
  group?: string;
  /** Rises with every write of any member: what changed since is read by it. */
  revision: number;
};
export type RunDocument = Omit<ThemeRun, "id"> & { _id: string; v: number };
/** The middle of a theme; under `meanId` what all texts have in common. */
export interface CentroidDocument {
  _id: string;
  v: number;
  encoder: string;
  /** Float32, little endian. */
  centroid: mongo.Binary;
  edge: number;
}
export interface RevisionDocument {
  _id: string;
  v: number;
  themes: number;
  members: number;
}

export const themeSchemaVersion = 1;
export const meanId = "mean";

export interface ThemeModels {
  themes: Model<ThemeDocument | GroupDocument>;
  members: Model<MemberDocument>;
  runs: Model<RunDocument>;
  centroids: Model<CentroidDocument>;
  revisions: Model<RevisionDocument>;
}

const options = { strict: "throw", versionKey: false, minimize: false, autoCreate: false, autoIndex: false } as const;
const record = Schema.Types.Mixed;

export function themeModels(connection: Connection): ThemeModels {
  const themes = new Schema(
    {
      ...{ _id: String, v: Number, version: Number, level: String, group: String, label: String, words: [record] },
      ...{ region: record, foundAt: Date, lastFoundAt: Date, gone: Boolean },
      ...{ name: String, description: String, confirmed: record, pinned: record, dismissed: record },
      ...{ mergedInto: String, formerNames: [record] },
    },
    options,
  );
  const members = new Schema(
    {
      ...{ _id: String, v: Number, theme: String, group: String, foundIn: String, closeness: Number },
      ...{ by: String, at: Date, x: Number, y: Number, revision: Number },
    },
    options,
  );
  members.index({ theme: 1, _id: 1 });
  members.index({ revision: 1 });
  const runs = new Schema(
    {
      ...{ _id: String, v: Number, startedAt: Date, finishedAt: Date, failed: String, issues: Number, themes: Number },
      ...{ encoder: String, progress: record },
    },
    options,
  );
  runs.index({ finishedAt: -1 });
  const centroids = new Schema({ _id: String, v: Number, encoder: String, centroid: record, edge: Number }, options);
  const revisions = new Schema({ _id: String, v: Number, themes: Number, members: Number }, options);
  const model = <T>(name: string, schema: Schema, collection: string) =>
    connection.model<T>(name, schema as unknown as Schema<T>, collection);
  return {
    themes: model<ThemeDocument | GroupDocument>("Theme", themes, "themes"),
    members: model<MemberDocument>("ThemeMember", members, "theme-members"),
    runs: model<RunDocument>("ThemeRun", runs, "theme-runs"),
    centroids: model<CentroidDocument>("ThemeCentroid", centroids, "theme-centroids"),
    revisions: model<RevisionDocument>("ThemeRevision", revisions, "theme-revisions"),
  };
}
