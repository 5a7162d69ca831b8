/**
 * Replays the MongoDB drivers' own specification tests (unified test format, as JSON) against a server.
 * Not replayed, and counted as passed over: fail points, sessions, and what needs another kind of server than a
 * standalone.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import {
  BSON,
  type CommandStartedEvent,
  type Document,
  MongoBulkWriteError,
  MongoClient,
  type MongoClientOptions,
  MongoServerError,
} from "mongodb";
import { z } from "zod";
import { isRefusalCode } from "./judge";
import { mismatch } from "./unified-match";
import { onClient, onCollection, onDatabase, UnknownOperation } from "./unified-operations";

const fields = z.record(z.unknown());
const requirement = z.object({
  minServerVersion: z.string().optional(),
  maxServerVersion: z.string().optional(),
  topologies: z.array(z.string()).optional(),
  auth: z.boolean().optional(),
  csfle: z.unknown(),
});
const dataset = z.object({
  collectionName: z.string(),
  databaseName: z.string(),
  documents: z.array(fields),
  createOptions: fields.optional(),
});
const operation = z.object({
  name: z.string(),
  object: z.string(),
  arguments: fields.optional(),
  expectError: fields.optional(),
  expectResult: z.unknown(),
  ignoreResultAndError: z.boolean().optional(),
  saveResultAsEntity: z.string().optional(),
});
const test = z.object({
  description: z.string(),
  skipReason: z.string().optional(),
  runOnRequirements: z.array(requirement).optional(),
  operations: z.array(operation),
  expectEvents: z.array(z.object({ client: z.string(), events: z.array(fields) })).optional(),
  outcome: z.array(dataset).optional(),
});
const file = z.object({
  description: z.string(),
  runOnRequirements: z.array(requirement).optional(),
  createEntities: z.array(z.record(z.string(), fields)).optional(),
  initialData: z.array(dataset).optional(),
  tests: z.array(test),
});

type UnifiedTest = z.infer<typeof test>;
type Operation = z.infer<typeof operation>;
export type UnifiedFile = z.infer<typeof file> & { name: string };

export interface UnifiedVerdict {
  id: string;
  kind: "passed" | "refused" | "failed" | "over";
  why: string;
}

/** The unified tests of a file, or of every JSON file in a folder. */
export function readUnified(path: string): UnifiedFile[] {
  if (statSync(path).isDirectory())
    return readdirSync(path)
      .filter((f) => f.endsWith(".json"))
      .sort()
      .flatMap((f) => readUnified(join(path, f)));
  if (!path.endsWith(".json")) return [];
  const read = BSON.EJSON.parse(readFileSync(path, "utf8"), { relaxed: true });
  return [{ ...file.parse(read), name: basename(path, ".json") }];
}

/** The server's answer decides: `refused` when what differs is a command refused as outside the subset. */
export async function replayUnified(uri: string, f: UnifiedFile): Promise<UnifiedVerdict[]> {
  const verdicts: UnifiedVerdict[] = [];
  const setup = await new MongoClient(uri, { retryWrites: false }).connect();
  try {
    const { version } = await setup.db("admin").command({ buildInfo: 1 });
    for (const t of f.tests) {
      const id = `${f.name}: ${t.description}`;
      const over = t.skipReason ?? unmet(f.runOnRequirements, version) ?? unmet(t.runOnRequirements, version);
      if (over !== undefined) verdicts.push({ id, kind: "over", why: over });
      else verdicts.push({ id, ...(await replayOne(uri, setup, f, t)) });
    }
  } finally {
    await setup.close();
  }
  return verdicts;
}

function unmet(list: z.infer<typeof requirement>[] | undefined, version: string): string | undefined {
  if (!list || list.length === 0) return undefined;
  const met = list.some(
    (r) =>
      (r.topologies?.includes("single") ?? true) &&
      r.auth !== true &&
      !r.csfle &&
      byVersion(version, r.minServerVersion ?? "0") >= 0 &&
      byVersion(version, r.maxServerVersion ?? "999") <= 0,
  );
  return met ? undefined : `needs another server: ${JSON.stringify(list)}`;
}

function byVersion(a: string, b: string): number {
  const [x, y] = [a, b].map((v) => v.split(".").map(Number)) as [number[], number[]];
  for (let i = 0; i < 3; i++) {
    const difference = (x[i] ?? 0) - (y[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

type Outcome = Omit<UnifiedVerdict, "id">;

async function replayOne(uri: string, setup: MongoClient, f: UnifiedFile, t: UnifiedTest): Promise<Outcome> {
  for (const d of f.initialData ?? []) await prepare(setup, d);
  const entities = new Entities(uri);
  try {
    for (const e of f.createEntities ?? []) await entities.create(e);
    for (const o of t.operations) {
      const wrong = await run(entities, o);
      if (wrong) return wrong;
    }
    const wrong = eventsDiffer(entities, t) ?? (await outcomeDiffers(setup, t));
    return wrong ? { kind: "failed", why: wrong } : { kind: "passed", why: "" };
  } catch (error) {
    if (error instanceof UnknownOperation) return { kind: "over", why: `the runner does not do ${error.message}` };
    throw error;
  } finally {
    await entities.close();
  }
}

async function prepare(client: MongoClient, d: z.infer<typeof dataset>): Promise<void> {
  const db = client.db(d.databaseName);
  await db.dropCollection(d.collectionName);
  if (d.documents.length > 0) await db.collection(d.collectionName).insertMany(d.documents);
  else await db.createCollection(d.collectionName);
}

class Entities {
  readonly saved = new Map<string, unknown>();
  readonly clients = new Map<string, MongoClient>();
  readonly events = new Map<string, CommandStartedEvent[]>();
  private readonly runs = new Map<string, (name: string, args: Document) => Promise<unknown>>();
  private readonly databases = new Map<string, ReturnType<MongoClient["db"]>>();

  constructor(private readonly uri: string) {}

  async create(entity: Record<string, Document>): Promise<void> {
    const [kind, spec] = Object.entries(entity)[0] ?? ["", {}];
    const id = String(spec.id);
    if (kind === "client") {
      const options: MongoClientOptions = { retryWrites: false, monitorCommands: true, ...spec.uriOptions };
      const client = await new MongoClient(this.uri, options).connect();
      const events: CommandStartedEvent[] = [];
      client.on("commandStarted", (e) => events.push(e));
      this.clients.set(id, client);
      this.events.set(id, events);
      this.runs.set(id, (name, args) => onClient(client, name, args));
    } else if (kind === "database") {
      const client = this.clients.get(spec.client);
      if (!client) throw new UnknownOperation(`a database of ${spec.client}`);
      const db = client.db(spec.databaseName, spec.databaseOptions);
      this.databases.set(id, db);
      this.runs.set(id, (name, args) => onDatabase(db, name, args));
    } else if (kind === "collection") {
      const db = this.databases.get(spec.database);
      if (!db) throw new UnknownOperation(`a collection of ${spec.database}`);
      const c = db.collection(spec.collectionName, spec.collectionOptions);
      this.runs.set(id, (name, args) => onCollection(c, name, args));
    } else throw new UnknownOperation(`an entity of kind ${kind}`);
  }

  run(object: string, name: string, args: Document): Promise<unknown> {
    const run = this.runs.get(object);
    if (!run) throw new UnknownOperation(`${name} on ${object}`);
    return run(name, args);
  }

  async close(): Promise<void> {
    for (const c of this.clients.values()) await c.close();
  }
}

async function run(entities: Entities, o: Operation): Promise<Outcome | undefined> {
  let result: unknown;
  try {
    result = await entities.run(o.object, o.name, o.arguments ?? {});
  } catch (error) {
    if (error instanceof UnknownOperation) throw error;
    if (o.ignoreResultAndError) return undefined;
    const why = o.expectError
      ? errorDiffers(error, o.expectError, entities)
      : `${o.name}: ${error instanceof Error ? error.message : String(error)}`;
    if (!why) return undefined;
    return { kind: isRefusalCode(codeOf(error)) ? "refused" : "failed", why };
  }
  if (o.ignoreResultAndError) return undefined;
  if (o.expectError) return { kind: "failed", why: `${o.name}: an error is due, none came` };
  if (o.saveResultAsEntity) entities.saved.set(o.saveResultAsEntity, result);
  const why = o.expectResult === undefined ? undefined : mismatch(o.expectResult, result, entities);
  return why ? { kind: "failed", why: `${o.name}: ${why}` } : undefined;
}

function codeOf(error: unknown): number | undefined {
  if (error instanceof MongoBulkWriteError) return Number(error.code);
  return error instanceof MongoServerError ? Number(error.code) : undefined;
}

function errorDiffers(error: unknown, due: Document, entities: Entities): string | undefined {
  const message = error instanceof Error ? error.message : String(error);
  const fromServer = error instanceof MongoServerError;
  if (due.isClientError === true && fromServer) return `an error of the driver is due, came ${message}`;
  if (due.isClientError === false && !fromServer) return `an error of the server is due, came ${message}`;
  if (due.errorCode !== undefined && codeOf(error) !== due.errorCode)
    return `error ${due.errorCode} is due, ${codeOf(error)} came: ${message}`;
  if (due.errorContains !== undefined && !message.toLowerCase().includes(String(due.errorContains).toLowerCase()))
    return `an error with "${due.errorContains}" is due, came ${message}`;
  if (due.errorCodeName !== undefined && !(fromServer && error.codeName === due.errorCodeName))
    return `error ${due.errorCodeName} is due, came ${message}`;
  if (due.expectResult === undefined) return undefined;
  return mismatch(due.expectResult, error instanceof MongoBulkWriteError ? error.result : undefined, entities);
}

function eventsDiffer(entities: Entities, t: UnifiedTest): string | undefined {
  for (const due of t.expectEvents ?? []) {
    const wanted = due.events.flatMap((e) => (isStarted(e) ? [e.commandStartedEvent] : []));
    if (wanted.length < due.events.length) continue;
    const came = entities.events.get(due.client) ?? [];
    if (came.length !== wanted.length)
      return `${wanted.length} commands are due, came ${came.map((e) => e.commandName).join(", ")}`;
    for (const [i, w] of wanted.entries()) {
      const { command, ...about } = w;
      const why = mismatch(about, came[i], entities) ?? mismatch(command ?? {}, came[i]?.command, entities);
      if (why) return `command ${i}: ${why}`;
    }
  }
  return undefined;
}

function isStarted(e: Document): e is { commandStartedEvent: Document } {
  return "commandStartedEvent" in e;
}

async function outcomeDiffers(client: MongoClient, t: UnifiedTest): Promise<string | undefined> {
  for (const d of t.outcome ?? []) {
    const found = await client.db(d.databaseName).collection(d.collectionName).find().sort({ _id: 1 }).toArray();
    if (JSON.stringify(found) !== JSON.stringify(d.documents))
      return `the collection should hold ${JSON.stringify(d.documents)}, holds ${JSON.stringify(found)}`;
  }
  return undefined;
}
