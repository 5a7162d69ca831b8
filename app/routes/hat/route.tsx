import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { z } from "zod";
import { notFound } from "../../web/not-found";
import { pathOfOurs, requireActor } from "../../web/require-actor";

/** Puts on another hat this person holds. */
export async function action({ context, request }: ActionFunctionArgs) {
  requireActor(context, request);
  const form = await request.formData();
  const post = z.string().min(1).max(200).safeParse(form.get("post"));
  if (!post.success || !(await context.wearHat(post.data))) throw notFound();
  return redirect(pathOfOurs(form.get("back")));
}

export const loader = () => redirect("/more");
