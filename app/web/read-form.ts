import { type IdentifierDeclaration, isReason } from "../domain/identifiers";

/** What was typed, by the full name of its field, to be shown again when something has to be put right. */
export interface Typed {
  fields: Readonly<Record<string, string>>;
  declared: readonly IdentifierDeclaration[];
}

export interface ReadForm {
  /** What a command is given: fields by name without the prefix, repeated ones as lists, and `declared`. */
  input: Record<string, unknown>;
  typed: Typed;
}

/**
 * Reads a form. Only fields whose name begins with `prefix` become input, without it: several forms of one page keep
 * their names apart that way. Declarations come as pairs of `declared-span` and `declared-reason`; a pair without a
 * reason, or with one that says nothing, declares nothing. Files are left out: no form of ours sends any.
 */
export function readForm(form: FormData, prefix = ""): ReadForm {
  const input: Record<string, unknown> = {};
  const fields: Record<string, string> = {};
  for (const name of new Set(form.keys())) {
    if (name === spanField || name === reasonField) continue;
    const texts = textsOf(form, name);
    const last = texts.at(-1);
    if (last === undefined) continue;
    fields[name] = last;
    if (name.startsWith(prefix)) input[name.slice(prefix.length)] = texts.length > 1 ? texts : last;
  }
  const declared = declarationsOf(form);
  input.declared = declared.filter((each) => isReason(each.reason));
  return { input, typed: { fields, declared } };
}

const spanField = "declared-span";
const reasonField = "declared-reason";

function declarationsOf(form: FormData): IdentifierDeclaration[] {
  const reasons = textsOf(form, reasonField);
  return textsOf(form, spanField).flatMap((span, at) => {
    const reason = reasons[at];
    return reason === undefined ? [] : [{ span, reason }];
  });
}

/** Texts with lines ended as scripts end them: browsers send forms with a carriage return before each. */
function textsOf(form: FormData, name: string): string[] {
  return form.getAll(name).flatMap((value) => (typeof value === "string" ? value.replaceAll(/\r\n?/g, "\n") : []));
}
