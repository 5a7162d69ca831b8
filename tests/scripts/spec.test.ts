import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** `7.2` of every rule in docs/spec.md: a heading's number and a list item's. */
function rulesOf(spec: string): string[] {
  let section = "";
  return spec.split("\n").flatMap((line) => {
    section = /^## (\d+) /.exec(line)?.[1] ?? section;
    const item = /^(\d+)\. /.exec(line)?.[1];
    return item ? [`${section}.${item}`] : [];
  });
}

const titles = readdirSync("tests", { recursive: true, encoding: "utf8" })
  .filter((path) => /\.test\.tsx?$/.test(path))
  .flatMap((path) => [...readFileSync(join("tests", path), "utf8").matchAll(/\(\s*"(\d+\.\d+) [a-zA-Z%]/g)])
  .map((match) => match[1]);
const rules = rulesOf(readFileSync("docs/spec.md", "utf8"));

test("a number in a test's title is that of a rule", () => {
  expect(titles.filter((number) => !rules.includes(number ?? ""))).toEqual([]);
});

test("every rule has a test that carries its number", () => {
  expect(rules.length).toBeGreaterThan(60);
  expect(rules.filter((rule) => !titles.includes(rule))).toEqual([]);
});
