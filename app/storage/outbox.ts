import type { ClaimedFollowUp, Outbox } from "../domain/ports";
import type { IssueModel } from "./issue-document";
import { type FollowUpPlan, finish, giveBack, lease, type OutboxState, parkedIn, unpark } from "./outbox-state";
import type { ReplyModel } from "./reply-store";

type Carrier = ClaimedFollowUp["carrier"];

/** A document with undelivered events: an issue, or a reply with the issue it belongs to. */
interface CarrierDocument {
  _id: string;
  issue?: string;
  outbox: OutboxState;
}

const projection = { outbox: 1, issue: 1 } as const;

/** What this module asks of a model, the same for both. */
interface CarrierModel {
  due(now: Date, limit: number): Promise<CarrierDocument[]>;
  parked(limit: number): Promise<CarrierDocument[]>;
  read(id: string): Promise<CarrierDocument | null>;
  /** Writes the next state if the document still has the one it was worked out from. */
  write(id: string, rev: number, next: OutboxState): Promise<boolean>;
  waiting(): Promise<{ waiting: number; oldestAt?: Date; parked: number }>;
}

/**
 * Delivers at least once: an event stays in its document until its last follow-up is done. Several workers share the
 * work by lease; a lease that runs out is anybody's. Every write is worked out from the state that was read and refused
 * if the document's events changed in between.
 */
export function createOutbox(
  models: { issues: IssueModel; replies: ReplyModel },
  plan: Pick<FollowUpPlan, "coalesced">,
): Outbox {
  const carriers = { issues: carrierModel(models.issues), replies: carrierModel(models.replies as never) };

  /** Reads, works out, writes; again when somebody else wrote first. Undefined: there was nothing to do. */
  const change = async <T>(
    carrier: Carrier,
    work: (document: CarrierDocument) => { state: OutboxState; value: T } | undefined,
    first?: CarrierDocument,
  ): Promise<T | undefined> => {
    let document = first ?? (await carriers[carrier.collection].read(carrier.id));
    for (let attempt = 0; document && attempt < 50; attempt++) {
      const next = work(document);
      if (!next) return undefined;
      if (await carriers[carrier.collection].write(carrier.id, document.outbox.rev, next.state)) return next.value;
      document = await carriers[carrier.collection].read(carrier.id);
    }
    return undefined;
  };

  return {
    async claim(worker, now, leaseUntil, limit) {
      const due = (
        await Promise.all(
          (["issues", "replies"] as const).map(async (collection) =>
            (await carriers[collection].due(now, limit)).map((document) => ({ collection, document })),
          ),
        )
      )
        .flat()
        .sort((a, b) => dueTime(a.document) - dueTime(b.document));
      const claimed: ClaimedFollowUp[] = [];
      for (const { collection, document } of due) {
        if (claimed.length >= limit) break;
        const carrier = { collection, id: document._id };
        const leased = await change(
          carrier,
          ({ outbox }) => {
            const result = lease(outbox, { worker, now, leaseUntil, coalesced: plan.coalesced });
            return { state: result.state, value: result.leased };
          },
          document,
        );
        const issue = document.issue ?? document._id;
        for (const { event, name, tries } of leased ?? [])
          claimed.push({ event, issue, carrier, followUp: name, tries });
      }
      return claimed.sort((a, b) => (a.event.id < b.event.id ? -1 : 1));
    },

    async finish({ carrier, event, followUp }, worker) {
      await change(carrier, ({ outbox }) => written(finish(outbox, event.id, followUp, worker)));
    },

    async fail({ carrier, event, followUp, tries }, worker, retryAt, why) {
      await change(carrier, ({ outbox }) =>
        written(giveBack(outbox, event.id, followUp, { worker, retryAt, tries, why: why.slice(0, 200) })),
      );
    },

    async state() {
      const [issues, replies] = await Promise.all([carriers.issues.waiting(), carriers.replies.waiting()]);
      const oldest = [issues.oldestAt, replies.oldestAt].filter((each) => each !== undefined).sort(byTime)[0];
      return {
        waiting: issues.waiting + replies.waiting,
        parked: issues.parked + replies.parked,
        ...(oldest ? { oldestAt: oldest } : {}),
      };
    },

    async parked(limit) {
      const found = await Promise.all(
        (["issues", "replies"] as const).map(async (collection) =>
          (await carriers[collection].parked(limit)).flatMap((document) =>
            parkedIn(document.outbox).map(({ event, name, tries }) => ({
              event,
              issue: document.issue ?? document._id,
              carrier: { collection, id: document._id },
              followUp: name,
              tries,
            })),
          ),
        ),
      );
      return found.flat().slice(0, limit);
    },

    async unpark({ carrier, event, followUp }) {
      await change(carrier, ({ outbox }) => written(unpark(outbox, event.id, followUp)));
    },
  };
}

function carrierModel(model: IssueModel): CarrierModel {
  return {
    due: (now, limit) =>
      model
        .find({ "outbox.dueAt": { $lte: now } }, projection)
        .sort({ "outbox.dueAt": 1 })
        .limit(limit)
        .lean<CarrierDocument[]>(),
    parked: (limit) =>
      model
        .find({ "outbox.parked": { $gt: 0 } }, projection)
        .limit(limit)
        .lean<CarrierDocument[]>(),
    read: (id) => model.findOne({ _id: id }, projection).lean<CarrierDocument>(),
    async write(id, rev, next) {
      const gone = (["dueAt", "since", "parked"] as const).filter((field) => next[field] === undefined);
      const result = await model.updateOne(
        { _id: id, "outbox.rev": rev },
        {
          $set: {
            "outbox.rev": rev + 1,
            "outbox.pending": next.pending,
            ...(next.dueAt ? { "outbox.dueAt": next.dueAt } : {}),
            ...(next.since ? { "outbox.since": next.since } : {}),
            ...(next.parked ? { "outbox.parked": next.parked } : {}),
          },
          ...(gone.length > 0 ? { $unset: Object.fromEntries(gone.map((field) => [`outbox.${field}`, 1])) } : {}),
        },
      );
      return result.matchedCount === 1;
    },
    async waiting() {
      const ever = new Date(0);
      const [first] = await model
        .find({ "outbox.since": { $gt: ever } }, { "outbox.since": 1 })
        .sort({ "outbox.since": 1 })
        .limit(1)
        .lean<CarrierDocument[]>();
      const [waiting, parked] = await Promise.all([
        first ? count(model, { "outbox.since": { $gt: ever } }) : 0,
        count(model, { "outbox.parked": { $gt: 0 } }),
      ]);
      return { waiting, parked, ...(first?.outbox.since ? { oldestAt: first.outbox.since } : {}) };
    },
  };
}

/** Stops at a number nobody needs to tell apart, so that a backlog does not make its own report slow. */
const countUpTo = 10_000;

async function count(model: IssueModel, query: Record<string, unknown>): Promise<number> {
  const answer = await model.db.db?.command({ count: model.collection.name, query, limit: countUpTo });
  return Number(answer?.n ?? 0);
}

function written(state: OutboxState | undefined): { state: OutboxState; value: undefined } | undefined {
  return state && { state, value: undefined };
}

function dueTime(document: CarrierDocument): number {
  return document.outbox.dueAt?.getTime() ?? 0;
}

function byTime(a: Date, b: Date): number {
  return a.getTime() - b.getTime();
}
