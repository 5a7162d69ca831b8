import type { FactSource, IssueFacts } from "../domain/theme-ports";
import type { IssueModel } from "./issue-document";

/** What themes count of an issue: a lean reading, without a word that anybody wrote. */
const projection = {
  reference: 1,
  raisedAt: 1,
  raisedFor: 1,
  "raisedBy.post": 1,
  about: 1,
  category: 1,
  harm: 1,
  state: 1,
  resolution: 1,
  audience: 1,
  "joined.organisation": 1,
  "joined.by.post": 1,
  "joined.at": 1,
} as const;

type StoredFacts = Omit<IssueFacts, "id" | "raisedByPost" | "joined"> & {
  _id: string;
  raisedBy: { post?: string };
  joined: { organisation: string; by: { post?: string }; at: Date }[];
};

export function factSource(model: IssueModel): FactSource {
  return {
    async *everyFact(batchSize) {
      let after = "";
      for (;;) {
        const found: StoredFacts[] = await model
          .find({ _id: { $gt: after } }, projection)
          .sort({ _id: 1 })
          .limit(batchSize)
          .lean<StoredFacts[]>();
        const last = found.at(-1);
        if (!last) return;
        yield found.map(factsFrom);
        after = last._id;
      }
    },
    async factsOf(ids) {
      const found = await model.find({ _id: { $in: [...ids] } }, projection).lean<StoredFacts[]>();
      return found.map(factsFrom);
    },
  };
}

function factsFrom({ _id, raisedBy, joined, ...fields }: StoredFacts): IssueFacts {
  return {
    id: _id,
    ...fields,
    ...(raisedBy.post ? { raisedByPost: raisedBy.post } : {}),
    joined: joined.map(({ organisation, by, at }) => ({ organisation, at, ...(by.post ? { post: by.post } : {}) })),
  };
}
