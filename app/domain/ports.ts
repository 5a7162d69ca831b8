import type { BoardFacet } from "./board-keys";
import type { BoardQuery } from "./board-query";
import type { Directory } from "./directory";
import type { DomainEvent, RecordedEvent } from "./event";
import type { SavedSearchStore } from "./find-ports";
import type { FindQuery } from "./find-query";
import type { Issue, IssueState, OutcomeOffer, Reply } from "./issue";
import type { Judgement, Shown } from "./likeness";
import type { Actor } from "./person";
import type { ThemeDesk } from "./theme-ports";

/**
 * What the rules need from the world. Stores return a record only for an actor who may read it: refused and missing
 * look the same. Implementations: `app/storage` (MongoDB, or the embedded store) and `search` (Meilisearch).
 */

/** What one command changes in an issue, with the events it caused: one document write. */
export interface IssueChange {
  set: Partial<Omit<Issue, "id" | "reference" | "version" | "history">>;
  /** Fields taken away. */
  unset?: readonly (
    | "clock"
    | "closedAt"
    | "declinedWhy"
    | "resolution"
    | "outcome"
    | "waitsForInvitation"
    | "duplicateOf"
  )[];
  events: readonly DomainEvent[];
}

export interface Page<T> {
  items: T[];
  /** Opaque; pass it back for the next page. Absent on the last. */
  next?: string;
}

/** What a card or a row shows. */
export interface IssueSummary {
  id: string;
  reference: string;
  version: number;
  title: string;
  category: string;
  harm: Issue["harm"];
  raisedBy: Issue["raisedBy"];
  raisedFor: string;
  raisedAt: Date;
  about: Issue["about"];
  owner: Issue["owner"];
  state: IssueState;
  clock?: Issue["clock"];
  closedAt?: Date;
  resolution?: Issue["resolution"];
  /** Codes of organisations that raised or joined. */
  affected: string[];
  changedAt: Date;
  visibility: Issue["visibility"];
  /** What changed, once an outcome was offered, and the side that offered it: the other one answers. */
  outcome?: Pick<OutcomeOffer, "changed" | "forWhom" | "side">;
  /** The issue it is a duplicate of, where the viewer may know of that one. */
  original?: { id: string; reference: string };
}

export interface BoardPageRequest {
  facet: BoardFacet;
  /** One state a column; several for the table. */
  states: readonly IssueState[];
  overdueAt?: Date;
  cursor?: string;
  limit: number;
  /** `due`: by board order (one state only). `latest`: by last change, newest first. */
  order: "due" | "latest";
}

export interface IssueStore {
  /**
   * Stores a new issue and its events in one write. `reference-taken`: try another reference. `already-stored`: an
   * issue with this id is there, so the same form was sent twice.
   */
  insert(issue: Issue, events: readonly DomainEvent[]): Promise<"inserted" | "reference-taken" | "already-stored">;
  byReference(actor: Actor, reference: string): Promise<Issue | null>;
  byId(actor: Actor, id: string): Promise<Issue | null>;
  /** For follow-ups and scripts, which act for nobody: no actor, no filter. */
  unfiltered(id: string): Promise<Issue | null>;
  /** Applies a change decided on `version`. False: somebody changed the issue first, nothing was written. */
  save(id: string, version: number, change: IssueChange): Promise<boolean>;
  /** Cards by ids, in the order asked, without those the actor may not read. */
  summaries(actor: Actor, ids: readonly string[]): Promise<IssueSummary[]>;
  page(actor: Actor, request: BoardPageRequest): Promise<Page<IssueSummary>>;
  /** Counts under a facet and states, stopping at `limit + 1`. */
  count(
    actor: Actor,
    facet: BoardFacet,
    states: readonly IssueState[],
    limit: number,
    overdueAt?: Date,
  ): Promise<number>;
  /** A combination no index holds, looked for among the first `among` of the leading facet: says whether it saw all. */
  narrowed(
    actor: Actor,
    query: BoardQuery,
    states: readonly IssueState[],
    among: number,
  ): Promise<{ items: IssueSummary[]; sawAll: boolean }>;
  /**
   * For search without an engine: looks for every word of a search, as it is written, among the `among` issues changed
   * last that its leading facet lists. Newest change first; `sawAll`: those were all.
   */
  lookedThrough(actor: Actor, query: FindQuery, among: number): Promise<{ items: IssueSummary[]; sawAll: boolean }>;
  /** Issues recorded as duplicates of this one, newest first, without those the actor may not read. */
  duplicates(actor: Actor, of: string, limit: number): Promise<IssueSummary[]>;
  /** For follow-ups: ids of issues recorded as duplicates of this one. */
  duplicateIds(of: string, limit: number): Promise<string[]>;
  /** Open offers whose answer was due before `at`: ids, oldest first. */
  silentOffers(at: Date, limit: number): Promise<string[]>;
}

export interface ReplyStore {
  /** `already-stored`: the same form was sent twice. */
  insert(reply: Reply, events: readonly DomainEvent[]): Promise<"inserted" | "already-stored">;
  /** Replies of an issue the actor may read, oldest first, without other organisations' internal notes. */
  ofIssue(
    actor: Actor,
    issue: Pick<Issue, "id" | "audience">,
    options?: { limit?: number; before?: string },
  ): Promise<Page<Reply>>;
  /** For follow-ups. */
  unfiltered(id: string): Promise<Reply | null>;
  sharedOf(issueId: string): Promise<Reply[]>;
}

/** What an event means to one person. Unique per event and person. */
export interface Notice {
  id: string;
  person: string;
  event: string;
  type: DomainEvent["type"] | "search-matched";
  issue: string;
  reference: string;
  /** Shown to people who may read the issue; re-read, never trusted for rights. */
  title: string;
  byName: string;
  at: Date;
  readAt?: Date;
  /** They are asked to do something, not only told. */
  asks: boolean;
  /** Id of an issue of theirs that is a duplicate of this one: why they are told. */
  through?: string;
}

export interface NoticeStore {
  /** Writes a notice once: false when this person has already been told of this event. */
  put(notice: Notice): Promise<boolean>;
  page(person: string, options: { cursor?: string; limit: number; unreadOnly?: boolean }): Promise<Page<Notice>>;
  /** Stops counting at `limit + 1`. */
  unread(person: string, limit: number): Promise<number>;
  markRead(person: string, ids: readonly string[] | "all", at: Date): Promise<void>;
  markUnread(person: string, id: string): Promise<void>;
}

export interface LikenessStore {
  /** Keeps one judgement for each pair and person: this one takes the place of theirs before. */
  put(judgement: Judgement): Promise<void>;
  /** Takes back this person's judgement of a pair, if there is one. */
  withdraw(pair: Judgement["issues"], person: string): Promise<void>;
  /** What counts for this person on the thread of this issue: their own judgements, and of those who look after it. */
  countingOn(issue: string, person: string): Promise<Judgement[]>;
  /** Every judgement, a batch at a time. For calibration. */
  every(batchSize: number): AsyncIterable<Judgement[]>;
}

export interface EventStore {
  append(event: RecordedEvent): Promise<void>;
  ofIssue(issueId: string): Promise<RecordedEvent[]>;
  page(options: { cursor?: string; limit: number }): Promise<Page<RecordedEvent>>;
}

export interface SearchHit {
  summary: IssueSummary;
  /** Title and an excerpt, as runs of text: marked runs matched. */
  title: readonly TextRun[];
  excerpt: readonly TextRun[];
}
export interface TextRun {
  text: string;
  marked: boolean;
}

export interface SearchAnswer {
  hits: SearchHit[];
  /** How many in all; an estimate past a thousand. */
  total: number;
  /** Counts per value among what matches and the viewer may know of. */
  facets: {
    state: Record<string, number>;
    category: Record<string, number>;
    place: Record<string, number>;
    trust: Record<string, number>;
  };
  next?: string;
  /** "basic": the search server is down, the store answered, within limits that `narrowedTo` names. */
  by: "engine" | "basic";
  narrowedTo?: number;
}

export interface BoardColumn {
  state: IssueState;
  items: IssueSummary[];
  /** Stops at `countLimit + 1`. */
  count: number;
  overdue: number;
  next?: string;
}

export interface BoardColumns {
  columns: BoardColumn[];
  by: "store" | "engine" | "basic";
  /** Set when only so many of each column were looked through. */
  narrowedTo?: number;
}

/** Lists of the board, by the index the store has or by the search engine, with rights before anything else. */
export interface BoardReader {
  columns(actor: Actor, query: BoardQuery): Promise<BoardColumns>;
  /** The next page of one column. */
  column(
    actor: Actor,
    query: BoardQuery,
    state: IssueState,
    cursor: string | undefined,
  ): Promise<BoardColumn & Pick<BoardColumns, "by" | "narrowedTo">>;
  /** The table, and everything that has a text to look for: highlights and facet counts. */
  table(actor: Actor, query: BoardQuery, cursor: string | undefined): Promise<SearchAnswer>;
  /** Null when it could not be looked for: there is no engine now, and too many issues to compare them all. */
  similar(
    actor: Actor,
    to: { title?: string; text: string; service?: string } | { issue: string },
    limit: number,
  ): Promise<SimilarIssue[] | null>;
  /** What a text is likely about, best first, each with a confidence of 0 to 1; none when unsure. Never set silently. */
  suggest(actor: Actor, of: { title?: string; text: string; organisation?: string }): Promise<Suggestions>;
}

export interface Suggestions {
  categories: readonly { category: string; confidence: number }[];
  /** Services of the organisation it is about, where that is known. */
  services: readonly { service: string; confidence: number }[];
}

export interface SimilarIssue {
  summary: IssueSummary;
  /** From 0 to 1: about how likely it is the same matter. */
  score: number;
  likelySame: boolean;
  /** Words both texts share, at most 4. */
  shared: readonly string[];
}

/** Ids and rights only: what the search side of the house returns before the store re-reads for the actor. */
export interface IndexHit {
  id: string;
  title: readonly TextRun[];
  excerpt: readonly TextRun[];
}

export interface IssueIndex {
  /** Adds or replaces issues by id. Throws when the engine does not answer, so that the follow-up is retried. */
  put(entries: readonly IndexEntry[]): Promise<void>;
  search(
    keys: readonly string[],
    query: BoardQuery,
    options: {
      offset: number;
      limit: number;
      mine: readonly string[];
      myOrganisation?: string;
      now: Date;
      states?: readonly IssueState[];
    },
  ): Promise<{ hits: IndexHit[]; total: number; facets: SearchAnswer["facets"] }>;
  /** Nearest issues the holder of these keys may know of, with scores from `from` on, without the one with this id. */
  similar(
    keys: readonly string[],
    to: { id?: string; title?: string; text: string; service?: string },
    options: { limit: number; from: number },
  ): Promise<{ id: string; score: number; shared: readonly string[] }[]>;
  /** For each search, which of these issues it finds for the holder of its keys. Throws when the engine does not answer. */
  matching(asked: readonly IssuesMatched[]): Promise<string[][]>;
  state(): Promise<IndexState>;
}

export interface IssuesMatched {
  keys: readonly string[];
  query: FindQuery;
  ids: readonly string[];
}

export type IndexState =
  | { state: "ready"; documents: number; unofficialRepack: boolean }
  | { state: "down"; why: string };

/** Everything of an issue that may be found: shared text only, never internal notes. */
export interface IndexEntry {
  issue: Issue;
  places: readonly string[];
  /** Organisation codes concerned. */
  organisations: readonly string[];
  /** Names worth finding it by: organisations, service, category. */
  names: readonly string[];
  /** Shared with both sides, oldest first. */
  replies: readonly Pick<Reply, "id" | "at" | "text">[];
}

/** Tells browsers that something changed: who may hear it, what, and at which version. Never what it says. */
export interface Notifier {
  issueChanged(issue: { id: string; reference: string; version: number; audience: readonly string[] }): void;
  noticesChanged(person: string): void;
  /** Something of themes is new to those who hold one of these keys. */
  themesChanged(audience: readonly string[]): void;
}

export interface NoteStore {
  /** Updates of a live document, oldest first. */
  load(document: string): Promise<{ seq: number; update: Uint8Array }[]>;
  /** Durable before it resolves. Returns the row's sequence number. */
  append(document: string, update: Uint8Array): Promise<number>;
  /** Replaces rows up to `seq` by one merged row: deletes exactly those it merged. */
  compact(document: string, seq: number, merged: Uint8Array): Promise<void>;
}

export interface VectorStore {
  put(vector: StoredVector): Promise<void>;
  ofIssues(ids: readonly string[]): Promise<StoredVector[]>;
  /** All of them, in no order that means anything, so many at once. */
  everyVector(batch: number): AsyncIterable<StoredVector[]>;
  /** Issues whose vector was made by this encoder: ids after `after`, in order. */
  madeBy(encoder: string, after: string, limit: number): Promise<string[]>;
}
export interface StoredVector {
  issue: string;
  /** Hash of the text it was made from. */
  textHash: string;
  /** Versions of how words are read and of the sentence encoder, or that there was none. */
  encoder: string;
  /** What the text means: 512 numbers of length one. Empty until the sentence encoder has read it. */
  sentence: Float32Array;
  /** The words it holds. */
  words: WordCounts;
}
/** What is known of all texts together, learned from them: see `search/corpus.ts`. */
export interface CorpusFacts {
  version: string;
  documents: number;
  /** Words of a text, on average. */
  averageWords: number;
  /** Hashed features in rising order, and in how many texts each stands. */
  features: Uint32Array;
  counts: Uint32Array;
  /** 512 numbers: the mean of what all texts mean. */
  meanSentence: Float32Array;
}
/** One at a time: learned anew, it takes the place of the one before. */
export interface CorpusStore {
  read(): Promise<CorpusFacts | null>;
  replace(facts: CorpusFacts): Promise<void>;
}
/** From which scores issues are shown as alike, and said to be likely the same. */
export interface LikenessThresholds {
  alikeFrom: number;
  likelySameFrom: number;
  /** Who accepted them, and when. Absent on those the product begins with. */
  accepted?: { by: string; at: Date };
}
/** What administrators settle for everybody. */
export interface SettingsStore {
  likeness(): Promise<LikenessThresholds | null>;
  acceptLikeness(thresholds: LikenessThresholds): Promise<void>;
}
/** Words of a text as 32-bit hashes in rising order, each with how often it stands there. */
export interface WordCounts {
  features: Uint32Array;
  times: Uint8Array;
}

export interface Outbox {
  /** Due follow-ups, leased to this worker until `leaseUntil`: one entry a document and follow-up, oldest event first. */
  claim(worker: string, now: Date, leaseUntil: Date, limit: number): Promise<ClaimedFollowUp[]>;
  /** Done: the event leaves its document once nothing is left. */
  finish(claimed: ClaimedFollowUp, worker: string): Promise<void>;
  /** Failed: to be tried again at `retryAt`, or parked when undefined. */
  fail(claimed: ClaimedFollowUp, worker: string, retryAt: Date | undefined, why: string): Promise<void>;
  state(now: Date): Promise<{ waiting: number; oldestAt?: Date; parked: number }>;
  parked(limit: number): Promise<ClaimedFollowUp[]>;
  unpark(claimed: ClaimedFollowUp): Promise<void>;
}

export interface ClaimedFollowUp {
  event: DomainEvent;
  issue: string;
  carrier: { collection: "issues" | "replies"; id: string };
  followUp: string;
  tries: number;
}

export interface AccountStore {
  find(username: string): Promise<{ person: string; passwordHash: string } | null>;
  add(account: { username: string; person: string; passwordHash: string }): Promise<"added" | "taken">;
}

/** What commands and follow-ups are bound to. */
export interface Ports {
  now(): Date;
  /** A new ULID, later than every one made before in this process. */
  newId(): string;
  /** A new short reference, not yet known to be free. */
  newReference(): string;
  directory: Directory;
  issues: IssueStore;
  replies: ReplyStore;
  notices: NoticeStore;
  events: EventStore;
  likeness: LikenessStore;
  /** How alike the search shows these issues to a text or an issue to this actor now. Without those it would not show. */
  likenessShown(
    actor: Actor,
    to: Parameters<BoardReader["similar"]>[1],
    issues: readonly string[],
  ): Promise<ReadonlyMap<string, Shown>>;
  searches: SavedSearchStore;
  themeDesk: ThemeDesk;
  /** Issues a search finds now, for this person under any hat; `too-many`, also when they cannot be looked for. */
  foundNow(person: string, query: FindQuery): Promise<readonly string[] | "too-many">;
  /** Called after a write, so that follow-ups start at once and not at the next tick. */
  wakeFollowUps(): void;
}
