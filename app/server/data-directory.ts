import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";

/** A data directory holds either made-up people or real ones, from its first day. */
export type DataKind = "demo" | "live";

const markSchema = z.object({ kind: z.enum(["demo", "live"]), secret: z.string() });

export interface DataDirectory {
  path: string;
  /** Made once for this directory: the session secret of a demonstration. */
  secret: string;
}

export class WrongDataDirectory extends Error {}

/**
 * Opens a data directory, marking a new one as `kind`. Refuses one that is marked otherwise, and one that holds
 * something else altogether.
 */
export function openDataDirectory(path: string, kind: DataKind): DataDirectory {
  const full = resolve(path);
  mkdirSync(full, { recursive: true, mode: 0o700 });
  const markFile = join(full, "data-directory.json");
  if (!existsSync(markFile)) {
    if (readdirSync(full).length > 0)
      throw new WrongDataDirectory(
        `${full} holds files that are not Common Thread's. Name an empty folder in DATA_DIR.`,
      );
    const mark = { kind, secret: randomBytes(32).toString("hex") };
    writeFileSync(markFile, `${JSON.stringify(mark)}\n`, { mode: 0o600 });
    return { path: full, secret: mark.secret };
  }
  const mark = markSchema.safeParse(readJson(markFile));
  if (!mark.success)
    throw new WrongDataDirectory(`${markFile} cannot be read. Restore it from a backup of this folder.`);
  if (mark.data.kind !== kind) throw new WrongDataDirectory(wrongKind(full, mark.data.kind));
  return { path: full, secret: mark.data.secret };
}

/** Undefined when it is not JSON. */
function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function wrongKind(path: string, kind: DataKind): string {
  return kind === "demo"
    ? `${path} holds a demonstration: made-up people and issues. npm start needs another folder in DATA_DIR.`
    : `${path} holds real data: npm run demo never opens it. Name another folder in DATA_DIR.`;
}
