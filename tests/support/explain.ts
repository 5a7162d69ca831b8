import type { CommandStartedEvent } from "mongodb";
import type { Storage } from "../../app/storage/connect";

export interface Examined {
  command: string;
  keys: number;
  documents: number;
  returned: number;
  stages: string[];
}

/** Add to the options of a URI whose queries are to be watched. */
export function watched(uri: string): string {
  return `${uri}${uri.includes("?") ? "&" : "?"}monitorCommands=true`;
}

/** Runs `work`, then asks the store to explain every query it sent: what did each of them have to look at? */
export async function explainAll(storage: Storage, work: () => Promise<unknown>): Promise<Examined[]> {
  const client = storage.connection.getClient();
  const sent: Record<string, unknown>[] = [];
  const listen = ({ command, commandName }: CommandStartedEvent) => {
    if (["find", "count", "aggregate", "distinct"].includes(commandName)) sent.push(command);
  };
  client.on("commandStarted", listen);
  await work();
  client.off("commandStarted", listen);
  return Promise.all(sent.map((command) => explain(storage, command)));
}

async function explain(storage: Storage, command: Record<string, unknown>): Promise<Examined> {
  const { lsid: _lsid, $db: _db, $clusterTime: _time, txnNumber: _txn, ...query } = command;
  const answer = await storage.connection.db?.command({ explain: query, verbosity: "executionStats" });
  const stats = answer?.executionStats;
  if (typeof stats?.totalKeysExamined !== "number") throw new Error("the store did not say what it examined");
  return {
    command: Object.keys(query)[0] ?? "",
    keys: stats.totalKeysExamined,
    documents: stats.totalDocsExamined,
    returned: stats.nReturned,
    stages: stagesOf(answer?.queryPlanner?.winningPlan),
  };
}

function stagesOf(plan: unknown): string[] {
  if (typeof plan !== "object" || plan === null) return [];
  return Object.entries(plan).flatMap(([name, value]) => {
    if (name === "stage" && typeof value === "string") return [value];
    return Array.isArray(value) ? value.flatMap(stagesOf) : stagesOf(value);
  });
}
