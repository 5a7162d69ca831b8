/** Sort specifications and the order they give. */
import { compareOrNull } from "./compare";
import { outsideSubset, StoreError } from "./errors";
import { sortCandidates, splitPath, topField } from "./paths";
import type { SortField } from "./planner";
import { Decimal128, type Doc, isDoc, isNumber, type NumberValue, toNumber, type Value } from "./values";

/** Sorting without an index may hold this much. */
export const SORT_MEMORY_BYTES = 100 * 1024 * 1024;

export function parseSort(v: Value | undefined): SortField[] {
  if (v === undefined) return [];
  if (!isDoc(v)) throw new StoreError(14, "Expected field 'sort' to be of type object");
  if (v.size > 32) throw new StoreError(13103, "too many compound keys");
  const fields = [...v].map(([path, d]): SortField => {
    if (isDoc(d) && d.has("$meta")) throw outsideSubset("$meta");
    if (!isNumber(d)) throw new StoreError(15974, `Illegal key in $sort specification: ${path}`);
    const n = direction(d);
    if (n !== 1 && n !== -1)
      throw new StoreError(15975, "$sort key ordering must be 1 (for ascending) or -1 (for descending)");
    if (path === "$natural") return { path, descending: n < 0 };
    checkPath(path);
    return { path, descending: n < 0 };
  });
  if (fields.length > 1 && fields.some((f) => f.path === "$natural"))
    throw new StoreError(2, "$natural sort cannot be set to a value other than -1 or 1.");
  return fields;
}

/** The whole number a direction counts as: a double loses its fraction, a decimal is rounded half to even. */
function direction(v: NumberValue): number {
  const n = toNumber(v);
  if (!(v instanceof Decimal128) || !Number.isFinite(n)) return Math.trunc(n);
  const below = Math.floor(n);
  if (n - below === 0.5) return below % 2 === 0 ? below : below + 1;
  return Math.round(n);
}

function checkPath(path: string): void {
  if (path === "") throw new StoreError(40352, "FieldPath cannot be constructed with empty string");
  if (path.endsWith(".")) throw new StoreError(40353, "FieldPath must not end with a '.'.");
  for (const p of path.split(".")) {
    if (p === "") throw new StoreError(15998, "FieldPath field names may not be empty strings.");
    if (p.startsWith("$")) throw new StoreError(16410, "FieldPath field names may not start with '$'.");
  }
}

export function sortFieldNames(sort: readonly SortField[]): ReadonlySet<string> {
  return new Set(sort.map((s) => topField(s.path)));
}

/** What a document is sorted by: for arrays the lowest element, or the highest when descending. */
export function sortKey(d: Doc, sort: readonly SortField[]): (Value | undefined)[] {
  return sort.map((s) => {
    const found = sortCandidates(d, splitPath(s.path));
    if (found.length === 1) return found[0];
    const way = s.descending ? -1 : 1;
    return found.reduce((best, x) => (compareOrNull(x, best) * way < 0 ? x : best));
  });
}

export function compareSortKeys(
  a: (Value | undefined)[],
  b: (Value | undefined)[],
  sort: readonly SortField[],
): number {
  for (let i = 0; i < sort.length; i++) {
    const order = compareOrNull(a[i], b[i]);
    if (order !== 0) return sort[i]!.descending ? -order : order;
  }
  return 0;
}

/** Keeps the first `wanted` items in order (all when 0), without ever sorting more than twice that many. */
export class Sorter<T> {
  private items: { key: (Value | undefined)[]; item: T; order: number }[] = [];
  private bytes = 0;
  private count = 0;

  constructor(
    private readonly sort: readonly SortField[],
    private readonly wanted: number,
    private readonly sizeOf: (item: T) => number,
  ) {}

  add(key: (Value | undefined)[], item: T): void {
    this.items.push({ key, item, order: this.count++ });
    this.bytes += this.sizeOf(item) + 64;
    if (this.wanted > 0 && this.items.length >= this.wanted * 2 + 256) this.trim();
    if (this.bytes > SORT_MEMORY_BYTES) {
      this.trim();
      if (this.bytes > SORT_MEMORY_BYTES) {
        throw new StoreError(
          292,
          "Executor error during find command :: caused by :: Sort exceeded memory limit of 104857600 bytes",
        );
      }
    }
  }

  private trim(): void {
    this.items.sort((a, b) => compareSortKeys(a.key, b.key, this.sort) || a.order - b.order);
    if (this.wanted > 0 && this.items.length > this.wanted) {
      for (const dropped of this.items.splice(this.wanted)) this.bytes -= this.sizeOf(dropped.item) + 64;
    }
  }

  sorted(): T[] {
    this.trim();
    return this.items.map((x) => x.item);
  }
}
