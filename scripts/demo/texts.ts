import { z } from "zod";
import { categoryOf } from "../../app/domain/category";
import con from "../../data/demo/texts/con.json";
import dig from "../../data/demo/texts/dig.json";
import dis from "../../data/demo/texts/dis.json";
import fit from "../../data/demo/texts/fit.json";
import inv from "../../data/demo/texts/inv.json";
import letters from "../../data/demo/texts/let.json";
import med from "../../data/demo/texts/med.json";
import mh from "../../data/demo/texts/mh.json";
import pos from "../../data/demo/texts/pos.json";
import rec from "../../data/demo/texts/rec.json";
import ref from "../../data/demo/texts/ref.json";
import wrk from "../../data/demo/texts/wrk.json";

const demoTextSchema = z.object({
  title: z.string().max(90),
  body: z.string(),
  /** Where only some of the theme's services fit this text. */
  services: z.array(z.string()).min(1).optional(),
  harm: z.enum(["none", "low", "moderate", "severe", "not-known"]),
  usToo: z.array(z.string()),
  replies: z.array(z.object({ from: z.enum(["owner", "raiser"]), internal: z.boolean().optional(), text: z.string() })),
  outcome: z.object({ changed: z.string(), forWhom: z.string() }).nullish(),
  actions: z.array(z.string()).default([]),
});
export type DemoText = z.infer<typeof demoTextSchema>;

const demoThemeSchema = z.object({
  theme: z.string(),
  category: z.string().refine((code) => categoryOf(code) !== undefined),
  direction: z.enum(["practice-to-trust", "trust-to-practice", "community-to-acute"]),
  /** Service kinds it is about, or that raise it when it goes from a trust to a practice. */
  services: z.array(z.string()).min(1),
  /** Recurs, 3 to 15 times a month. */
  planted: z.boolean().default(false),
  texts: z.array(demoTextSchema).min(1),
});
export type DemoTheme = z.infer<typeof demoThemeSchema>;

/** Every theme of the demonstration, in a fixed order. */
export function demoThemes(): DemoTheme[] {
  const files = [con, dig, dis, fit, inv, letters, med, mh, pos, rec, ref, wrk];
  return files.flatMap((file) => z.array(demoThemeSchema).parse(file));
}
