/** Every command the store knows, and the one way to run one. */
import { StoreError } from "../errors";
import { checkFields } from "../options";
import type { Reply } from "../reply";
import { AGGREGATE_COMMANDS } from "./aggregate";
import type { CommandContext, CommandSpec } from "./context";
import { DIAGNOSTIC_COMMANDS } from "./diagnostic";
import { EXPLAIN_COMMANDS } from "./explain";
import { FIND_AND_MODIFY_COMMANDS } from "./find-and-modify";
import { READ_COMMANDS } from "./read";
import { SCHEMA_COMMANDS } from "./schema";
import { WRITE_COMMANDS } from "./write";

export const COMMANDS: Readonly<Record<string, CommandSpec>> = {
  ...READ_COMMANDS,
  ...WRITE_COMMANDS,
  ...FIND_AND_MODIFY_COMMANDS,
  ...AGGREGATE_COMMANDS,
  ...SCHEMA_COMMANDS,
  ...EXPLAIN_COMMANDS,
  ...DIAGNOSTIC_COMMANDS,
};

/** Runs the command; throws a StoreError for a refusal. */
export async function runCommand(context: CommandContext): Promise<Reply> {
  const name = context.command.keys().next().value ?? "";
  const spec = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!spec) throw new StoreError(59, `no such command: '${name}'`);
  checkFields(context.command, new Set([...spec.fields, ...context.sequences.keys()]), new Set(spec.absent));
  return spec.run(context);
}
