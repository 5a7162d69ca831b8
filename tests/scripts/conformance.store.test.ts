import { join } from "node:path";
import { expect, test } from "vitest";
import { readUnified, replayUnified } from "../../scripts/conformance/unified";
import { testStore } from "../storage/embedded/support";

const folder = join(import.meta.dirname, "../fixtures/unified");
const { server } = await testStore();

test("specification tests are told apart: passed, failed, refused by the subset, passed over", async () => {
  const [file] = readUnified(folder);
  const verdicts = await replayUnified(server.uri, file!);
  const told = verdicts.map((v) => `${v.kind} ${v.id}`);
  expect(told).toEqual(file!.tests.map((t) => `${t.description.split(":")[0]} ${file!.name}: ${t.description}`));
});
