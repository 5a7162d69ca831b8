import type { Unattended } from "../commands/bind-commands";
import type { ClaimedFollowUp, IssueIndex, Notifier, Ports } from "../domain/ports";
import type { ThemeAssigner } from "../domain/theme-ports";

/** What follow-ups are bound to. */
export type FollowUpPorts = Pick<
  Ports,
  "now" | "newId" | "directory" | "issues" | "replies" | "notices" | "events" | "searches"
> & {
  index: Pick<IssueIndex, "put" | "state" | "matching">;
  notifier: Notifier;
  themes: ThemeAssigner;
  unattended: Pick<Unattended, "startWork" | "settleDuplicates">;
};

/** One thing done after something happened. It reads what it needs again by id, and may safely be run twice. */
export interface FollowUp {
  /** How many it takes in one run. More than one only where that is cheaper. */
  atOnce: number;
  /** Throws when it could not be done: it is tried again. */
  run(works: readonly ClaimedFollowUp[]): Promise<void>;
}

/** Thrown when nothing is wrong with the event, but what it needs is away: it waits and is never parked for it. */
export class NotNow extends Error {
  override name = "NotNow";
  constructor(
    message: string,
    readonly retryAfterMs: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** For follow-ups that take their work one by one. */
export function oneByOne(run: (work: ClaimedFollowUp) => Promise<void>): FollowUp {
  return {
    atOnce: 1,
    async run(works) {
      for (const work of works) await run(work);
    },
  };
}
