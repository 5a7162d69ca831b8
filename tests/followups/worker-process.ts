import { monotonicFactory } from "ulid";
import { bindUnattended } from "../../app/commands/bind-commands";
import type { Ports } from "../../app/domain/ports";
import { startFollowUps } from "../../app/followups/run";
import { followUpTable } from "../../app/followups/table";
import { connectStore } from "../../app/storage/connect";
import { smallDirectory } from "../support/small-directory";
import { storeDesk } from "../support/theme-desk";

/** A worker in a process of its own, to be killed: `worker-process.ts URI DATABASE`. Prints a line for every notice. */
const [uri = "", database = ""] = process.argv.slice(2);
const directory = smallDirectory();
const store = await connectStore({ uri, database, directory });
const newId = monotonicFactory();
const ports: Ports = {
  now: () => new Date(),
  newId: () => newId(),
  newReference: () => "",
  directory,
  issues: store.issues,
  replies: store.replies,
  notices: store.notices,
  events: store.events,
  likeness: store.likeness,
  likenessShown: async () => new Map(),
  searches: store.searches,
  themeDesk: storeDesk(store).desk,
  foundNow: async () => [],
  wakeFollowUps: () => {},
};
startFollowUps({
  outbox: store.outbox,
  followUps: followUpTable({
    ...ports,
    index: {
      put: async () => {},
      matching: async (asked) => asked.map(() => []),
      state: async () => ({ state: "ready", documents: 0, unofficialRepack: false }),
    },
    notifier: {
      issueChanged: () => {},
      noticesChanged: (person) => void process.stdout.write(`told ${person}\n`),
      themesChanged: () => {},
    },
    themes: { assign: async () => {} },
    unattended: bindUnattended(ports),
  }),
  now: ports.now,
  newId: ports.newId,
  onFault: (followUp) => void process.stderr.write(`${followUp} failed\n`),
  pollMs: 100,
});
