import type { Unattended } from "../commands/bind-commands";
import type { IssueStore } from "../domain/ports";

export interface CloseSilentOptions {
  issues: Pick<IssueStore, "silentOffers">;
  unattended: Pick<Unattended, "confirmBySilence">;
  now(): Date;
  onFault(error: unknown): void;
  everyMs?: number;
}

/** Offers looked at in one go; the rest wait for the next, which comes at once. */
const batchSize = 100;

/** Resolves offered outcomes that nobody answered in time as "not confirmed". Several nodes may do so at once. */
export function startCloseSilent(options: CloseSilentOptions): { sweep(): Promise<void>; stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let sweeping = Promise.resolve();
  const tick = () => {
    sweeping = sweep(options, () => stopped)
      .catch(options.onFault)
      .then(() => {
        if (!stopped) timer = setTimeout(tick, options.everyMs ?? 60_000).unref();
      });
  };
  tick();
  return {
    sweep: () => sweep(options, () => stopped),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await sweeping;
    },
  };
}

async function sweep({ issues, unattended, now, onFault }: CloseSilentOptions, stopped: () => boolean): Promise<void> {
  for (;;) {
    const ids = await issues.silentOffers(now(), batchSize);
    let closed = 0;
    for (const id of ids) {
      if (stopped()) return;
      try {
        await unattended.confirmBySilence(id);
        closed++;
      } catch (error) {
        onFault(error);
      }
    }
    // One that cannot be closed stays first in the list: it must not keep the sweep going round.
    if (ids.length < batchSize || closed === 0) return;
  }
}
