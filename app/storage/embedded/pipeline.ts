/** Aggregation: compiles a pipeline, hands its head to the query engine and streams the rest. */
import { decode, decodeFields } from "./bson";
import type { Index } from "./catalogue";
import type { Collections } from "./collection";
import { outsideSubset, StoreError } from "./errors";
import { compileExpression, type Variables } from "./expression";
import { checkUserVariable, fieldPath, readPath } from "./expression-kit";
import { compileFilter, type Matcher } from "./matcher";
import type { SortField } from "./planner";
import { compileProjection, documentStage } from "./project";
import { countsFromKeys, type Execution, keysOnly, prepare, type Query, rows } from "./query";
import { parseSort } from "./sorting";
import {
  type CompiledStage,
  countStage,
  eachDocument,
  groupStage,
  limitCount,
  limitStage,
  matchStage,
  skipCount,
  skipStage,
  sortByCountStages,
  sortStage,
  unwindStage,
  withField,
} from "./stages";
import { type Stream, TICK, withoutTicks } from "./stream";
import { STAGES, STAGES_ELSEWHERE } from "./subset";
import { type Doc, doc, isDoc, Regex, type Value } from "./values";

export interface PipelineContext {
  store: Collections;
  db: string;
  variables: Variables;
}

export interface CompiledPipeline {
  /** What the query engine does: leading $match, $sort, $skip and $limit. */
  query: Query;
  run: Execution;
  stages: CompiledStage[];
  stageNames: string[];
  stream(): Stream<Doc>;
}

function stageOf(v: Value): [string, Value] {
  if (!isDoc(v)) throw new StoreError(14, "Each element of the 'pipeline' array must be an object");
  if (v.size !== 1)
    throw new StoreError(40323, "A pipeline stage specification object must contain exactly one field.");
  const [name, spec] = [...v][0]!;
  if (STAGES.has(name)) return [name, spec];
  if (STAGES_ELSEWHERE.has(name) || name.startsWith("$_internal")) throw outsideSubset(`the stage ${name}`);
  throw new StoreError(40324, `Unrecognized pipeline stage name: '${name}'`);
}

/** Compiles a pipeline over a collection (or over $documents when `name` is undefined). */
export function compilePipeline(
  stages: readonly Value[],
  name: string | undefined,
  context: PipelineContext,
  hint?: (c: Query["collection"]) => Index | "natural" | undefined,
): CompiledPipeline {
  const list = stages.map(stageOf);
  for (const [i, [stage]] of list.entries()) {
    if (stage === "$documents" && i > 0)
      throw new StoreError(40602, "$documents is only valid as the first stage in a pipeline.");
  }
  const documents = list[0]?.[0] === "$documents" ? documentsOf(list[0][1]) : undefined;
  if (documents && name !== undefined)
    throw new StoreError(73, "{aggregate: 'collection'} is not valid for '$documents'; use {aggregate: 1}");
  const all = list.slice(documents ? 1 : 0);
  const head = takeHead(documents ? [] : all, context.variables);
  const compiled = compileStages(documents ? all : all.slice(head.length), context);
  if (!documents && name === undefined)
    throw new StoreError(73, "{aggregate: 1} is not valid for this pipeline; a collection is required.");
  const collection = name === undefined ? undefined : context.store.catalogue.find(`${context.db}.${name}`);
  const query: Query = { collection, matcher: head.matcher, sort: head.sort, skip: head.skip, limit: head.limit };
  if (compiled[0]?.fields && head.sort.length === 0) query.only = compiled[0].fields;
  if (hint) query.hint = hint(collection);
  const run = prepare(context.store, query);
  const source = (): Stream<Doc> => (documents ? fromArray(documents) : fromQuery(context.store, query, run, compiled));
  return {
    query,
    run,
    stages: compiled,
    stageNames: all.slice(head.length).map(([n]) => n),
    stream: () => compiled.reduce((input, s) => s.run(input), source()),
  };
}

interface Head {
  matcher: Matcher;
  sort: SortField[];
  skip: number;
  limit: number;
  length: number;
}

/** How much of the pipeline is a plain query: [$match ...] [$sort] [$skip] [$limit], in that order. */
function takeHead(list: [string, Value][], variables: Variables): Head {
  const filters: Doc[] = [];
  let i = 0;
  const next = (name: string): Value | undefined => (list[i]?.[0] === name ? list[i]![1] : undefined);
  for (let spec = next("$match"); spec !== undefined; spec = next("$match")) {
    if (!isDoc(spec)) throw new StoreError(15959, "the match filter must be an expression in an object");
    filters.push(spec);
    i++;
  }
  const filter = filters.length === 1 ? filters[0]! : filters.length === 0 ? new Map() : doc({ $and: filters });
  const head: Head = { matcher: compileFilter(filter, { variables }), sort: [], skip: 0, limit: 0, length: 0 };
  const sort = next("$sort");
  if (sort !== undefined) {
    sortStage(sort, 0);
    head.sort = parseSort(sort);
    i++;
  }
  const skip = next("$skip");
  if (skip !== undefined) {
    head.skip = skipCount(skip);
    i++;
  }
  const limit = next("$limit");
  if (limit !== undefined) {
    head.limit = limitCount(limit);
    i++;
  }
  head.length = i;
  return head;
}

function compileStages(list: [string, Value][], context: PipelineContext): CompiledStage[] {
  return list.flatMap(([name, spec], i) => compileStage(name, spec, context, list[i + 1]));
}

function compileStage(
  name: string,
  spec: Value,
  context: PipelineContext,
  next: [string, Value] | undefined,
): CompiledStage[] {
  switch (name) {
    case "$match":
      return [matchStage(spec, context.variables)];
    case "$group":
      return [groupStage(spec, context.variables)];
    case "$sort":
      return [sortStage(spec, next?.[0] === "$limit" ? limitCount(next[1]) : 0)];
    case "$skip":
      return [skipStage(skipCount(spec))];
    case "$limit":
      return [limitStage(limitCount(spec))];
    case "$count":
      return [countStage(spec)];
    case "$unwind":
      return [unwindStage(spec)];
    case "$sortByCount":
      return sortByCountStages(spec, context.variables);
    case "$lookup":
      return [lookupStage(spec, context)];
    case "$facet":
      return [facetStage(spec, context)];
    case "$project": {
      const p = compileProjection(spec, context.variables, "$project");
      return [{ run: eachDocument(p.apply), fields: p.fields }];
    }
    default:
      return [{ run: eachDocument(documentStage(name, spec, context.variables)), fields: null }];
  }
}

function documentsOf(spec: Value): Doc[] {
  if (!Array.isArray(spec)) throw outsideSubset("$documents with an expression");
  return spec.map((d) => {
    if (!isDoc(d)) throw new StoreError(40228, "an array is expected of documents");
    return d;
  });
}

function* fromArray(documents: Doc[]): Stream<Doc> {
  yield* documents;
}

const NOTHING: Doc = new Map();

/** Reads the query's documents, decoding only what the first stage needs. */
function* fromQuery(store: Collections, q: Query, run: Execution, stages: CompiledStage[]): Stream<Doc> {
  const fields = stages[0]?.fields ?? null;
  if (fields?.size === 0 && countsFromKeys(q, run)) {
    yield* countedRows(q, keysOnly(store, run), run);
    return;
  }
  for (const row of rows(store, q, run)) {
    if (row === TICK) yield TICK;
    else {
      const bytes = (row as { bytes: Buffer }).bytes;
      if (fields?.size === 0) yield NOTHING;
      else yield fields ? decodeFields(bytes, fields) : decode(bytes);
    }
  }
}

/** As many empty documents as there are keys, within skip and limit. */
function* countedRows(q: Query, keys: Stream<number>, run: Execution): Stream<Doc> {
  let skip = q.skip;
  for (const key of keys) {
    if (key === TICK) yield TICK;
    else if (skip > 0) skip--;
    else {
      run.stats.returned++;
      yield NOTHING;
      if (q.limit > 0 && run.stats.returned >= q.limit) return;
    }
  }
}

interface Lookup {
  from: string;
  as: string[];
  localField: string[] | undefined;
  foreignField: string | undefined;
  let: [string, Value][];
  pipeline: Value[];
}

function parseLookup(spec: Value): Lookup {
  if (!isDoc(spec)) throw new StoreError(9, "the $lookup specification must be an Object");
  for (const k of spec.keys()) {
    if (!["from", "as", "localField", "foreignField", "let", "pipeline"].includes(k))
      throw new StoreError(9, `unknown argument to $lookup: ${k}`);
  }
  for (const k of ["from", "as", "localField", "foreignField"]) {
    if (spec.has(k) && typeof spec.get(k) !== "string")
      throw new StoreError(9, `$lookup argument '${k}' must be a string`);
  }
  const from = spec.get("from");
  if (from === undefined) throw new StoreError(9, "missing 'from' option to $lookup stage specification");
  const as = spec.get("as");
  if (as === undefined) throw new StoreError(9, "must specify 'as' field for a $lookup");
  const local = spec.get("localField");
  const foreign = spec.get("foreignField");
  if ((local === undefined) !== (foreign === undefined))
    throw new StoreError(9, "$lookup requires both or neither of 'localField' and 'foreignField' to be specified");
  const pipeline = spec.get("pipeline");
  if (local === undefined && pipeline === undefined)
    throw new StoreError(
      9,
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    );
  if (pipeline !== undefined && !Array.isArray(pipeline))
    throw new StoreError(14, "'pipeline' option must be specified as an array");
  const vars = spec.get("let");
  if (vars !== undefined && !isDoc(vars)) throw new StoreError(9, "$lookup argument 'let' must be an object");
  if (vars !== undefined && pipeline === undefined)
    throw new StoreError(9, "$lookup with a 'let' argument must also specify 'pipeline'");
  for (const name of vars?.keys() ?? []) checkUserVariable(name);
  if (foreign !== undefined) checkedPath(foreign as string);
  return {
    from: from as string,
    as: checkedPath(as as string),
    localField: local === undefined ? undefined : checkedPath(local as string),
    foreignField: foreign as string | undefined,
    let: vars ? [...vars] : [],
    pipeline: pipeline ?? [],
  };
}

function checkedPath(path: string): string[] {
  if (path === "") throw new StoreError(40352, "FieldPath cannot be constructed with empty string");
  return fieldPath(path);
}

function lookupStage(spec: Value, context: PipelineContext): CompiledStage {
  const l = parseLookup(spec);
  const values = l.let.map(([name, v]) => ({ name, expression: compileExpression(v, context.variables) }));
  // Compiled once without its variables' values, so that a malformed pipeline is refused even when nothing is joined.
  const placeholders = new Map([...context.variables, ...l.let.map(([n]): [string, Value] => [n, null])]);
  compilePipeline(l.pipeline, l.from, { ...context, variables: placeholders });
  return {
    fields: null,
    run: function* (input) {
      for (const d of input) {
        if (d === TICK) {
          yield TICK;
          continue;
        }
        const variables = new Map(context.variables);
        for (const { name, expression } of values) variables.set(name, expression.evaluate(d as Doc));
        const stages = [...joinMatch(l, d as Doc), ...l.pipeline];
        const found: Value[] = [];
        for (const x of compilePipeline(stages, l.from, { ...context, variables }).stream()) {
          if (x === TICK) yield TICK;
          else found.push(x as Doc);
        }
        yield withField(d as Doc, l.as, found);
      }
    },
  };
}

function joinMatch(l: Lookup, d: Doc): Value[] {
  if (!l.localField) return [];
  const local = readPath(d, l.localField, 0);
  const values = Array.isArray(local) ? local : [local ?? null];
  if (values.some((v) => v instanceof Regex || Array.isArray(v)))
    throw outsideSubset("$lookup by a regular expression or an array of arrays");
  return [doc({ $match: doc({ [l.foreignField!]: doc({ $in: values.length === 0 ? [null] : values }) }) })];
}

const NOT_IN_FACET = new Set(
  `$facet $documents $changeStream $collStats $currentOp $geoNear $indexStats $listClusterCatalog $listLocalSessions
  $listSampledQueries $listSearchIndexes $listSessions $merge $out $planCacheStats $queryStats $rankFusion $scoreFusion
  $search $searchMeta $vectorSearch`.split(/\s+/),
);

function facetStage(spec: Value, context: PipelineContext): CompiledStage {
  if (!isDoc(spec)) throw new StoreError(40169, "the $facet specification must be a non-empty object");
  if (spec.size === 0) throw new StoreError(40169, "the $facet specification must be a non-empty object");
  const facets = [...spec].map(([name, stages]) => {
    if (name === "") throw new StoreError(15998, "FieldPath field names may not be empty strings.");
    if (name.startsWith("$") || name.includes(".")) throw new StoreError(40169, `invalid facet name '${name}'`);
    if (!Array.isArray(stages)) throw new StoreError(40170, `arguments to $facet must be arrays, ${name} is not`);
    for (const x of stages)
      if (!isDoc(x)) throw new StoreError(40171, "elements of arrays in $facet spec must be non-empty objects");
    for (const [stage] of stages.flatMap((x) => (isDoc(x) ? [...x] : [])))
      if (NOT_IN_FACET.has(stage))
        throw new StoreError(40600, `${stage} is not allowed to be used within a $facet stage`);
    const list = stages.map(stageOf);
    return { name, stages: compileStages(list, context) };
  });
  return {
    fields: null,
    run: function* (input) {
      const all: Doc[] = [];
      for (const d of input) {
        if (d !== TICK) all.push(d as Doc);
        if (d === TICK || all.length % 32 === 0) yield TICK;
      }
      const out: Doc = new Map();
      for (const f of facets)
        out.set(f.name, [...withoutTicks(f.stages.reduce((s, stage) => stage.run(s), fromArray(all)))]);
      yield out;
    },
  };
}
