import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BoardQuery, boardQuerySchema } from "../../app/domain/board-query";
import type { IndexHit } from "../../app/domain/ports";
import { buildIssue } from "../support/issues";
import { openTestIndex, type TestIndex } from "../support/search";
import { testDay } from "../support/small-directory";

let test_: TestIndex;

const tto = buildIssue({
  title: "No TTO with the patient",
  body: "Sent home on Friday without any medicines.",
  category: "MED.3",
});
const waits = buildIssue({ title: "Two week wait referral returned", body: "The form was last year's." });
const advice = buildIssue({ title: "A&G unanswered for three weeks", body: "A request about a rash and a lump." });
const emergency = buildIssue({ title: "Called back from A&E without a letter", body: "A letter never came to us." });
const dermatology = buildIssue({
  title: "Dermatology letters <b>cut off</b> & unreadable",
  body: `${"Nothing to see here. ".repeat(30)}The second page with the treatment plan is always missing.`,
});
const numbers = buildIssue({ title: "Bloods asked for in 14 days", body: "Form 2024 is out of date." });

beforeAll(async () => {
  test_ = await openTestIndex();
  await test_.add(
    tto,
    waits,
    advice,
    emergency,
    { issue: dermatology, replies: ["The scanner on ward seven is to blame."] },
    numbers,
  );
});
afterAll(() => test_.drop());

async function find(text: string, query: Partial<BoardQuery> = {}): Promise<IndexHit[]> {
  const asked = boardQuerySchema.parse({ ...query, text });
  const options = { offset: 0, limit: 20, mine: [], now: testDay };
  return (await test_.index.search(["system"], asked, options)).hits;
}
const ids = async (text: string) => (await find(text)).map((hit) => hit.id);

describe("Looking for issues by their words", () => {
  test("forgives a typing error", async () => {
    expect(await ids("dermatolgy leters")).toEqual([dermatology.id]);
  });

  test("finds by the beginning of the last word, while it is typed", async () => {
    expect(await ids("dermat")).toEqual([dermatology.id]);
  });

  test.each([
    ["2ww", waits.id],
    ["two week wait", waits.id],
    ["to take out medication", tto.id],
    ["discharge medicines", tto.id],
    ["TTO", tto.id],
    ["accident and emergency", emergency.id],
    ["emergency department", emergency.id],
    ["advice and guidance", advice.id],
  ])("reads %s as the abbreviation and as what it stands for", async (text, id) => {
    expect((await ids(text))[0]).toBe(id);
  });

  test("keeps an ampersand inside an abbreviation: A&G is not every issue with an a", async () => {
    expect(await ids("a&g")).toEqual([advice.id]);
    expect(await ids("A&E")).toEqual([emergency.id]);
  });

  test("forgives no error in numbers", async () => {
    expect(await ids("2024")).toEqual([numbers.id]);
    expect(await ids("2025")).toEqual([]);
  });

  test("finds by shared replies and by the organisations concerned", async () => {
    expect(await ids("scanner")).toEqual([dermatology.id]);
    expect(await ids("trust one")).toHaveLength(6);
  });

  test("finds by reference", async () => {
    expect((await ids(waits.reference))[0]).toBe(waits.id);
  });

  test("marks what matched in runs of plain text, with an excerpt around it", async () => {
    const [hit] = await find("dermatology treatment");
    expect(hit?.title).toEqual([
      { text: "Dermatology", marked: true },
      { text: " letters <b>cut off</b> & unreadable", marked: false },
    ]);
    const excerpt = hit?.excerpt ?? [];
    expect(excerpt.filter((run) => run.marked).map((run) => run.text)).toEqual(["treatment"]);
    expect(excerpt.map((run) => run.text).join("")).toContain("The second page with the treatment plan");
    expect(excerpt.map((run) => run.text).join("").length).toBeLessThan(300);
  });

  test("takes the excerpt from a reply when that is where it matched", async () => {
    const [hit] = await find("scanner");
    expect(hit?.excerpt.map((run) => run.text).join("")).toBe("The scanner on ward seven is to blame.");
  });
});
