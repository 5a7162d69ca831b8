import type { Commands } from "../commands/bind-commands";
import type { Directory } from "../domain/directory";
import type { Finder } from "../domain/find-ports";
import type { Actor } from "../domain/person";
import type {
  BoardReader,
  EventStore,
  IssueStore,
  LikenessStore,
  NoticeStore,
  Outbox,
  ReplyStore,
} from "../domain/ports";
import type { ThemeDecisionStore } from "../domain/theme-ports";
import type { ThemeReader } from "../domain/theme-views";

/**
 * What the server hands to loaders and actions. Routes hold no state of their own: Remix bundles its own copy of what
 * they import, so everything that lives longer than a request comes in through here.
 */
export interface Board {
  now(): Date;
  system: {
    /** "Cheshire and Merseyside" */
    name: string;
    /** Prefix of references, such as `CT`. */
    prefix: string;
    /** Made-up people and issues: every page says so. */
    demo: boolean;
  };
  directory: Directory;
  issues: Pick<IssueStore, "byReference" | "byId" | "summaries" | "page" | "count" | "duplicates">;
  replies: Pick<ReplyStore, "ofIssue">;
  notices: Pick<NoticeStore, "page" | "unread" | "markRead" | "markUnread">;
  events: Pick<EventStore, "page">;
  likeness: Pick<LikenessStore, "countingOn">;
  outbox: Pick<Outbox, "state" | "parked" | "unpark">;
  reader: BoardReader;
  /** Everything theme pages read, for the viewer: rights before counting, small numbers withheld. */
  themes: ThemeReader;
  themeDecisions: Pick<ThemeDecisionStore, "all">;
  finder: Finder;
  /** Plain text of an issue's working note; `identifier` says that it holds something that must first be taken out. */
  noteText(issue: string): Promise<{ text: string; identifier: boolean }>;
  commands: Commands;
}

/** A person of the demonstration whom one can sign in as. */
export interface DemoPerson {
  person: string;
  name: string;
  /** Title and organisation, such as "GP, Audlem Medical Practice". */
  what: string;
  /** One line: what they are here to try. */
  about: string;
}

declare module "@remix-run/node" {
  interface AppLoadContext {
    /** For every script and style element of this response. */
    nonce: string;
    /** Quoted on error pages and in the log. */
    requestId: string;
    actor: Actor | null;
    board: Board;
    /** Key with which this session's drafts are encrypted on the device (base64), or null when signed out. */
    draftKey: string | null;
    /** Present only in a demonstration. */
    demoPeople: readonly DemoPerson[] | null;
    signInAs(person: string): Promise<boolean>;
    signIn(username: string, password: string): Promise<boolean>;
    signOut(): Promise<void>;
    /** Puts on another hat the person holds. False when they do not hold it. */
    wearHat(post: string): Promise<boolean>;
  }
}
