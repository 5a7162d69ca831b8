/** What a command is given. */
import type { Catalogue } from "../catalogue";
import type { Collections } from "../collection";
import type { Cursors } from "../cursors";
import type { Engine } from "../engine";
import { StoreError } from "../errors";
import { clockVariables, compileExpression, type Variables } from "../expression";
import { checkUserVariable } from "../expression-kit";
import { docOption } from "../options";
import type { Reply } from "../reply";
import { Pace } from "../stream";
import { type Doc, isNumber, toNumber, type Value } from "../values";

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

/** NOW and the command's `let`, whose values are expressions over no document. */
export function variablesOf({ store, command }: CommandContext): Variables {
  const clock = clockVariables(store.now());
  const variables = new Map<string, Value | undefined>(clock);
  for (const [name, v] of docOption(command, "let")) {
    checkUserVariable(name);
    const { evaluate, fields } = compileExpression(v, clock);
    if (fields === null || fields.size > 0)
      throw new StoreError(
        4890500,
        "Command let Expression tried to access a field, but this is not allowed because command let expressions run before the query examines any documents.",
      );
    variables.set(name, evaluate(new Map()));
  }
  return variables;
}

export function paceOf(command: Doc): Pace {
  const limit = command.get("maxTimeMS");
  return new Pace(isNumber(limit) && toNumber(limit) > 0 ? performance.now() + toNumber(limit) : 0);
}

export function namespace({ db }: CommandContext, collection: string): string {
  return `${db}.${collection}`;
}
