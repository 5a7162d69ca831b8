import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { z } from "zod";
import { themes } from "../../components/theme";
import { readAppearance, writeAppearance } from "../../web/appearance";
import { pathOfOurs } from "../../web/require-actor";

const choiceSchema = z.object({ theme: z.enum(themes).optional(), keys: z.enum(["on", "off"]).optional() });

/** Keeps light or dark, and keys on or off, for this browser. */
export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  const chosen = choiceSchema.safeParse(Object.fromEntries(form));
  const before = readAppearance(request);
  const after = chosen.success
    ? { theme: chosen.data.theme ?? before.theme, keysOn: chosen.data.keys ? chosen.data.keys === "on" : before.keysOn }
    : before;
  return redirect(pathOfOurs(form.get("back")), { headers: { "Set-Cookie": writeAppearance(request, after) } });
}

export const loader = () => redirect("/more");
