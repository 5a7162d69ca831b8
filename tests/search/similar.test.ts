import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { shippedThresholds } from "../../search/likeness-score";
import { buildIssue } from "../support/issues";
import { openTestIndex, type TestIndex } from "../support/search";

let search: TestIndex;
const shown = (limit: number) => ({ limit, from: shippedThresholds.alikeFrom });

const original = buildIssue({
  title: "Three days of TTOs instead of seven",
  body: "A patient in their 70s came home from the medical ward on Friday evening with three days of blood thinner. The agreement says seven days of discharge medicines.",
});
const retold = buildIssue({
  title: "Only 3 days of discharge medicines sent home",
  body: "Another one from the medical ward: three days of tablets, not seven, and the blood thinner ran out on Monday.",
  about: { organisation: "T1", service: "T1-pharmacy" },
});
const near = buildIssue({
  title: "Ward pharmacy closes before TTOs are ready",
  body: "Patients who leave after five on Friday go home without their medicines and ring us on Monday.",
});
const other = buildIssue({
  title: "Fax number for the stroke team rings out",
  body: "We tried for an hour to reach the on-call registrar and nobody answers the switchboard.",
});
const hidden = buildIssue({
  ...retold,
  id: "01HIDDEN0000000000000000AA",
  reference: "CT-H1DDE",
  visibility: "people",
  namedPeople: ["guest"],
});

beforeAll(async () => {
  search = await openTestIndex();
  await search.add(original, retold, near, other, hidden);
});
afterAll(() => search.drop());

describe("Issues like another", () => {
  test("come nearest first, without those that are about something else", async () => {
    const like = await search.index.similar(
      ["system"],
      { id: original.id, title: original.title, text: original.body },
      shown(5),
    );
    expect(like.map((each) => each.id)).toEqual([retold.id, near.id]);
    expect(like[0]?.score).toBeGreaterThan(like[1]?.score ?? 1);
  });

  test("are found by a text that is still being typed, and say which words both share", async () => {
    const text = "In their 70s, home on Friday evening with 3 days of blood thinner: the agreement says 7";
    const [first] = await search.index.similar(["system"], { text }, shown(3));
    expect(first?.id).toBe(original.id);
    expect(first?.shared).toContain("thinner");
    expect(first?.shared.length).toBeLessThanOrEqual(4);
  });

  test("are found whether an abbreviation is written short or in full", async () => {
    const short = await search.index.similar(
      ["system"],
      { text: "TTOs not ready on the ward before Friday evening" },
      shown(3),
    );
    const long = await search.index.similar(
      ["system"],
      { text: "To take out medication not ready on the ward before Friday evening" },
      shown(3),
    );
    expect(short.map((each) => each.id).sort()).toEqual(long.map((each) => each.id).sort());
    expect(long.map((each) => each.id)).toContain(near.id);
    expect(short[0]?.id).toBe(near.id);
  });

  test("never include one the viewer may not know of, however near", async () => {
    const text = `${retold.title} ${retold.body}`;
    const asMember = await search.index.similar(["system"], { text }, shown(5));
    const asGuest = await search.index.similar(["person:guest"], { text }, shown(5));
    expect(asMember.map((each) => each.id)).not.toContain(hidden.id);
    expect(asGuest.map((each) => each.id)).toEqual([hidden.id]);
  });

  test("are none for a text without words or a viewer without rights", async () => {
    expect(await search.index.similar(["system"], { text: "?!" }, shown(5))).toEqual([]);
    expect(await search.index.similar(["system"], { text: "" }, shown(5))).toEqual([]);
    expect(await search.index.similar([], { text: original.body }, shown(5))).toEqual([]);
  });

  test("follow the text: an issue that was changed is compared by what it says now", async () => {
    const changing = buildIssue({ title: "Parking permits for district nurses", body: "Permits ran out in May." });
    await search.add(changing);
    const before = search.vectors.all.get(changing.id);
    await search.add({ ...changing, title: "Midwife clinic rooms", body: "The midwife clinic lost its rooms in May." });
    expect(search.vectors.all.get(changing.id)?.textHash).not.toBe(before?.textHash);
    const like = await search.index.similar(["system"], { text: "Parking permits for district nurses" }, shown(5));
    expect(like.map((each) => each.id)).not.toContain(changing.id);
  });

  test("are not encoded again while their text stays the same", async () => {
    const before = search.vectors.all.get(original.id);
    await search.add({ ...original, state: "accepted" });
    expect(search.vectors.all.get(original.id)).toBe(before);
  });
});
