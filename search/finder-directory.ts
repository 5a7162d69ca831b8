import type { Directory } from "../app/domain/directory";
import type { FindHit } from "../app/domain/find-ports";
import type { FindKind, FindQuery } from "../app/domain/find-query";
import type { Actor } from "../app/domain/person";
import { londonDay } from "../app/domain/working-days";
import { directoryKinds } from "./kinds/all-kinds";
import { type DirectoryEntry, type DirectoryKind, mayBrowseDirectory, plain } from "./kinds/kind";
import { createWordIndex, markWords, type WordIndex } from "./word-index";

/** Services, organisations and people: looked for in memory, with or without the engine. */
export interface DirectoryFinder {
  /** A page of a kind and how many there are. Nothing for guests: they know only what they were named on. */
  find(actor: Actor, kind: FindKind, query: FindQuery, page: { offset: number; limit: number }): DirectoryFound;
}

export interface DirectoryFound {
  hits: FindHit[];
  total: number;
}

/** What was read of a directory on one day; read again when the directory was replaced or the day is over. */
interface Reading {
  day: string;
  posts: Directory["posts"];
  kinds: Map<FindKind, { entries: DirectoryEntry[]; words: WordIndex }>;
}

export function createDirectoryFinder({ directory, now }: { directory: Directory; now: () => Date }): DirectoryFinder {
  let reading: Reading | undefined;

  const readingOf = (kind: DirectoryKind) => {
    const day = londonDay(now());
    if (reading?.day !== day || reading.posts !== directory.posts)
      reading = { day, posts: directory.posts, kinds: new Map() };
    const known = reading.kinds.get(kind.kind);
    if (known) return known;
    const entries = kind.entries(directory, now()).sort((a, b) => a.name.localeCompare(b.name, "en-GB"));
    const read = { entries, words: createWordIndex(entries.map((each) => each.texts)) };
    reading.kinds.set(kind.kind, read);
    return read;
  };

  return {
    find(actor, name, query, { offset, limit }) {
      const kind = directoryKinds.find((each) => each.kind === name);
      if (!kind || !mayBrowseDirectory(actor) || asksForMore(query)) return { hits: [], total: 0 };
      const { entries, words } = readingOf(kind);
      const candidates =
        query.text === ""
          ? entries.map((entry) => ({ entry, words: noWords }))
          : words.find(query.text).flatMap(({ entry: at, words: matched }) => {
              const entry = entries[at];
              return entry ? [{ entry, words: matched }] : [];
            });
      const found = candidates.filter(({ entry }) => isWithin(entry, query));
      return { hits: found.slice(offset, offset + limit).map(hitOf), total: found.length };
    },
  };
}

const noWords: ReadonlySet<string> = new Set();

function hitOf({ entry, words }: { entry: DirectoryEntry; words: ReadonlySet<string> }): FindHit {
  return entry.hit(entry.texts.map((text) => (words.size > 0 ? markWords(text, words) : plain(text))));
}

/** Narrowed by what nothing in the directory has: a state, a kind of issue. */
function asksForMore(query: FindQuery): boolean {
  return [query.category, query.state, query.harm, query.year, query.theme].some((values) => values.length > 0);
}

function isWithin(entry: DirectoryEntry, { place, organisation, service }: FindQuery): boolean {
  if (place.length > 0 && !place.some((each) => entry.places.includes(each))) return false;
  if (organisation.length > 0 && !organisation.some((each) => entry.organisations.includes(each))) return false;
  return service.length === 0 || (entry.service !== undefined && service.includes(entry.service));
}
