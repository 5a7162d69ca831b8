import * as z from "zod/v4-mini";

/**
 * Everything that crosses a live connection. Two lines share one port: notices over socket.io, working notes over the
 * Yjs endpoint. Notices carry ids, references and versions, never what anybody wrote: the browser re-runs its loader,
 * which asks for rights again. Browsers load this file, so it checks with the small build of zod.
 */

export const socketPath = "/socket.io";
export const notePath = "/live";

const ulid = z.string().check(z.regex(/^[0-9A-HJKMNP-TV-Z]{26}$/));

/** Server to browser. */
export const issueChangedSchema = z.object({
  issue: ulid,
  reference: z.string().check(z.maxLength(20)),
  version: z.int(),
});
export type IssueChanged = z.infer<typeof issueChangedSchema>;

export const herePersonSchema = z.object({
  person: z.string(),
  name: z.string(),
  title: z.string(),
  /** What people call the organisation: `WUTH`. Absent for a guest. */
  organisation: z.optional(z.string()),
  /** Round, square or cut corner. Absent for a guest. */
  side: z.optional(z.enum(["practice", "trust", "system"])),
  typing: z.boolean(),
});
export type HerePerson = z.infer<typeof herePersonSchema>;

export const hereSchema = z.object({ issue: ulid, people: z.array(herePersonSchema) });
export type Here = z.infer<typeof hereSchema>;

/** Browser to server. */
export const watchSchema = z.object({ issue: ulid });
export const typingSchema = z.object({ issue: ulid, on: z.boolean() });

/**
 * What a browser is told when it asks to watch: unknown and forbidden look the same. `again`: it could not be found out
 * just now; ask once more later.
 */
export const answerSchema = z.object({ ok: z.boolean(), again: z.optional(z.literal(true)) });
export type Answer = z.infer<typeof answerSchema>;

export interface ServerToBrowser {
  "issue-changed": (message: IssueChanged) => void;
  "notices-changed": (message: Record<string, never>) => void;
  /** To those who watch the board: something is counted that was not. */
  "themes-changed": (message: Record<string, never>) => void;
  here: (message: Here) => void;
  /** Said before the server hangs up: do not come back with this session. */
  "signed-out": (message: Record<string, never>) => void;
}

export interface BrowserToServer {
  watch: (message: { issue: string }, answer?: (answer: Answer) => void) => void;
  unwatch: (message: { issue: string }) => void;
  typing: (message: { issue: string; on: boolean }) => void;
  "watch-board": (answer?: (answer: Answer) => void) => void;
  "unwatch-board": () => void;
}

/** "Leila Haddad is writing a reply" is forgotten after this long without another keystroke. */
export const typingForMs = 6_000;

/** Issues one connection may watch at once. */
export const watchedAtMost = 8;

/**
 * Message types of the Yjs endpoint. 0 to 3 are y-websocket's own. Ours begin at 100:
 * - `mark` (browser): "tell me when everything I sent before this is on disk", with a number of the browser's choosing.
 * - `kept` (server): the answer, with that number and the time. A state vector could not say this: it does not count
 *   deletions.
 * - `access` (server): whether this connection may write. First message after joining, and again when it changes.
 * - `flag` (server): spans in the stored note that look like patient identifiers and that nobody has declared.
 */
export const noteMessages = {
  sync: 0,
  awareness: 1,
  queryAwareness: 3,
  mark: 100,
  kept: 101,
  access: 102,
  flag: 103,
} as const;

/** y-websocket gives up on 44xx and tries again after 45xx and everything else. */
export const noteCloses = {
  badMessage: 4400,
  signedOut: 4401,
  notAllowed: 4403,
  tooLong: 4413,
  /** The store did not answer, or the two sides lost step: come again and sync afresh. */
  tryAgain: 4500,
  /** The protocol's own code for a message over the limit. Trying again would send the same message. */
  messageTooLong: 1009,
} as const;

export const noteLimits = {
  /** One message, in bytes. */
  messageBytes: 256 * 1024,
  /** The whole document as Yjs encodes it, in bytes. */
  documentBytes: 1024 * 1024,
  /** The longest reason of a declaration, in characters. */
  reasonCharacters: 300,
} as const;

/** Where a link in a note may lead. */
export const safeLink = /^(https?:\/\/|mailto:|tel:)/i;

/** The parts of a note's Yjs document. */
export const noteParts = { body: "body", declared: "declared" } as const;

/** How many cursor colours there are (`--ct-cursor-1` to `-4`). */
export const cursorColours = 4;

/** Who is behind a cursor. Written by the server over whatever the browser claims. */
export const cursorUserSchema = z.object({
  id: z.string(),
  name: z.string(),
  colour: z.int().check(z.minimum(1), z.maximum(cursorColours)),
});
export type CursorUser = z.infer<typeof cursorUserSchema>;

/** A writer's word, in the note itself, that a span is not a patient identifier. The span is the key. */
export const noteDeclarationSchema = z.object({
  reason: z.string().check(z.trim(), z.minLength(3), z.maxLength(noteLimits.reasonCharacters)),
  by: z.string(),
});
export type NoteDeclaration = z.infer<typeof noteDeclarationSchema>;
