import { type Connection, type Model, Schema } from "mongoose";
import { boardKeysOf, boardOrderOf } from "../domain/board-keys";
import type { Directory } from "../domain/directory";
import { type Issue, organisationsAffected } from "../domain/issue";
import { audienceOf } from "../domain/permission";
import type { IssueSummary } from "../domain/ports";
import type { OutboxState } from "./outbox-state";

/** What is worked out from an issue whenever it is written, so that lists and rights are answered by an index. */
export interface DerivedFields {
  audience: string[];
  boardKeys: string[];
  boardOrder: number;
  affectedCount: number;
}

export type IssueDocument = Omit<Issue, "id"> &
  DerivedFields & {
    _id: string;
    /** Schema version of the document. */
    v: number;
    outbox: OutboxState;
  };

export type IssueModel = Model<IssueDocument>;

export const dueIndex = "board-due";
export const latestIndex = "board-latest";

/** The model on this connection. Never on mongoose itself: two bundles of it must not meet. */
export function issueModel(connection: Connection): IssueModel {
  const record = Schema.Types.Mixed;
  const schema = new Schema(
    {
      _id: String,
      v: Number,
      reference: String,
      version: Number,
      title: String,
      body: String,
      category: String,
      harm: String,
      lfpseReference: String,
      raisedBy: record,
      raisedFor: String,
      raisedAt: Date,
      about: record,
      waitsForInvitation: Boolean,
      owner: record,
      state: String,
      stateSince: Date,
      clock: record,
      closedAt: Date,
      declinedWhy: String,
      resolution: String,
      joined: [record],
      outcome: record,
      pastOutcomes: [record],
      actions: [record],
      visibility: String,
      namedPeople: [String],
      audience: [String],
      followers: [String],
      declared: [record],
      duplicateOf: record,
      changedAt: Date,
      lastChange: record,
      history: [record],
      boardKeys: [String],
      boardOrder: Number,
      affectedCount: Number,
      outbox: record,
    },
    { strict: "throw", versionKey: false, minimize: false, autoCreate: false, autoIndex: false },
  );
  schema.index({ reference: 1 }, { unique: true });
  schema.index({ boardKeys: 1, state: 1, boardOrder: 1, _id: 1 }, { name: dueIndex });
  schema.index({ boardKeys: 1, state: 1, changedAt: -1, _id: -1 }, { name: latestIndex });
  schema.index(
    { "clock.dueAt": 1, _id: 1 },
    { name: "silent-offers", partialFilterExpression: { state: "outcome-offered" } },
  );
  schema.index({ "duplicateOf.issue": 1 }, { sparse: true });
  schema.index({ "outbox.dueAt": 1 }, { sparse: true });
  schema.index({ "outbox.since": 1 }, { sparse: true });
  schema.index({ "outbox.parked": 1 }, { sparse: true });
  return connection.model<IssueDocument>("Issue", schema as unknown as Schema<IssueDocument>, "issues");
}

export function derivedFields(issue: Omit<Issue, "id">, directory: Directory): DerivedFields {
  const audience = audienceOf(issue);
  return {
    audience,
    boardKeys: boardKeysOf({ ...issue, audience }, directory),
    boardOrder: boardOrderOf(issue),
    affectedCount: organisationsAffected(issue).length,
  };
}

/** Everything of a stored issue but what only storage needs. */
export const issueProjection = { v: 0, boardKeys: 0, boardOrder: 0, affectedCount: 0, outbox: 0 } as const;

export type StoredIssue = Omit<IssueDocument, keyof typeof issueProjection>;

export function issueFrom({ _id, ...fields }: StoredIssue): Issue {
  return { id: _id, ...fields };
}

/** What a card shows and no more: the long texts stay in the store. */
export const summaryProjection = {
  reference: 1,
  version: 1,
  title: 1,
  category: 1,
  harm: 1,
  raisedBy: 1,
  raisedFor: 1,
  raisedAt: 1,
  about: 1,
  owner: 1,
  state: 1,
  clock: 1,
  closedAt: 1,
  resolution: 1,
  "joined.organisation": 1,
  changedAt: 1,
  visibility: 1,
  "outcome.changed": 1,
  "outcome.forWhom": 1,
  "outcome.side": 1,
  "duplicateOf.issue": 1,
  boardOrder: 1,
} as const;

export type StoredSummary = Omit<IssueSummary, "id" | "affected" | "original"> & {
  _id: string;
  joined: { organisation: string }[];
  duplicateOf?: { issue: string };
  boardOrder: number;
};

/** `originals`: references by id of those the viewer may know of. Of any other, nothing is told. */
export function summaryFrom(
  { _id, joined, boardOrder: _, duplicateOf, ...fields }: StoredSummary,
  originals: ReadonlyMap<string, string>,
): IssueSummary {
  const affected = [...new Set([fields.raisedFor, ...joined.map((each) => each.organisation)])];
  const reference = duplicateOf && originals.get(duplicateOf.issue);
  return {
    id: _id,
    ...fields,
    affected,
    ...(duplicateOf && reference ? { original: { id: duplicateOf.issue, reference } } : {}),
  };
}
