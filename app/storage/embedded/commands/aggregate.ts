/** aggregate. */
import { encode } from "../bson-write";
import { outsideSubset, StoreError } from "../errors";
import { arrayOption, boolOption, cursorBatchSize, strictBool } from "../options";
import { type CompiledPipeline, compilePipeline } from "../pipeline";
import type { Reply } from "../reply";
import { type Stream, TICK } from "../stream";
import { type Doc, isNumber, toNumber } from "../values";
import { type CommandContext, type CommandSpec, namespace, variablesOf } from "./context";
import { collectionName, FIRST_BATCH, firstBatch, hintOf } from "./read";

export function pipelineOf(context: CommandContext): { pipeline: CompiledPipeline; ns: string } {
  const { command, store } = context;
  const target = command.get("aggregate");
  const stages = arrayOption(command, "pipeline");
  let name: string | undefined;
  if (isNumber(target)) {
    if (toNumber(target) !== 1)
      throw new StoreError(9, "Invalid command format: the 'aggregate' field must specify a collection name or 1");
  } else name = collectionName(command, "aggregate");
  const pipeline = compilePipeline(
    stages,
    name,
    { store: store.collections, db: context.db, variables: variablesOf(context) },
    (c) => hintOf(command.get("hint"), c),
  );
  return { pipeline, ns: namespace(context, name ?? "$cmd.aggregate") };
}

function* encoded(stream: Stream<Doc>): Stream<Buffer> {
  for (const d of stream) yield d === TICK ? TICK : encode(d as Doc);
}

async function aggregate(context: CommandContext): Promise<Reply> {
  const { command } = context;
  if (boolOption(command, "explain", false))
    throw outsideSubset("aggregate with explain: true (use the explain command)");
  strictBool(command, "allowDiskUse", false);
  if ((command.get("cursor") ?? null) === null)
    throw new StoreError(9, "The 'cursor' option is required, except for aggregate with the explain argument");
  const size = cursorBatchSize(command, FIRST_BATCH);
  const { pipeline, ns } = pipelineOf(context);
  return firstBatch(context, encoded(pipeline.stream()), ns, size, false);
}

export const AGGREGATE_COMMANDS: Record<string, CommandSpec> = {
  aggregate: {
    run: aggregate,
    fields: "aggregate pipeline cursor allowDiskUse hint let explain bypassDocumentValidation".split(" "),
    absent: "collation needsMerge fromMongos exchange isMapReduceCommand".split(" "),
  },
};
