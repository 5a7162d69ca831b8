import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { z } from "zod";
import { type CursorUser, cursorColours, noteParts } from "../protocol";

/** Where a cursor stands, as y-tiptap writes it. Nothing else of what a browser says about itself is passed on. */
const idSchema = z.object({ client: z.number().int().nonnegative(), clock: z.number().int().nonnegative() });
const positionSchema = z.object({
  type: idSchema.nullish(),
  tname: z.literal(noteParts.body).nullish(),
  item: idSchema.nullish(),
  assoc: z.number().int().min(-1).max(1).optional(),
});
const stateSchema = z.object({ cursor: z.object({ anchor: positionSchema, head: positionSchema }).nullish() });

/** A connection as cursors know it. */
export interface CursorOwner {
  person: string;
  name: string;
  /** 1 to 4: general practice, trusts, then the rest. The first colour tried. */
  preferredColour: number;
  mayWrite: boolean;
}

interface Cursor {
  owner: CursorOwner;
  clock: number;
  state: string;
  heardAt: number;
}

/** A browser that has not renewed its cursor for this long is gone (it renews every 15 s). */
const forgetAfterMs = 45_000;
const longestStateCharacters = 4_000;
const entriesAtMost = 1_000;

/**
 * Who has a cursor where in one note. Speaks y-protocols' awareness format, but trusts nothing in it: a connection
 * speaks for one client id only, its own; name and colour are the server's. Clocks are the server's too (milliseconds,
 * never falling), because a browser that reconnects with its old clock would not be heard by the others.
 */
export class Cursors {
  #byId = new Map<number, Cursor>();
  #idOf = new Map<CursorOwner, number>();
  #colours = new Map<string, number>();
  #lastClock = 0;
  #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes in what a connection says. Returns what the others should hear, or null. Throws on malformed bytes. */
  receive(owner: CursorOwner, update: Uint8Array): Uint8Array | null {
    const decoder = decoding.createDecoder(update);
    const count = decoding.readVarUint(decoder);
    if (count > entriesAtMost) throw new Error("too many cursors in one message");
    let own: { id: number; state: string } | undefined;
    for (let i = 0; i < count; i++) {
      const id = decoding.readVarUint(decoder);
      decoding.readVarUint(decoder);
      const state = decoding.readVarString(decoder);
      // y-websocket repeats what it heard of others: only its own entry counts.
      if (this.#claims(owner, id)) own = { id, state };
    }
    return own ? this.#take(owner, own.id, own.state) : null;
  }

  /** Everybody else's cursors, for one who has just come. */
  all(except: CursorOwner): Uint8Array | null {
    const ids = [...this.#byId].filter(([, cursor]) => cursor.owner !== except).map(([id]) => id);
    return ids.length === 0 ? null : this.#encode(ids);
  }

  /** Forgets the cursor of a connection that is gone. Another connection that took its id over keeps it. */
  leave(owner: CursorOwner): Uint8Array | null {
    const id = this.#idOf.get(owner);
    this.#idOf.delete(owner);
    return id === undefined ? null : this.#drop([id]);
  }

  /** Forgets cursors that were not renewed. */
  expire(): Uint8Array | null {
    const before = this.#now() - forgetAfterMs;
    return this.#drop([...this.#byId].filter(([, cursor]) => cursor.heardAt < before).map(([id]) => id));
  }

  #claims(owner: CursorOwner, id: number): boolean {
    const mine = this.#idOf.get(owner);
    if (mine !== undefined) return mine === id;
    const holder = [...this.#idOf].find(([, each]) => each === id)?.[0];
    // The same person's earlier connection may be half open: its cursor moves over to this one.
    if (holder && holder.person !== owner.person) return false;
    if (holder) this.#idOf.delete(holder);
    this.#idOf.set(owner, id);
    return true;
  }

  #take(owner: CursorOwner, id: number, text: string): Uint8Array | null {
    const state = text.length > longestStateCharacters ? undefined : parse(text);
    if (state === null) return this.#drop([id]);
    const read = stateSchema.safeParse(state);
    const cursor = read.success && owner.mayWrite ? (read.data.cursor ?? null) : null;
    const user: CursorUser = { id: owner.person, name: owner.name, colour: this.#colourOf(owner) };
    const entry = { owner, clock: this.#tick(), state: JSON.stringify({ cursor, user }), heardAt: this.#now() };
    this.#byId.set(id, entry);
    return this.#encode([id]);
  }

  #drop(ids: readonly number[]): Uint8Array | null {
    const gone = ids.filter((id) => this.#byId.delete(id));
    const present = new Set([...this.#byId.values()].map((cursor) => cursor.owner.person));
    for (const person of this.#colours.keys()) {
      if (!present.has(person)) this.#colours.delete(person);
    }
    return gone.length === 0 ? null : this.#encode(gone);
  }

  /** One colour a person while they are here: their side's, unless somebody has it. */
  #colourOf(owner: CursorOwner): number {
    const given = this.#colours.get(owner.person);
    if (given) return given;
    const taken = new Set(this.#colours.values());
    const wanted = [owner.preferredColour, ...Array.from({ length: cursorColours }, (_, at) => cursorColours - at)];
    const colour = wanted.find((each) => !taken.has(each)) ?? owner.preferredColour;
    this.#colours.set(owner.person, colour);
    return colour;
  }

  #tick(): number {
    this.#lastClock = Math.max(this.#lastClock + 1, this.#now());
    return this.#lastClock;
  }

  #encode(ids: readonly number[]): Uint8Array {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, ids.length);
    for (const id of ids) {
      const cursor = this.#byId.get(id);
      encoding.writeVarUint(encoder, id);
      encoding.writeVarUint(encoder, cursor?.clock ?? this.#tick());
      encoding.writeVarString(encoder, cursor?.state ?? "null");
    }
    return encoding.toUint8Array(encoder);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
