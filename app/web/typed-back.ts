// Every page reads such answers: the small one, which browsers have anyway.
import * as z from "zod/v4-mini";

/** The words of a field on its page, by its name. Null where nothing is typed: a choice, or what the form carries. */
export type LabelOf = (name: string) => string | null;

const fieldSchema = z.object({ name: z.string(), value: z.string(), label: z.nullable(z.string()) });
const typedBackSchema = z.object({ typedBack: z.array(fieldSchema) });

/** A field of a form that came without a session: to be shown where it has a label, and sent again in any case. */
export type TypedBack = z.output<typeof fieldSchema>;

/**
 * The answer to a form sent by nobody who is signed in: everything they sent, and nothing else. Thrown, so that no part of
 * the page is loaded for them.
 */
export function typedBackResponse(form: FormData, labelOf: LabelOf): Response {
  const typedBack = [...form.entries()].flatMap(([name, value]): TypedBack[] =>
    typeof value === "string" ? [{ name, value: value.replaceAll(/\r\n?/g, "\n"), label: labelOf(name) }] : [],
  );
  return Response.json({ typedBack }, { status: 401, statusText: "Signed out" });
}

/** The fields of such an answer. Null for any other. */
export function readTypedBack(answer: unknown): TypedBack[] | null {
  const read = typedBackSchema.safeParse(answer);
  return read.success ? read.data.typedBack : null;
}

const declaredReasonLabel = "What is it? Your reason is kept with what you send.";

/** Labels by the names of fields, and of the reasons why something is no identifier. */
export function labelsOf(labels: Readonly<Record<string, string>>): LabelOf {
  return (name) => {
    if (name === "declared-reason") return declaredReasonLabel;
    return Object.hasOwn(labels, name) ? (labels[name] ?? null) : null;
  };
}
