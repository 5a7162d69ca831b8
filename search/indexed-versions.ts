import { z } from "zod";
import { type Engine, EngineRefusal } from "./engine";

/** What is known to have happened to an issue: its version by then, and when a reply was written to it. */
export interface Happened {
  id: string;
  version: number;
  repliedAt?: Date;
}

const heldSchema = z.object({
  results: z.array(z.object({ id: z.string(), version: z.number(), repliedAt: z.number().nullable() })),
});

const askedAtOnce = 200;

/** Of these issues, those that the index does not hold, or holds as they were before. */
export async function behindIn(engine: Engine, name: string, happened: readonly Happened[]): Promise<string[]> {
  const behind: string[] = [];
  for (let at = 0; at < happened.length; at += askedAtOnce) {
    const some = happened.slice(at, at + askedAtOnce);
    const held = await heldOf(engine, name, some);
    for (const { id, version, repliedAt } of some) {
      const known = held.get(id);
      const hasReply = !repliedAt || (known?.repliedAt ?? 0) >= repliedAt.getTime();
      if (!known || known.version < version || !hasReply) behind.push(id);
    }
  }
  return behind;
}

async function heldOf(engine: Engine, name: string, some: readonly Happened[]) {
  const ids = some.map((each) => each.id);
  const fields = ["id", "version", "repliedAt"];
  const answer = await engine.change((client) => client.index(name).getDocuments({ ids, fields, limit: ids.length }));
  return new Map(heldSchema.parse(answer).results.map((each) => [each.id, each]));
}

/** When the index was last written to; undefined where there is none. */
export async function lastWrittenTo(engine: Engine, name: string): Promise<Date | undefined> {
  try {
    const { updatedAt } = await engine.change((client) => client.getRawIndex(name));
    return new Date(updatedAt);
  } catch (fault) {
    if (fault instanceof EngineRefusal && fault.code === "index_not_found") return undefined;
    throw fault;
  }
}
