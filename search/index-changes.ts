import type { EnqueuedTaskPromise, Meilisearch, Task } from "meilisearch";
import { z } from "zod";
import { type Engine, EngineRefusal } from "./engine";
import type { IssueDocument } from "./index-document";
import { embedder, indexSettings } from "./index-settings";

/** Changes of an index in the engine, each waited for to its end. */

/** Longest wait for the engine to take a change in; large batches on a slow machine take a minute. */
const takenInWithinMs = 120_000;
const waitOptions = { timeout: takenInWithinMs, interval: 25 };

/** Makes the index where it is missing and applies its settings: the same ones again change nothing. */
export async function prepareIndex(engine: Engine, name: string): Promise<"created" | "kept"> {
  const made = await task(engine, (client) => client.createIndex(name, { primaryKey: "id" }));
  if (made.status !== "succeeded" && made.error?.code !== "index_already_exists") throw refusal(made);
  await finish(engine, (client) => client.index(name).updateSettings(indexSettings()));
  return made.status === "succeeded" ? "created" : "kept";
}

export async function deleteIndex(engine: Engine, name: string): Promise<void> {
  const gone = await task(engine, (client) => client.deleteIndex(name));
  if (gone.status !== "succeeded" && gone.error?.code !== "index_not_found") throw refusal(gone);
}

/** Puts one index in another's place, and that one in its. */
export function swapIndexes(engine: Engine, one: string, other: string): Promise<void> {
  return finish(engine, (client) => client.swapIndexes([{ indexes: [one, other], rename: false }]));
}

/**
 * Adds documents, in one go where the engine takes them so. Those it will not take hold up nobody: they are found by
 * halves and added without their vectors, which is what can be wrong with them. Returns the ids of those it does not
 * even take so. Throws when the engine does not answer.
 */
export async function addDocuments(
  engine: Engine,
  name: string,
  documents: readonly IssueDocument[],
): Promise<string[]> {
  if (documents.length === 0) return [];
  try {
    await finish(engine, (client) => client.index<IssueDocument>(name).addDocuments([...documents]));
    return [];
  } catch (fault) {
    if (!(fault instanceof EngineRefusal) || isOfTheIndex(fault)) throw fault;
    const [only] = documents;
    if (documents.length > 1) {
      const half = Math.ceil(documents.length / 2);
      const first = await addDocuments(engine, name, documents.slice(0, half));
      return [...first, ...(await addDocuments(engine, name, documents.slice(half)))];
    }
    if (!only || only._vectors[embedder] === null) return documents.map((document) => document.id);
    return addDocuments(engine, name, [{ ...only, _vectors: { [embedder]: null } }]);
  }
}

const themesAtOnce = 500;
const themedSchema = z.object({ results: z.array(z.object({ id: z.string(), theme: z.string().nullable() })) });

/**
 * Changes which theme documents are in, where it is another one now. Those that are not in the index are left out: half
 * a document would be found by nobody and have no rights.
 */
export async function changeThemes(
  engine: Engine,
  name: string,
  marks: readonly Pick<IssueDocument, "id" | "theme">[],
): Promise<void> {
  for (let at = 0; at < marks.length; at += themesAtOnce) {
    const some = marks.slice(at, at + themesAtOnce);
    const ids = some.map((mark) => mark.id);
    const there = await engine.change(async (client) =>
      themedSchema.parse(await client.index(name).getDocuments({ ids, fields: ["id", "theme"], limit: themesAtOnce })),
    );
    const known = new Map(there.results.map((each) => [each.id, each.theme]));
    const changed = some.filter(({ id, theme }) => known.has(id) && known.get(id) !== theme);
    if (changed.length > 0) await finish(engine, (client) => client.index(name).updateDocuments(changed));
  }
}

/** Refusals that are no document's fault. */
function isOfTheIndex({ code }: EngineRefusal): boolean {
  return ["index_not_found", "invalid_api_key", "missing_authorization_header", "no_space_left_on_device"].includes(
    code,
  );
}

/** Runs a change to its end; throws when the engine refused it. */
async function finish(engine: Engine, change: (client: Meilisearch) => EnqueuedTaskPromise): Promise<void> {
  const finished = await task(engine, change);
  if (finished.status !== "succeeded") throw refusal(finished);
}

function task(engine: Engine, change: (client: Meilisearch) => EnqueuedTaskPromise): Promise<Task> {
  return engine.change((client) => change(client).waitTask(waitOptions));
}

function refusal(failed: Task): EngineRefusal {
  return new EngineRefusal(failed.error?.code ?? failed.status);
}
