import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { categoryOf } from "../../domain/category";
import { harms, limits } from "../../domain/issue";
import { notFound } from "../../web/not-found";
import { requireActor } from "../../web/require-actor";
import { readHidden } from "../issues.new/raise-fields";
import { raiseHelp } from "../issues.new/raise-help";
import { readAbout } from "../issues.services/find-about";

/** What is still being written: anything may be missing, and what cannot be understood is left out. */
const askedSchema = z.object({
  about: z.string().max(90).catch(""),
  body: z.string().max(limits.body).catch(""),
  kind: z
    .string()
    .refine((code) => categoryOf(code) !== undefined)
    .optional()
    .catch(undefined),
  harm: z.enum(harms).optional().catch(undefined),
  hidden: z
    .string()
    .max(1_000)
    .transform((text) => readHidden(text.split(" ")))
    .catch([]),
});

/** Help while an issue is written. Asked by POST, so that no text lands in an address or a log; it stores nothing. */
export async function action({ request, context }: ActionFunctionArgs) {
  const actor = requireActor(context, request);
  const asked = askedSchema.parse(Object.fromEntries(await request.formData()));
  const { body, kind, harm, hidden } = asked;
  return Response.json(
    await raiseHelp(context.board, actor, { about: readAbout(asked.about), body, category: kind, harm, hidden }),
    {
      headers: { "Cache-Control": "no-store" },
    },
  );
}

/** Nothing to see here by itself. */
export function loader({ request, context }: LoaderFunctionArgs) {
  requireActor(context, request);
  throw notFound();
}
