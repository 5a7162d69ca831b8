import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Directory } from "../../app/domain/directory";
import { verifyPassword } from "../../app/server/passwords";
import { connectStore } from "../../app/storage/connect";
import { startEmbeddedStore } from "../../app/storage/embedded/start";
import { smallDirectory } from "../support/small-directory";

/** `npm run account` as an administrator runs it: a process of its own, on a data directory of its own. */
const dataDir = mkdtempSync(join(tmpdir(), "ct-account-"));
const environment = {
  NODE_ENV: "test" as const,
  PATH: process.env.PATH,
  BASE_URL: "http://localhost:3000",
  SESSION_SECRET: "s".repeat(32),
  STORE: "embedded",
  DATA_DIR: dataDir,
};

function account(
  input: string,
  args: readonly string[],
  given: typeof environment = environment,
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/account.ts", ...args], { env: given });
  let said = "";
  child.stdout.on("data", (chunk) => (said += chunk));
  child.stderr.on("data", (chunk) => (said += chunk));
  child.stdin.end(input);
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, said })));
}

const request = (username: string) =>
  `add --username ${username} --name Dr.A --organisation N81001 --role gp --password-stdin`.split(" ");
const add = (username: string) => account("correct horse battery\n", request(username));

describe("npm run account -- add", () => {
  let first: Awaited<ReturnType<typeof add>>;
  beforeAll(async () => {
    first = await add("Dr.A");
  });
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  test("13.6 makes somebody who can sign in, in the directory that comes with the product", async () => {
    expect(first).toMatchObject({ code: 0, said: expect.stringMatching(/^Dr\.A can sign in as GP, Audlem/) });
    expect(first.said).not.toContain("correct horse");
    const store = await startEmbeddedStore({ dataDir });
    const storage = await connectStore({ uri: store.uri, database: "common-thread", directory: smallDirectory() });
    try {
      const found = await storage.accounts.find("dr.a");
      const directory = new Directory(await storage.directory.load());
      expect(await verifyPassword("correct horse battery", found?.passwordHash ?? "")).toBe(true);
      expect(directory.postsHeldBy(found?.person ?? "", new Date()).map(({ id }) => id)).toEqual(["N81001:gp"]);
      expect(directory.organisation("N81001")?.standing).toBe("live");
      expect(directory.organisations.filter(({ kind }) => kind === "practice")).toHaveLength(338);
    } finally {
      await storage.close();
      await store.close();
    }
  });

  test("13.6 a username is taken once, however it is typed", async () => {
    expect(await add("dr.a")).toEqual({ code: 2, said: "Nothing was added: the username dr.a is taken\n" });
  });

  test("13.6 says so when the server is using the store", async () => {
    const store = await startEmbeddedStore({ dataDir });
    try {
      const refused = await add("dr.c");
      expect(refused.code).not.toBe(0);
      expect(refused.said).toMatch(/in use/);
      expect(refused.said).not.toMatch(/^\s+at /m);
    } finally {
      await store.close();
    }
  });

  test("13.6 without the settings of npm start it names what is missing", async () => {
    const refused = await account("", request("dr.c"), { ...environment, STORE: "" });
    expect(refused).toMatchObject({ code: 2, said: expect.stringMatching(/MONGODB_URI.*STORE=embedded/) });
  });
});
