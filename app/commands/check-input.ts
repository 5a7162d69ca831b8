import { z } from "zod";
import { type IdentifierDeclaration, isReason, undeclaredIdentifiers } from "../domain/identifiers";
import { done, type Outcome, refused } from "../domain/problem";

/** Declarations that a find is not a patient identifier, as forms send them. */
export const declaredSchema = z
  .array(z.object({ span: z.string().max(60), reason: z.string().trim().max(300).refine(isReason) }))
  .default([]);

/** Declarations one text may stand on: what holds more numbers is a list of them. */
const declaredAtMost = 20;

export const referenceSchema = z.string().max(20);
const loadAgain = "Load the page again before you decide";
export const versionSchema = z.coerce.number({ invalid_type_error: loadAgain }).int(loadAgain).positive(loadAgain);
/** An id made when the form was shown, so that sending it twice stores it once. */
export const formIdSchema = z
  .string()
  .regex(/^[0-9A-HJKMNP-TV-Z]{26}$/)
  .optional()
  .catch(undefined);

/** A text somebody must write, with words for when it is missing or too long. */
export function requiredText(longest: number, missing: string) {
  return z
    .string({ required_error: missing, invalid_type_error: missing })
    .trim()
    .min(1, missing)
    .max(longest, `Shorten this to ${longest.toLocaleString("en-GB")} characters or fewer`);
}

const chooseTheme = "Choose a theme";
/** A theme's id. */
export const themeIdSchema = z
  .string({ required_error: chooseTheme, invalid_type_error: chooseTheme })
  .min(1, chooseTheme)
  .max(26, chooseTheme);

/** The same text, refused where it holds what looks like a patient identifier: nothing here needs such a number. */
export function withoutIdentifier<T extends z.ZodType<string, z.ZodTypeDef, unknown>>(schema: T) {
  return schema.refine(
    (text) => undeclaredIdentifiers(text, []).length === 0,
    "Take out what looks like an NHS number",
  );
}

const tooManyWords = `These are more than ${declaredAtMost} numbers in one text: send it in parts`;

/** What zod makes of the input, or one message per field in plain English. */
export function checkInput<T extends z.ZodTypeAny>(schema: T, input: unknown): Outcome<z.output<T>> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return done(parsed.data);
  const seen = new Set<string>();
  const fields = parsed.error.issues.flatMap((issue) => {
    const field = String(issue.path[0] ?? "form");
    if (seen.has(field)) return [];
    seen.add(field);
    return [{ field, message: issue.message }];
  });
  return refused({ kind: "invalid", fields });
}

/**
 * Refuses texts that hold a patient identifier nobody declared to be something else, or more declared ones than anybody
 * looks at one by one.
 */
export function checkTexts(
  texts: Readonly<Record<string, string | undefined>>,
  declared: readonly IdentifierDeclaration[],
): Outcome<IdentifierDeclaration[]> {
  for (const [field, text] of Object.entries(texts)) {
    const finds = text ? undeclaredIdentifiers(text, declared) : [];
    if (finds.length > 0) return refused({ kind: "identifier", field, finds });
    if (text && declared.filter((each) => text.includes(each.span)).length > declaredAtMost)
      return refused({ kind: "invalid", fields: [{ field, message: tooManyWords }] });
  }
  const all = Object.values(texts).join("\n");
  return done(declared.filter((each) => all.includes(each.span)));
}
