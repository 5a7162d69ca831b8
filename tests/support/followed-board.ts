import { bindCommands, bindUnattended } from "../../app/commands/bind-commands";
import type { Issue } from "../../app/domain/issue";
import type { IndexEntry, IndexState, IssuesMatched, Notifier, Ports } from "../../app/domain/ports";
import type { FollowUp } from "../../app/followups/follow-up";
import { type FollowUpRunner, startFollowUps } from "../../app/followups/run";
import { followUpTable } from "../../app/followups/table";
import { newId } from "./issues";
import { actorOf, testDay } from "./small-directory";
import type { TestStore } from "./store";
import { storeDesk } from "./theme-desk";

let references = 0;

/** Commands and follow-ups over a real store, with a clock, an index and a notifier that the test holds in its hand. */
export function followedBoard(store: TestStore) {
  const clock = { now: testDay };
  const indexed = new Map<string, IndexEntry>();
  /** Ids that every saved search finds. */
  const finds = new Set<string>();
  const engine = { down: false, puts: 0 };
  const changed: Parameters<Notifier["issueChanged"]>[0][] = [];
  const noticed: string[] = [];
  const faults: { followUp: string; error: unknown }[] = [];
  const ports: Ports = {
    now: () => clock.now,
    newId: () => newId(),
    newReference: () => `CT-${(references++).toString(32).toUpperCase().padStart(5, "0")}`,
    directory: store.knownPeople,
    issues: store.issues,
    replies: store.replies,
    notices: store.notices,
    events: store.events,
    likeness: store.likeness,
    likenessShown: async () => new Map(),
    searches: store.searches,
    themeDesk: storeDesk(store).desk,
    foundNow: async () => [...finds],
    wakeFollowUps: () => {},
  };
  const index = {
    matching: async (asked: readonly IssuesMatched[]) => asked.map(({ ids }) => ids.filter((id) => finds.has(id))),
    async put(entries: readonly IndexEntry[]) {
      engine.puts++;
      if (engine.down) throw new Error("connection refused");
      for (const entry of entries) indexed.set(entry.issue.id, entry);
    },
    state: async (): Promise<IndexState> =>
      engine.down
        ? { state: "down", why: "stopped" }
        : { state: "ready", documents: indexed.size, unofficialRepack: false },
  };
  const notifier: Notifier = {
    issueChanged: (issue) => void changed.push(issue),
    noticesChanged: (person) => void noticed.push(person),
    themesChanged: () => {},
  };
  const unattended = bindUnattended(ports);
  /** Issues that were put with their theme, as they were then. */
  const assigned: Issue[] = [];
  const themes = { assign: async (issue: Issue) => void assigned.push(issue) };
  const table = followUpTable({ ...ports, index, notifier, themes, unattended });
  const runners: FollowUpRunner[] = [];
  return {
    clock,
    indexed,
    finds,
    engine,
    changed,
    assigned,
    noticed,
    faults,
    ports,
    unattended,
    commands: bindCommands(ports),
    table,
    actor: (person: string, hat?: string) => actorOf(store.knownPeople, person, hat),
    /** Lets time pass. */
    pass(seconds: number) {
      clock.now = new Date(clock.now.getTime() + seconds * 1_000);
    },
    /** A worker: it polls only when it is told to. */
    start(over: Readonly<Record<string, FollowUp>> = table): FollowUpRunner {
      const runner = startFollowUps({
        outbox: store.outbox,
        followUps: over,
        now: ports.now,
        newId: ports.newId,
        onFault: (followUp, error) => void faults.push({ followUp, error }),
        pollMs: 3_600_000,
      });
      runners.push(runner);
      return runner;
    },
    /** Does everything that is due now. */
    async followUp() {
      const runner = this.start();
      await runner.drain();
      await runner.stop();
    },
    async stop() {
      await Promise.all(runners.map((runner) => runner.stop()));
    },
    /** Who was told of events of this type on this issue, and who of them is asked to act. */
    async told(issue: string, type: string) {
      const found = await store.connection.collection("notices").find({ issue, type }).toArray();
      const people = (asks: boolean) =>
        found
          .filter((each) => each.asks === asks)
          .map((each) => each.person)
          .sort();
      return { asked: people(true), told: people(false) };
    },
  };
}
export type FollowedBoard = ReturnType<typeof followedBoard>;

/** The value of an outcome, or the problem as a failure. */
export function accepted<T>(outcome: { ok: true; value: T } | { ok: false; problem: unknown }): T {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.problem)}`);
  return outcome.value;
}
