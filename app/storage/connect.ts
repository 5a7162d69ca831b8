import { type Connection, createConnection } from "mongoose";
import type { Directory } from "../domain/directory";
import type { SavedSearchStore } from "../domain/find-ports";
import { coalescedFollowUps, followUpsOf } from "../domain/follow-up-plan";
import type {
  AccountStore,
  CorpusStore,
  LikenessStore,
  NoteStore,
  Outbox,
  SettingsStore,
  VectorStore,
} from "../domain/ports";
import type { FactSource, ThemeDecisionStore, ThemeStore } from "../domain/theme-ports";
import { accountModel, accountStore } from "./account-store";
import { corpusModel, corpusStore } from "./corpus-store";
import { type DirectoryStore, directoryModel, directoryStore } from "./directory-store";
import { type EventStoreWithScripts, eventModel, eventStore } from "./event-store";
import { factSource } from "./fact-source";
import { issueModel } from "./issue-document";
import { type IssueStoreWithScripts, issueStore } from "./issue-store";
import { likenessModel, likenessStore } from "./likeness-store";
import { migrate } from "./migrations";
import { noteModel, noteStore } from "./note-store";
import { type NoticeStoreWithScripts, noticeModel, noticeStore } from "./notice-store";
import { createOutbox } from "./outbox";
import type { FollowUpPlan } from "./outbox-state";
import { type ReplyStoreWithScripts, replyModel, replyStore } from "./reply-store";
import { savedSearchModel, savedSearchStore } from "./saved-search-store";
import { ensureSessionIndex, sessionStore } from "./session-store";
import { settingModel, settingsStore } from "./settings-store";
import { themeDecisionModel, themeDecisionStore } from "./theme-decisions";
import { themeModels } from "./theme-documents";
import { themeStore } from "./theme-store";
import { vectorModel, vectorStore } from "./vector-store";

export interface StoreOptions {
  uri: string;
  database: string;
  /** Asked whenever an issue is written, for what is derived from it. */
  directory: Directory;
  /** Which follow-ups an event has. The product's own unless a test says otherwise. */
  plan?: FollowUpPlan;
  now?: () => Date;
}

/** Every store of one database, on one connection. */
export interface Storage {
  issues: IssueStoreWithScripts;
  replies: ReplyStoreWithScripts;
  notices: NoticeStoreWithScripts;
  events: EventStoreWithScripts;
  likeness: LikenessStore;
  notes: NoteStore;
  searches: SavedSearchStore;
  vectors: VectorStore;
  themes: ThemeStore;
  themeDecisions: ThemeDecisionStore;
  facts: FactSource;
  corpora: CorpusStore;
  settings: SettingsStore;
  accounts: AccountStore;
  directory: DirectoryStore;
  outbox: Outbox;
  sessions: ReturnType<typeof sessionStore>;
  /** The connection itself: for backups, benches and tests. */
  connection: Connection;
  /** Creates what is missing. Safe to run at every start, on several nodes at once. */
  ensureIndexes(): Promise<void>;
  /** Brings stored data to this release's version, or throws `StoreTooNew`. */
  migrate(): Promise<void>;
  state(): Promise<"ready" | "down">;
  close(): Promise<void>;
}

const productPlan: FollowUpPlan = { of: followUpsOf, coalesced: coalescedFollowUps };

/** Connects to a MongoDB 7 or 8, or to the embedded store: the same from here on. Throws when it does not answer. */
export async function connectStore(options: StoreOptions): Promise<Storage> {
  const { directory, plan = productPlan, now = () => new Date() } = options;
  const connection = await createConnection(options.uri, {
    dbName: options.database,
    serverSelectionTimeoutMS: 5_000,
    ignoreUndefined: true,
    bufferCommands: false,
    autoIndex: false,
    autoCreate: false,
  }).asPromise();
  const themes = themeModels(connection);
  const models = {
    issues: issueModel(connection),
    replies: replyModel(connection),
    notices: noticeModel(connection),
    events: eventModel(connection),
    likeness: likenessModel(connection),
    notes: noteModel(connection),
    searches: savedSearchModel(connection),
    vectors: vectorModel(connection),
    ...themes,
    decisions: themeDecisionModel(connection),
    corpora: corpusModel(connection),
    settings: settingModel(connection),
    accounts: accountModel(connection),
    directory: directoryModel(connection),
  };
  return {
    issues: issueStore({ model: models.issues, directory, plan, now }),
    replies: replyStore({ model: models.replies, plan }),
    notices: noticeStore(models.notices),
    events: eventStore(models.events),
    likeness: likenessStore(models.likeness),
    notes: noteStore(models.notes),
    searches: savedSearchStore(models.searches),
    vectors: vectorStore(models.vectors),
    themes: themeStore(themes, now),
    themeDecisions: themeDecisionStore(models.decisions),
    facts: factSource(models.issues),
    corpora: corpusStore(models.corpora),
    settings: settingsStore(models.settings),
    accounts: accountStore(models.accounts),
    directory: directoryStore(models.directory),
    outbox: createOutbox(models, plan),
    sessions: sessionStore(connection, options.database),
    connection,
    async ensureIndexes() {
      for (const model of Object.values(models)) await model.createIndexes();
      await ensureSessionIndex(connection);
    },
    migrate: () => migrate(connection),
    async state() {
      try {
        await connection.db?.command({ ping: 1 }, { timeoutMS: 2_000 });
        return "ready";
      } catch {
        return "down";
      }
    },
    close: () => connection.close(),
  };
}
