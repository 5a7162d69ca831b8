import type { BoardIndex } from "../../search/issue-index";
import type { RecordedEvent } from "../domain/event";
import type { EventStore } from "../domain/ports";
import { faultFacts, log } from "./log";

/**
 * Work is shared: what happened may have been followed up by a node of another version, into the index that node
 * understands. Each node therefore looks through what happened lately and puts into its own index what it lacks there.
 */
export interface CatchUp {
  /** Resolves with how many issues were behind. Throws when store or engine do not answer: the next one makes up for it. */
  now(): Promise<number>;
  stop(): void;
}

export interface CatchUpOptions {
  events: Pick<EventStore, "page">;
  index: Pick<BoardIndex, "behind" | "lastWrittenTo">;
  /** Puts these issues into the index as they are now. */
  put(issues: readonly string[]): Promise<void>;
  clock(): Date;
  /** Too much happened since the index was last written to: it is built anew. */
  onFarBehind(): void;
  everyMs?: number;
}

const everyMs = 15_000;
/** Events reach the history a little after they happened. */
const overlapMs = 10 * 60_000;
const pageSize = 500;
const mostPagesAtOnce = 20;

export function startCatchUp(options: CatchUpOptions): CatchUp {
  const { clock } = options;
  let caughtUpTo: Date | undefined;
  /** Events of the overlap that were looked at already, with when they happened. */
  let seen = new Map<string, Date>();
  let running: Promise<number> | undefined;

  async function sweep(): Promise<number> {
    const began = clock();
    const last = caughtUpTo ?? (await options.index.lastWrittenTo());
    if (!last) return 0;
    const since = new Date(last.getTime() - overlapMs);
    const events = await eventsSince(options.events, since);
    if (!events) {
      options.onFarBehind();
      caughtUpTo = began;
      return 0;
    }
    const fresh = events.filter((event) => !seen.has(event.id));
    const behind = await options.index.behind(happenedIn(fresh));
    if (behind.length > 0) await options.put(behind);
    seen = new Map(events.map((event) => [event.id, event.at]));
    caughtUpTo = began;
    return behind.length;
  }

  const now = () => {
    running ??= sweep().finally(() => {
      running = undefined;
    });
    return running;
  };
  const timer = setInterval(() => {
    now().catch((error) => log("catch-up-failed", faultFacts(error)));
  }, options.everyMs ?? everyMs).unref();
  return { now, stop: () => clearInterval(timer) };
}

/** What happened since, the newest first; undefined when that is more than anybody should put one by one. */
export async function eventsSince(
  events: Pick<EventStore, "page">,
  since: Date,
  mostPages = mostPagesAtOnce,
): Promise<RecordedEvent[] | undefined> {
  const found: RecordedEvent[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < mostPages; pages++) {
    const page = await events.page({ limit: pageSize, ...(cursor ? { cursor } : {}) });
    const recent = page.items.filter((event) => event.at >= since);
    found.push(...recent);
    cursor = recent.length === page.items.length ? page.next : undefined;
    if (!cursor) return found;
  }
  return undefined;
}

function happenedIn(events: readonly RecordedEvent[]) {
  const latest = new Map<string, { id: string; version: number; repliedAt?: Date }>();
  for (const event of events) {
    const known = latest.get(event.issue) ?? { id: event.issue, version: 0 };
    if (event.type !== "reply-posted") known.version = Math.max(known.version, event.version);
    else if (!known.repliedAt || known.repliedAt < event.at) known.repliedAt = event.at;
    latest.set(event.issue, known);
  }
  return [...latest.values()];
}
