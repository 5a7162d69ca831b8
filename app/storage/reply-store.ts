import { type Connection, type Model, Schema } from "mongoose";
import type { Reply } from "../domain/issue";
import { mayRead } from "../domain/permission";
import type { ReplyStore } from "../domain/ports";
import { newestFirst, readPage } from "./cursor";
import { insertUnique } from "./insert-unique";
import { type FollowUpPlan, firstState, type OutboxState } from "./outbox-state";

/** Who may read a reply of an issue they may read, as one key: `shared`, or `org:RBL` for an internal note. */
const sharedReaders = "shared";
const organisationReaders = (code: string): string => `org:${code}`;

export type ReplyDocument = Omit<Reply, "id"> & { _id: string; v: number; readers: string; outbox: OutboxState };
export type ReplyModel = Model<ReplyDocument>;

/** Beside the port: what scripts need. */
export interface ReplyStoreWithScripts extends ReplyStore {
  /** Stores many replies that have nothing to follow up. For demo data and imports. */
  insertMany(replies: readonly Reply[]): Promise<void>;
}

const schemaVersion = 1;
/** Replies in one page of a thread: the newest ones, unless earlier ones are asked for. */
const longestPage = 200;
const projection = { v: 0, readers: 0, outbox: 0 } as const;
type StoredReply = Omit<ReplyDocument, keyof typeof projection>;

export function replyModel(connection: Connection): ReplyModel {
  const record = Schema.Types.Mixed;
  const schema = new Schema(
    {
      _id: String,
      v: Number,
      issue: String,
      by: record,
      at: Date,
      text: String,
      audience: record,
      declared: [record],
      readers: String,
      outbox: record,
    },
    { strict: "throw", versionKey: false, minimize: false, autoCreate: false, autoIndex: false },
  );
  schema.index({ issue: 1, readers: 1, at: 1, _id: 1 });
  schema.index({ "outbox.dueAt": 1 }, { sparse: true });
  schema.index({ "outbox.since": 1 }, { sparse: true });
  schema.index({ "outbox.parked": 1 }, { sparse: true });
  return connection.model<ReplyDocument>("Reply", schema as unknown as Schema<ReplyDocument>, "replies");
}

export function replyStore({ model, plan }: { model: ReplyModel; plan: FollowUpPlan }): ReplyStoreWithScripts {
  return {
    async insert(reply, events) {
      const taken = await insertUnique(model, documentOf(reply, firstState(events, plan)));
      return taken ? "already-stored" : "inserted";
    },

    async ofIssue(actor, issue, options = {}) {
      if (!mayRead(actor, issue)) return { items: [] };
      const readers = [sharedReaders, ...(actor.organisation ? [organisationReaders(actor.organisation)] : [])];
      const page = await readPage(
        options.before,
        options.limit ?? longestPage,
        (range, most) =>
          model
            .find({ issue: issue.id, readers: { $in: readers }, ...newestFirst("at", range) }, projection)
            .sort({ at: -1, _id: -1 })
            .limit(most)
            .lean<StoredReply[]>(),
        (reply) => ({ order: reply.at.getTime(), id: reply._id }),
      );
      return { ...page, items: page.items.reverse().map(replyFrom) };
    },

    async unfiltered(id) {
      const found = await model.findOne({ _id: id }, projection).lean<StoredReply>();
      return found ? replyFrom(found) : null;
    },
    async sharedOf(issueId) {
      const found = await model
        .find({ issue: issueId, readers: sharedReaders }, projection)
        .sort({ at: 1, _id: 1 })
        .lean<StoredReply[]>();
      return found.map(replyFrom);
    },
    async insertMany(replies) {
      const documents = replies.map((reply) => documentOf(reply, firstState([], plan)));
      if (documents.length > 0) await model.insertMany(documents, { lean: true, ordered: false });
    },
  };
}

function documentOf({ id, ...fields }: Reply, outbox: OutboxState): ReplyDocument {
  const { audience } = fields;
  const readers = audience.kind === "shared" ? sharedReaders : organisationReaders(audience.organisation);
  return { _id: id, v: schemaVersion, ...fields, readers, outbox };
}

function replyFrom({ _id, ...fields }: StoredReply): Reply {
  return { id: _id, ...fields };
}
