import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Judgement, pairOf, type Verdict } from "../../app/domain/likeness";
import { startEmbeddedStore } from "../../app/storage/embedded/start";
import { type CalibrationRequest, calibrate, NotAnAdministrator } from "../../scripts/calibrate/calibrate";
import { scoreVersion, shippedThresholds } from "../../search/likeness-score";
import { author } from "../support/issues";
import { smallFacts, testDay } from "../support/small-directory";
import { openTestStore, type TestStore } from "../support/store";

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  await store.directory.replaceAll(smallFacts);
});
beforeEach(async () => {
  for (const name of ["judgements", "settings"]) await store.connection.collection(name).deleteMany({});
});
afterAll(() => store.drop());

let pairs = 0;
async function judged(count: number, score: number, verdict: Verdict, encoder = scoreVersion): Promise<void> {
  for (let i = 0; i < count; i++) {
    const said: Judgement = {
      issues: pairOf("A", `B${String(++pairs).padStart(4, "0")}`),
      by: author("P1-gp"),
      verdict,
      shown: { score, encoder },
      decides: [],
      at: testDay,
    };
    await store.likeness.put(said);
  }
}

/** More is alike than shows: half of what is shown is not, until .5. */
async function noisy(): Promise<void> {
  await judged(60, 0.35, "different");
  await judged(20, 0.55, "same");
  await judged(30, 0.95, "same");
}

async function run(over: Partial<CalibrationRequest> = {}) {
  const said: string[] = [];
  const outcome = await calibrate(store, {
    labelled: [],
    by: undefined,
    accepts: async () => true,
    personOf: async (username) => username,
    now: testDay,
    say: (line) => void said.push(line),
    ...over,
  });
  return { outcome, said: said.join("\n") };
}

describe("npm run calibrate", () => {
  test("16.12 shows precision before and after, and changes nothing by itself", async () => {
    await noisy();
    await judged(5, 0.9, "same", "an older score");
    const { outcome, said } = await run();
    expect(outcome).toBe("proposed");
    expect(said).toContain("Judged by people: 110 pairs, 50 the same and 60 not.");
    expect(said).toContain("5 shown with no score like today's");
    expect(said).toContain("Shown as alike: from 0.30 (45 % right of 110 shown) to 0.40 (100 % right of 50 shown)");
    expect(said).toMatch(/0\.30 +110 +50 +45 % {2}shown as alike now/);
    expect(said).toContain("Nothing was changed.");
    expect(await store.settings.likeness()).toBeNull();
  });

  test("16.12 changes what holds for everybody when an administrator accepts, and keeps who and when", async () => {
    await noisy();
    const { outcome } = await run({ by: "QYG-administrator" });
    expect(outcome).toBe("accepted");
    expect(await store.settings.likeness()).toEqual({
      alikeFrom: 0.4,
      likelySameFrom: 0.4,
      accepted: { by: "QYG-administrator", at: testDay },
    });
    expect((await run()).said).toContain("the thresholds that hold now are the best of these");
  });

  test("16.12 is accepted by nobody else, and not without a yes", async () => {
    await noisy();
    for (const by of ["P1-gp", "QYG-icb-medical-director", "nobody"])
      await expect(run({ by })).rejects.toThrow(NotAnAdministrator);
    expect(await run({ by: "QYG-administrator", accepts: async () => false })).toMatchObject({ outcome: "proposed" });
    expect(await store.settings.likeness()).toBeNull();
  });

  test("16.12 says that there are too few judgements, and proposes nothing", async () => {
    await judged(12, 0.4, "different");
    const { outcome, said } = await run({ by: "QYG-administrator" });
    expect(outcome).toBe("nothing to propose");
    expect(said).toContain("that takes 50 pairs, at least 10 the same and as many not");
  });

  test("16.12 with a labelled file, what was never shown counts too", async () => {
    const labelled = [
      ...Array.from({ length: 60 }, () => ({ score: 0.22, same: true })),
      ...Array.from({ length: 20 }, () => ({ score: 0.12, same: false })),
    ];
    const { said } = await run({ labelled });
    expect(said).toContain(
      `Shown as alike: from ${shippedThresholds.alikeFrom.toFixed(2)} (– right of 0 shown) to 0.05`,
    );
  });
});

describe("npm run calibrate, as an administrator runs it", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "ct-calibrate-"));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
  const run = (...args: string[]): Promise<{ code: number | null; said: string }> => {
    const env = {
      NODE_ENV: "test" as const,
      PATH: process.env.PATH,
      BASE_URL: "http://localhost:3000",
      SESSION_SECRET: "s".repeat(32),
      STORE: "embedded",
      DATA_DIR: dataDir,
    };
    const child = spawn(process.execPath, ["--import", "tsx", "scripts/calibrate.ts", ...args], { env });
    let said = "";
    child.stdout.on("data", (chunk) => (said += chunk));
    child.stderr.on("data", (chunk) => (said += chunk));
    child.stdin.end();
    return new Promise((resolve) => child.on("close", (code) => resolve({ code, said })));
  };

  test("16.12 works on the store of npm start, and says so when the server is using it", async () => {
    expect(await run()).toMatchObject({ code: 0, said: expect.stringContaining("Nothing is proposed") });
    const server = await startEmbeddedStore({ dataDir });
    try {
      const refused = await run();
      expect(refused.code).toBe(1);
      expect(refused.said).toMatch(/in use/);
      expect(refused.said).not.toMatch(/^\s+at /m);
    } finally {
      await server.close();
    }
  });

  test("16.12 says how it is used when it is asked for something else", async () => {
    expect(await run("--reject")).toMatchObject({ code: 2, said: expect.stringContaining("npm run calibrate --") });
  });
});
