import { describe, expect, test } from "vitest";
import { findChromium, type Machine } from "../../scripts/gate/chromium";
import { runStep } from "../../scripts/gate/run-step";
import { sumOf, tallyOf } from "../../scripts/gate/tally";

const file = (status: string, ...statuses: string[]) => ({
  name: "some.test.ts",
  status,
  assertionResults: statuses.map((each) => ({ status: each })),
});

describe("counting a run of tests", () => {
  test("counts passed and failed tests over all files", () => {
    const report = { testResults: [file("passed", "passed", "passed"), file("failed", "passed", "failed")] };
    expect(tallyOf(report, false)).toEqual({ passed: 3, failed: 1 });
  });

  test("a test that was left out counts as failed", () => {
    expect(tallyOf({ testResults: [file("passed", "passed", "pending", "todo")] }, true)).toEqual({
      passed: 1,
      failed: 2,
    });
  });

  test("a file that could not be loaded counts as one failure", () => {
    expect(tallyOf({ testResults: [file("failed")] }, false)).toEqual({ passed: 0, failed: 1 });
  });

  test("an error outside any test counts as one failure", () => {
    expect(tallyOf({ testResults: [file("passed", "passed")] }, false)).toEqual({ passed: 1, failed: 1 });
  });

  test("a run that left no report counts as one failure", () => {
    expect(tallyOf(undefined, false)).toEqual({ passed: 0, failed: 1 });
    expect(tallyOf(undefined, true)).toEqual({ passed: 0, failed: 1 });
  });

  test("a suite that has no tests yet counts nothing", () => {
    expect(tallyOf({ testResults: [] }, true)).toEqual({ passed: 0, failed: 0 });
  });

  test("sums suites", () => {
    expect(
      sumOf([
        { passed: 3, failed: 0 },
        { passed: 4, failed: 2 },
      ]),
    ).toEqual({ passed: 7, failed: 2 });
  });
});

describe("finding a browser", () => {
  function machine({ files = [], isRoot = false, ...environment }: Given): Machine & { asked: string[] } {
    const present = new Set(files);
    const asked: string[] = [];
    return {
      environment,
      isRoot,
      asked,
      exists: (path) => present.has(path),
      aptGet: async (...args) => {
        asked.push(args.join(" "));
        if (args.includes("install")) present.add("/usr/bin/chromium");
        return true;
      },
    };
  }
  interface Given {
    files?: string[];
    isRoot?: boolean;
    CI?: string;
    CHROMIUM_PATH?: string;
  }

  test("takes the one CHROMIUM_PATH names before one that is installed", async () => {
    const here = machine({ files: ["/opt/chrome", "/usr/bin/chromium"], CHROMIUM_PATH: "/opt/chrome" });
    expect(await findChromium(here)).toBe("/opt/chrome");
  });

  test("takes an installed one and installs nothing", async () => {
    const here = machine({ files: ["/usr/bin/google-chrome"], isRoot: true, CI: "true" });
    expect(await findChromium(here)).toBe("/usr/bin/google-chrome");
    expect(here.asked).toEqual([]);
  });

  test.each([{ isRoot: true }, { CI: "true" }])("installs one when there is none and %o", async (given) => {
    const here = machine(given);
    expect(await findChromium(here)).toBe("/usr/bin/chromium");
    expect(here.asked).toEqual(["update", "install -y --no-install-recommends chromium"]);
  });

  test("changes nothing on a machine of somebody's own", async () => {
    const here = machine({});
    expect(await findChromium(here)).toBeUndefined();
    expect(here.asked).toEqual([]);
  });
});

test("a program that cannot be started is a failed step that says why", async () => {
  const result = await runStep({ name: "nothing", command: ["/no/such/program"] });
  expect(result).toMatchObject({ ok: false, output: expect.stringContaining("ENOENT") });
});
