import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openDataDirectory, WrongDataDirectory } from "../../app/server/data-directory";
import { readSettings } from "../../app/server/env";

const complete = {
  BASE_URL: "https://board.example.nhs.uk",
  SESSION_SECRET: "x".repeat(32),
  MONGODB_URI: "mongodb://localhost:27017",
};

function missingFrom(environment: Record<string, string | undefined>): readonly string[] {
  const read = readSettings(environment);
  return read.ok ? [] : read.missing.map((line) => line.split(":")[0] ?? "");
}

describe("the settings of npm start", () => {
  test("12.1 names every setting that is missing, each with what it needs", () => {
    const read = readSettings({});
    expect(read.ok).toBe(false);
    expect(read).toMatchObject({
      missing: [
        expect.stringMatching(/^BASE_URL: the address people reach it at/),
        expect.stringMatching(/^SESSION_SECRET: at least 32 characters/),
        expect.stringMatching(/^MONGODB_URI: .*STORE=embedded/),
      ],
    });
  });

  test.each(["BASE_URL", "SESSION_SECRET", "MONGODB_URI"])("12.1 names %s when only that is missing", (name) => {
    expect(missingFrom({ ...complete, [name]: undefined })).toEqual([name]);
    expect(missingFrom({ ...complete, [name]: "" })).toEqual([name]);
  });

  test.each([
    ["BASE_URL", "board.example.nhs.uk"],
    ["BASE_URL", "ftp://board.example.nhs.uk"],
    ["SESSION_SECRET", "too short"],
    ["MONGODB_URI", "localhost:27017"],
    ["PORT", "http"],
    ["PORT", "70000"],
    ["STORE", "sqlite"],
    ["MEILI_URL", "not an address"],
    ["REFERENCE_PREFIX", "c-t"],
  ])("12.1 refuses %s=%s", (name, value) => {
    expect(missingFrom({ ...complete, MEILI_KEY: "k".repeat(16), [name]: value })).toContain(name);
  });

  test("12.1 says what a setting must be in words, not in the words of a library", () => {
    expect(readSettings({ ...complete, PORT: "http", STORE: "sqlite" })).toEqual({
      ok: false,
      missing: ["PORT: must be a number from 0 to 65535", "STORE: must be embedded or mongodb"],
    });
  });

  test("12.1 never repeats a secret in what it says", () => {
    const read = readSettings({ ...complete, SESSION_SECRET: "hunter2" });
    expect(JSON.stringify(read)).not.toContain("hunter2");
  });

  test("12.1 a search server needs its key", () => {
    const MEILI_URL = "http://localhost:7700";
    expect(missingFrom({ ...complete, MEILI_URL })).toEqual(["MEILI_KEY"]);
    const read = readSettings({ ...complete, MEILI_URL, MEILI_KEY: "k".repeat(16) });
    expect(read).toMatchObject({ settings: { search: { kind: "server", url: MEILI_URL } } });
  });

  test("12.2 a one-machine pilot says so with STORE=embedded", () => {
    const read = readSettings({ ...complete, MONGODB_URI: undefined, STORE: "embedded" });
    expect(read).toMatchObject({
      ok: true,
      settings: { store: { kind: "embedded" }, search: { kind: "embedded" }, port: 3000, dataDir: ".data/live" },
    });
  });

  test("12.2 with MONGODB_URI alone it is MongoDB", () => {
    expect(readSettings(complete)).toMatchObject({
      settings: { store: { kind: "mongodb", uri: complete.MONGODB_URI } },
    });
  });
});

describe("a data directory", () => {
  const folder = () => mkdtempSync(join(tmpdir(), "ct-data-"));

  test("12.3 is marked on its first day and opened by its own kind only", () => {
    for (const [kind, other] of [
      ["demo", "live"],
      ["live", "demo"],
    ] as const) {
      const path = folder();
      const first = openDataDirectory(path, kind);
      expect(openDataDirectory(path, kind)).toEqual(first);
      expect(() => openDataDirectory(path, other)).toThrow(WrongDataDirectory);
      expect(() => openDataDirectory(path, other)).toThrow(/DATA_DIR/);
    }
  });

  test("12.3 is made when it is not there, for its owner alone, with a secret of its own", () => {
    const path = join(folder(), "deeper", "data");
    const { secret } = openDataDirectory(path, "demo");
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(statSync(join(path, "data-directory.json")).mode & 0o777).toBe(0o600);
    expect(openDataDirectory(folder(), "demo").secret).not.toBe(secret);
  });

  test("12.3 a folder of something else is left alone", () => {
    const path = folder();
    writeFileSync(join(path, "holiday.jpg"), "");
    expect(() => openDataDirectory(path, "demo")).toThrow(/not Common Thread's/);
    expect(() => readFileSync(join(path, "data-directory.json"))).toThrow(/ENOENT/);
  });

  test.each(["", "{", "{}", '{"kind":"other","secret":"x"}'])(
    "12.3 a mark that cannot be read (%j) is not guessed at",
    (text) => {
      const path = folder();
      writeFileSync(join(path, "data-directory.json"), text);
      expect(() => openDataDirectory(path, "demo")).toThrow(WrongDataDirectory);
    },
  );
});
