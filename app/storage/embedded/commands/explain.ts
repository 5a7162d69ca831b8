/** explain: how a query would be answered, and what it reads. Shaped like MongoDB's. */
import type { Interval } from "../bounds";
import { outsideSubset, StoreError } from "../errors";
import { checkFields, stringOption } from "../options";
import type { IndexPlan, Plan } from "../planner";
import { countRows, countsFromKeys, type Execution, findBytes, prepare, type Query } from "../query";
import { ok, type Reply } from "../reply";
import { type Pace, read, type Stream } from "../stream";
import { type Doc, isDoc, type Plain, type Value, wholeNumber } from "../values";
import { AGGREGATE_COMMANDS, pipelineOf } from "./aggregate";
import { type CommandContext, type CommandSpec, paceOf } from "./context";
import { countQuery, findQuery, READ_COMMANDS } from "./read";

async function explain(context: CommandContext): Promise<Reply> {
  const inner = context.command.get("explain");
  if (!isDoc(inner)) throw new StoreError(14, "explain needs a command");
  const verbosity = context.command.has("verbosity") ? stringOption(context.command, "verbosity") : "allPlansExecution";
  if (!["queryPlanner", "executionStats", "allPlansExecution"].includes(verbosity))
    throw new StoreError(9, "verbosity must be 'queryPlanner', 'executionStats' or 'allPlansExecution'");
  const name = inner.keys().next().value ?? "";
  const known = { ...READ_COMMANDS, ...AGGREGATE_COMMANDS }[name];
  if (!known || !["find", "count", "aggregate"].includes(name)) throw outsideSubset(`explain of ${name}`);
  checkFields(inner, new Set(known.fields), new Set(known.absent));
  const asked: CommandContext = { ...context, command: inner };
  const execute = verbosity !== "queryPlanner";
  if (name === "find") return explainFind(asked, execute);
  return name === "count" ? explainCount(asked, execute) : explainAggregate(asked, execute);
}

async function explainFind(context: CommandContext, execute: boolean): Promise<Reply> {
  const { query, projection, ns } = findQuery(context);
  const run = prepare(context.store.collections, query);
  const stats = execute
    ? await timed(run, findBytes(context.store.collections, query, run, projection), paceOf(context.command))
    : undefined;
  return ok({ ...report(ns, stats, findTree(query, run)), command: context.command });
}

async function explainCount(context: CommandContext, execute: boolean): Promise<Reply> {
  const { query, most } = countQuery(context);
  const run = prepare(context.store.collections, query);
  const stats = execute
    ? await timed(run, countRows(context.store.collections, query, run, most), paceOf(context.command))
    : undefined;
  const input = countsFromKeys(query, run)
    ? { ...indexStage(run.plan as IndexPlan), stage: "COUNT_SCAN" }
    : planTree(run.plan);
  const ns = `${context.db}.${String(context.command.get("count"))}`;
  return ok({ ...report(ns, stats, { stage: "COUNT", inputStage: input }), command: context.command });
}

async function explainAggregate(context: CommandContext, execute: boolean): Promise<Reply> {
  const { pipeline, ns } = pipelineOf(context);
  const { query, run } = pipeline;
  const stats = execute ? await timed(run, pipeline.stream(), paceOf(context.command)) : undefined;
  const body = report(ns, stats, findTree(query, run));
  if (pipeline.stages.length === 0) return ok({ ...body, command: context.command });
  const rest = pipeline.stageNames.map((n) => ({ [n]: {} }));
  return ok({ stages: [{ $cursor: body }, ...rest], command: context.command });
}

async function timed<T>(run: Execution, stream: Stream<T>, pace: Pace): Promise<Plain> {
  const started = performance.now();
  await read(stream, pace, () => true);
  return {
    executionSuccess: true,
    nReturned: run.stats.returned,
    executionTimeMillis: Math.round(performance.now() - started),
    totalKeysExamined: run.stats.keys,
    totalDocsExamined: run.stats.docs,
    executionStages: { ...planTree(run.plan), nReturned: run.stats.returned },
  };
}

function report(ns: string, stats: Plain | undefined, tree: { [key: string]: Plain }): { [key: string]: Plain } {
  const planner: { [key: string]: Plain } = {
    namespace: ns,
    indexFilterSet: false,
    winningPlan: tree,
    rejectedPlans: [],
  };
  return { explainVersion: "1", queryPlanner: planner, ...(stats === undefined ? {} : { executionStats: stats }) };
}

function findTree(q: Query, run: Execution): { [key: string]: Plain } {
  let tree = planTree(run.plan);
  if (!run.plan.sorted) {
    const pattern: Doc = new Map(q.sort.map((s): [string, Value] => [s.path, wholeNumber(s.descending ? -1 : 1)]));
    tree = { stage: "SORT", sortPattern: pattern, inputStage: tree };
  }
  if (q.skip > 0) tree = { stage: "SKIP", skipAmount: q.skip, inputStage: tree };
  return q.limit > 0 ? { stage: "LIMIT", limitAmount: q.limit, inputStage: tree } : tree;
}

function planTree(plan: Plan): { [key: string]: Plain } {
  switch (plan.kind) {
    case "none":
      return { stage: "EOF" };
    case "collection":
      return { stage: "COLLSCAN", direction: plan.reverse ? "backward" : "forward" };
    case "or":
      return { stage: "FETCH", inputStage: { stage: "OR", inputStages: plan.plans.map(indexStage) } };
    case "index":
      if (plan.merge)
        return {
          stage: "FETCH",
          inputStage: {
            stage: "SORT_MERGE",
            indexName: plan.index.name,
            ranges: plan.ranges.length,
            inputStages: [indexStage(plan)],
          },
        };
      return { stage: "FETCH", inputStage: indexStage(plan) };
  }
}

function indexStage(plan: IndexPlan): { [key: string]: Plain } {
  const multikeyPaths = plan.index.fields.map((f, i): [string, Plain] => [
    f.path,
    plan.index.multikey[i] ? [f.path] : [],
  ]);
  return {
    stage: "IXSCAN",
    keyPattern: plan.index.spec.get("key")!,
    indexName: plan.index.name,
    isMultiKey: plan.index.multikey.includes(true),
    multiKeyPaths: Object.fromEntries(multikeyPaths),
    isUnique: plan.index.unique,
    isSparse: plan.index.sparse,
    isPartial: plan.index.partial !== undefined,
    direction: plan.reverse ? "backward" : "forward",
    indexBounds: Object.fromEntries(plan.index.fields.map((f) => [f.path, shownBounds(plan.bounds.get(f.path))])),
  };
}

function shownBounds(intervals: Interval[] | undefined): Plain {
  if (!intervals) return ["[MinKey, MaxKey]"];
  return [
    `${intervals.length} ${intervals.every((i) => i.point) ? "point" : "range"}${intervals.length === 1 ? "" : "s"}`,
  ];
}

export const EXPLAIN_COMMANDS: Record<string, CommandSpec> = {
  explain: { run: explain, fields: ["explain", "verbosity"], absent: [] },
};
