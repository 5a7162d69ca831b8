import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { EXPRESSION_OPERATORS } from "../../../app/storage/embedded/expression";
import { EXPRESSIONS_ELSEWHERE, STAGES, STAGES_ELSEWHERE } from "../../../app/storage/embedded/subset";
import { subsetPage } from "../../../app/storage/embedded/subset-page";

test("docs/embedded-store.md says what the tables say (npx tsx scripts/embedded-store-docs.ts writes it)", () => {
  expect(readFileSync(new URL("../../../docs/embedded-store.md", import.meta.url), "utf8")).toBe(subsetPage());
});

test("nothing is both supported and refused", () => {
  expect(Object.keys(EXPRESSION_OPERATORS).filter((x) => EXPRESSIONS_ELSEWHERE.has(x))).toEqual([]);
  expect([...STAGES].filter((x) => STAGES_ELSEWHERE.has(x))).toEqual([]);
});
