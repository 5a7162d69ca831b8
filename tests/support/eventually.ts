import { setTimeout as wait } from "node:timers/promises";

/** Waits until something holds; fails when it does not within the time. For what another process does. */
export async function eventually(holds: () => boolean | Promise<boolean>, withinMs = 15_000): Promise<void> {
  const giveUpAt = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > giveUpAt) throw new Error(`It did not come about within ${withinMs} ms.`);
    await wait(20);
  }
}
