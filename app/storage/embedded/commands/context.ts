/** What a command is given. */
import type { Catalogue } from "../catalogue";
import type { Collections } from "../collection";
import type { Cursors } from "../cursors";
import type { Engine } from "../engine";
import { clockVariables, type Variables } from "../expression";
import { docOption } from "../options";
import type { Reply } from "../reply";
import { Pace } from "../stream";
import { type Doc, isNumber, toNumber } from "../values";

export interface Store {
  engine: Engine;
  catalogue: Catalogue;
  collections: Collections;
  cursors: Cursors;
  now(): number;
}

export interface CommandContext {
  store: Store;
  db: string;
  command: Doc;
  /** Document sequences that came beside the command: `documents`, `updates`, `deletes`. */
  sequences: ReadonlyMap<string, Buffer[]>;
}

export type Handler = (context: CommandContext) => Reply | Promise<Reply>;

export interface CommandSpec {
  run: Handler;
  /** Options the command reads. */
  fields: readonly string[];
  /** Options MongoDB has and the store refuses when they mean something. */
  absent: readonly string[];
}

/** NOW and the command's `let`. */
export function variablesOf({ store, command }: CommandContext): Variables {
  return new Map([...clockVariables(store.now()), ...docOption(command, "let")]);
}

export function paceOf(command: Doc): Pace {
  const limit = command.get("maxTimeMS");
  return new Pace(isNumber(limit) && toNumber(limit) > 0 ? performance.now() + toNumber(limit) : 0);
}

export function namespace({ db }: CommandContext, collection: string): string {
  return `${db}.${collection}`;
}
