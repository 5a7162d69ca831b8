import { z } from "zod";

const port = "a number from 0 to 65535";

const settingsSchema = z.object({
  /** Where people reach it, such as https://board.example.nhs.uk. Decides cookies, links and the Origin check. */
  BASE_URL: z
    .string()
    .url("a full address, such as https://board.example.nhs.uk")
    .refine((url) => /^https?:/.test(url), "an http or https address"),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, port)
    .transform(Number)
    .refine((number) => number <= 65_535, port)
    .default("3000"),
  HOST: z.string().default("0.0.0.0"),
  /** At least 32 characters. Signs sessions and derives the keys of drafts kept on devices. */
  SESSION_SECRET: z.string().min(32, "at least 32 characters, such as the output of: openssl rand -hex 32"),
  /** `embedded` runs a one-machine pilot on the built-in store. */
  STORE: z.enum(["embedded", "mongodb"], { errorMap: () => ({ message: "embedded or mongodb" }) }).optional(),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, "an address beginning mongodb:// or mongodb+srv://")
    .optional(),
  DATABASE: z.string().default("common-thread"),
  DATA_DIR: z.string().default(".data/live"),
  MEILI_URL: z.string().url("the address of a Meilisearch server").optional(),
  MEILI_KEY: z.string().min(16, "the master key or an all-rights key of that server").optional(),
  SYSTEM_NAME: z.string().default("Cheshire and Merseyside"),
  REFERENCE_PREFIX: z
    .string()
    .regex(/^[A-Z]{2,4}$/, "two to four capital letters")
    .default("CT"),
});

export interface Settings {
  baseUrl: URL;
  port: number;
  host: string;
  sessionSecret: string;
  store: { kind: "embedded" } | { kind: "mongodb"; uri: string };
  database: string;
  dataDir: string;
  search: { kind: "embedded" } | { kind: "server"; url: string; key: string };
  systemName: string;
  referencePrefix: string;
}

export type SettingsResult = { ok: true; settings: Settings } | { ok: false; missing: readonly string[] };

/** Reads the settings of `npm start`. Half a configuration is none: each line of `missing` names a setting and what it needs. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): SettingsResult {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = settingsSchema.safeParse(given);
  const missing = parsed.success ? [] : parsed.error.issues.map((issue) => describe(issue, given));
  if (!given.MONGODB_URI && given.STORE !== "embedded")
    missing.push("MONGODB_URI: the address of MongoDB 7 or 8, or set STORE=embedded for a one-machine pilot");
  if (given.MEILI_URL && !given.MEILI_KEY) missing.push("MEILI_KEY: the key of the server that MEILI_URL names");
  if (!parsed.success || missing.length > 0) return { ok: false, missing };
  const read = parsed.data;
  return {
    ok: true,
    settings: {
      baseUrl: new URL(read.BASE_URL),
      port: read.PORT,
      host: read.HOST,
      sessionSecret: read.SESSION_SECRET,
      store:
        read.STORE !== "embedded" && read.MONGODB_URI
          ? { kind: "mongodb", uri: read.MONGODB_URI }
          : { kind: "embedded" },
      database: read.DATABASE,
      dataDir: read.DATA_DIR,
      search:
        read.MEILI_URL && read.MEILI_KEY
          ? { kind: "server", url: read.MEILI_URL, key: read.MEILI_KEY }
          : { kind: "embedded" },
      systemName: read.SYSTEM_NAME,
      referencePrefix: read.REFERENCE_PREFIX,
    },
  };
}

function describe(issue: z.ZodIssue, given: Readonly<Record<string, string | undefined>>): string {
  const name = String(issue.path[0]);
  if (given[name] !== undefined) return `${name}: must be ${issue.message}`;
  return `${name}: ${wanted[name] ?? "missing"}`;
}

const wanted: Readonly<Record<string, string>> = {
  BASE_URL: "the address people reach it at, such as https://board.example.nhs.uk",
  SESSION_SECRET: "at least 32 characters, such as the output of: openssl rand -hex 32",
};
