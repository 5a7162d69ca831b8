import { type Connection, type Model, Schema } from "mongoose";
import type { RecordedEvent } from "../domain/event";
import type { EventStore } from "../domain/ports";
import { newestFirst, readPage } from "./cursor";
import { insertUnique } from "./insert-unique";

interface EventDocument {
  _id: string;
  v: number;
  issue: string;
  at: Date;
  event: RecordedEvent;
}
export type EventModel = Model<EventDocument>;

/** Beside the port: what scripts need. */
export interface EventStoreWithScripts extends EventStore {
  insertMany(events: readonly RecordedEvent[]): Promise<void>;
}

const schemaVersion = 1;
const projection = { event: 1 } as const;
type StoredEvent = Pick<EventDocument, "_id" | "event">;

/** The append-only history: nothing here is ever changed. */
export function eventModel(connection: Connection): EventModel {
  const schema = new Schema(
    { _id: String, v: Number, issue: String, at: Date, event: Schema.Types.Mixed },
    { strict: "throw", versionKey: false, minimize: false, autoCreate: false, autoIndex: false },
  );
  schema.index({ issue: 1, at: 1, _id: 1 });
  schema.index({ at: -1, _id: -1 });
  return connection.model<EventDocument>("Event", schema as unknown as Schema<EventDocument>, "events");
}

export function eventStore(model: EventModel): EventStoreWithScripts {
  return {
    /** Appending an event that is there already changes nothing. */
    async append(event) {
      await insertUnique(model, documentOf(event));
    },
    async ofIssue(issueId) {
      const found = await model.find({ issue: issueId }, projection).sort({ at: 1, _id: 1 }).lean<StoredEvent[]>();
      return found.map((each) => each.event);
    },
    /** Newest first. */
    async page({ cursor, limit }) {
      const page = await readPage(
        cursor,
        limit,
        (range, most) =>
          model.find(newestFirst("at", range), projection).sort({ at: -1, _id: -1 }).limit(most).lean<StoredEvent[]>(),
        (item) => ({ order: item.event.at.getTime(), id: item._id }),
      );
      return { ...page, items: page.items.map((each) => each.event) };
    },
    async insertMany(events) {
      if (events.length > 0) await model.insertMany(events.map(documentOf), { lean: true, ordered: false });
    },
  };
}

function documentOf(event: RecordedEvent): EventDocument {
  return { _id: event.id, v: schemaVersion, issue: event.issue, at: event.at, event };
}
