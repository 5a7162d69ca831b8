import type { Directory } from "../domain/directory";
import type { IssueEvent } from "../domain/event";
import type { Issue } from "../domain/issue";
import { audienceKeys } from "../domain/permission";
import type { IssueChange, IssueStore } from "../domain/ports";
import { insertUnique } from "./insert-unique";
import {
  derivedFields,
  type IssueDocument,
  type IssueModel,
  issueFrom,
  issueProjection,
  type StoredIssue,
} from "./issue-document";
import { issueFinding } from "./issue-finding";
import { issueLists } from "./issue-lists";
import { type FollowUpPlan, firstState, pushEvents } from "./outbox-state";

export interface IssueStoreParts {
  model: IssueModel;
  directory: Directory;
  plan: FollowUpPlan;
  now: () => Date;
}

/** Beside the port: what scripts need. */
export interface IssueStoreWithScripts extends IssueStore {
  /** Stores many issues that have nothing to follow up. For demo data and imports. */
  insertMany(issues: readonly Issue[]): Promise<void>;
  /** How many issues there are. */
  total(): Promise<number>;
  /** Every issue in the order of ids, a batch at a time. For rebuilding what is derived. */
  everyIssue(batchSize: number): AsyncIterable<Issue[]>;
  /** Works out the derived fields of these issues anew: after the directory changed, say. */
  rederive(ids: readonly string[]): Promise<void>;
}

const schemaVersion = 1;

export function issueStore(parts: IssueStoreParts): IssueStoreWithScripts {
  const { model, directory, plan } = parts;
  const read = async (filter: Record<string, unknown>): Promise<Issue | null> => {
    const found = await model.findOne(filter, issueProjection).lean<StoredIssue>();
    return found ? issueFrom(found) : null;
  };
  return {
    ...issueLists(parts),
    ...issueFinding(parts),

    total: () => model.estimatedDocumentCount(),

    async insert(issue, events) {
      const taken = await insertUnique(model, documentOf(issue, directory, firstState(events, plan)));
      if (!taken) return "inserted";
      return taken.includes("reference") ? "reference-taken" : "already-stored";
    },
    byReference: (actor, reference) => read({ reference, audience: { $in: audienceKeys(actor) } }),
    byId: (actor, id) => read({ _id: id, audience: { $in: audienceKeys(actor) } }),
    unfiltered: (id) => read({ _id: id }),

    async save(id, version, change) {
      const current = await model.findOne({ _id: id, version }, issueProjection).lean<StoredIssue>();
      if (!current) return false;
      const result = await model.updateOne(
        { _id: id, version },
        updateFor(issueFrom(current), change, directory, plan),
      );
      return result.modifiedCount === 1;
    },

    async insertMany(issues) {
      const documents = issues.map((issue) => documentOf(issue, directory, firstState([], plan)));
      if (documents.length > 0) await model.insertMany(documents, { lean: true, ordered: false });
    },
    async *everyIssue(batchSize) {
      let after = "";
      for (;;) {
        const found: StoredIssue[] = await model
          .find({ _id: { $gt: after } }, issueProjection)
          .sort({ _id: 1 })
          .limit(batchSize)
          .lean<StoredIssue[]>();
        const last = found.at(-1);
        if (!last) return;
        yield found.map(issueFrom);
        after = last._id;
      }
    },
    async rederive(ids) {
      for (const id of ids) {
        let done = false;
        while (!done) {
          const issue = await read({ _id: id });
          if (!issue) break;
          const result = await model.updateOne(
            { _id: id, version: issue.version },
            { $set: derivedFields(issue, directory) },
          );
          done = result.matchedCount === 1;
        }
      }
    },
  };
}

function documentOf(issue: Issue, directory: Directory, outbox: IssueDocument["outbox"]): IssueDocument {
  const { id, ...fields } = issue;
  return { _id: id, v: schemaVersion, ...fields, ...derivedFields(issue, directory), outbox };
}

/**
 * Names every field it changes: the runner takes events out of the same document meanwhile, so nothing may write it
 * whole. The derived fields come from the issue as it will be; the version guard makes that safe.
 */
function updateFor(current: Issue, change: IssueChange, directory: Directory, plan: FollowUpPlan) {
  const set = Object.fromEntries(Object.entries(change.set).filter(([, value]) => value !== undefined));
  const merged: Issue = { ...current, ...set };
  for (const field of change.unset ?? []) delete merged[field];
  const history = change.events.filter((event): event is IssueEvent => event.type !== "reply-posted");
  const outbox = pushEvents(change.events, plan);
  return {
    $set: { ...set, ...derivedFields(merged, directory) },
    ...(change.unset?.length ? { $unset: Object.fromEntries(change.unset.map((field) => [field, 1])) } : {}),
    $inc: { version: 1, ...outbox?.inc },
    $push: { history: { $each: history }, ...outbox?.push },
    ...(outbox ? { $min: outbox.min } : {}),
  };
}
