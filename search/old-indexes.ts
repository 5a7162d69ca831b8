import type { Engine } from "./engine";
import { deleteIndex } from "./index-changes";

const day = 86_400_000;
/** An index of another version nobody wrote to for so long has no node left that understands it. */
const unusedAfterMs = 7 * day;
/** A half-filled index that a rebuild left behind when it broke off. */
const brokenOffAfterMs = day;
/** More than anybody has. */
const mostListed = 1_000;

/**
 * Deletes what other versions of this product, and rebuilds that broke off, left in the engine under this prefix. A node
 * of another version that still runs writes to its index with every change, and would build it anew if it were gone.
 */
export async function dropOldIndexes(
  engine: Engine,
  { prefix, own, now }: { prefix: string; own: string; now: Date },
): Promise<string[]> {
  const { results } = await engine.change((client) => client.getRawIndexes({ limit: mostListed }));
  const beginning = `${prefix}-issues-`;
  const old = results.filter(({ uid, updatedAt }) => {
    if (uid === own || !uid.startsWith(beginning) || !/^\d/.test(uid.slice(beginning.length))) return false;
    const keptForMs = /-next-[^-]+$/.test(uid) ? brokenOffAfterMs : unusedAfterMs;
    return now.getTime() - new Date(updatedAt).getTime() > keptForMs;
  });
  for (const { uid } of old) await deleteIndex(engine, uid);
  return old.map((each) => each.uid);
}
