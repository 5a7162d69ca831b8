/** Greeting and small talk. The store greets as a standalone server: no set, no sessions, no topology stream. */
import { ok, type Reply } from "../reply";
import type { CommandContext, CommandSpec } from "./context";

const MAX_WIRE_VERSION = 21;
let connections = 0;

export function hello({ store }: Pick<CommandContext, "store">): Reply {
  return ok({
    helloOk: true,
    ismaster: true,
    isWritablePrimary: true,
    maxBsonObjectSize: 16 * 1024 * 1024,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    localTime: new Date(store.now()),
    connectionId: ++connections,
    minWireVersion: 0,
    maxWireVersion: MAX_WIRE_VERSION,
    readOnly: false,
  });
}

const VERSION = "7.0.0";
const buildInfo = (): Reply =>
  ok({
    version: VERSION,
    versionArray: [7, 0, 0, 0],
    gitVersion: "embedded",
    modules: ["embedded"],
    bits: 64,
    maxBsonObjectSize: 16 * 1024 * 1024,
  });

const GREETING =
  "hello ismaster isMaster helloOk client compression saslSupportedMechs speculativeAuthenticate loadBalanced topologyVersion maxAwaitTimeMS hostInfo".split(
    " ",
  );
const greeting: CommandSpec = { run: hello, fields: GREETING, absent: [] };
const simple = (name: string, run: () => Reply, fields: string[] = []): CommandSpec => ({
  run,
  fields: [name, ...fields],
  absent: [],
});

export const DIAGNOSTIC_COMMANDS: Record<string, CommandSpec> = {
  hello: greeting,
  isMaster: greeting,
  ismaster: greeting,
  ping: simple("ping", () => ok({})),
  buildInfo: simple("buildInfo", buildInfo),
  buildinfo: simple("buildinfo", buildInfo),
  endSessions: simple("endSessions", () => ok({})),
  connectionStatus: simple(
    "connectionStatus",
    () => ok({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] } }),
    ["showPrivileges"],
  ),
  whatsmyuri: simple("whatsmyuri", () => ok({ you: "local" })),
};
