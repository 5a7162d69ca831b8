import { type Connection, type Model, Schema } from "mongoose";
import type { Notice, NoticeStore } from "../domain/ports";
import { newestFirst, readPage } from "./cursor";
import { insertUnique } from "./insert-unique";

type NoticeDocument = Omit<Notice, "id"> & { _id: string; v: number; unread: boolean };
export type NoticeModel = Model<NoticeDocument>;

/** Beside the port: what scripts need. */
export interface NoticeStoreWithScripts extends NoticeStore {
  insertMany(notices: readonly Notice[]): Promise<void>;
}

const schemaVersion = 1;
const projection = { v: 0, unread: 0 } as const;
type StoredNotice = Omit<NoticeDocument, keyof typeof projection>;

export function noticeModel(connection: Connection): NoticeModel {
  const schema = new Schema(
    {
      _id: String,
      v: Number,
      person: String,
      event: String,
      type: String,
      issue: String,
      reference: String,
      title: String,
      byName: String,
      at: Date,
      readAt: Date,
      unread: Boolean,
      asks: Boolean,
      through: String,
    },
    // `type` is a field here, not mongoose's word for a field's type.
    { strict: "throw", versionKey: false, autoCreate: false, autoIndex: false, typeKey: "$type" },
  );
  schema.index({ event: 1, person: 1 }, { unique: true });
  schema.index({ person: 1, at: -1, _id: -1 });
  schema.index({ person: 1, unread: 1, at: -1, _id: -1 });
  return connection.model<NoticeDocument>("Notice", schema as unknown as Schema<NoticeDocument>, "notices");
}

export function noticeStore(model: NoticeModel): NoticeStoreWithScripts {
  return {
    async put(notice) {
      return (await insertUnique(model, documentOf(notice))) === undefined;
    },

    async page(person, { cursor, limit, unreadOnly }) {
      const page = await readPage(
        cursor,
        limit,
        (range, most) =>
          model
            .find({ person, ...(unreadOnly ? { unread: true } : {}), ...newestFirst("at", range) }, projection)
            .sort({ at: -1, _id: -1 })
            .limit(most)
            .lean<StoredNotice[]>(),
        (item) => ({ order: item.at.getTime(), id: item._id }),
      );
      return { ...page, items: page.items.map(noticeFrom) };
    },

    async unread(person, limit) {
      const found = await model
        .find({ person, unread: true }, { _id: 1 })
        .limit(limit + 1)
        .lean();
      return found.length;
    },

    async markRead(person, ids, at) {
      const which = ids === "all" ? {} : { _id: { $in: [...ids] } };
      await model.updateMany({ person, unread: true, ...which }, { $set: { unread: false, readAt: at } });
    },
    async markUnread(person, id) {
      await model.updateOne({ _id: id, person }, { $set: { unread: true }, $unset: { readAt: 1 } });
    },
    async insertMany(notices) {
      if (notices.length > 0) await model.insertMany(notices.map(documentOf), { lean: true, ordered: false });
    },
  };
}

function documentOf({ id, ...fields }: Notice): NoticeDocument {
  return { _id: id, v: schemaVersion, ...fields, unread: fields.readAt === undefined };
}

function noticeFrom({ _id, ...fields }: StoredNotice): Notice {
  return { id: _id, ...fields };
}
