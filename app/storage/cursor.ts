/** A place in a list sorted by a number and an id: opaque to whoever carries it, checked when it comes back. */
export interface Place {
  order: number;
  id: string;
}

export function writeCursor(place: Place): string {
  return Buffer.from(JSON.stringify([place.order, place.id])).toString("base64url");
}

/** Undefined for whatever `writeCursor` did not write: the list then starts at its beginning. */
export function readCursor(cursor: string | undefined): Place | undefined {
  if (cursor === undefined || cursor.length > 200) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [order, id]: unknown[] = value;
  if (typeof order !== "number" || !Number.isSafeInteger(order) || typeof id !== "string") return undefined;
  return { order, id };
}

/** Part of a list: all of it, what stands level with a place but after its id, or what comes after that. */
export type Range = { level: Place } | { past: Place } | undefined;

/** The filter of a range in a list sorted by a date and then by id, newest first. */
export function newestFirst(field: string, range: Range): Record<string, unknown> {
  if (!range) return {};
  if ("past" in range) return { [field]: { $lt: new Date(range.past.order) } };
  return { [field]: new Date(range.level.order), _id: { $lt: range.level.id } };
}

/**
 * Reads a page in two exact index ranges: what stands level with the cursor after its id, then what comes after. A page
 * rarely needs both, and neither looks at anything it does not return.
 */
export async function readPage<T>(
  cursor: string | undefined,
  limit: number,
  read: (range: Range, limit: number) => Promise<T[]>,
  placeOf: (item: T) => Place,
): Promise<{ items: T[]; next?: string }> {
  const after = readCursor(cursor);
  const items = await read(after ? { level: after } : undefined, limit + 1);
  if (after && items.length <= limit) items.push(...(await read({ past: after }, limit + 1 - items.length)));
  const last = items[limit - 1];
  if (items.length <= limit || !last) return { items };
  return { items: items.slice(0, limit), next: writeCursor(placeOf(last)) };
}
