import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoServer, startDemoServer } from "../support/demo-server";
import { eventually } from "../support/eventually";
import { HttpPerson, inputOf, readable } from "../support/http-person";

let server: DemoServer;
let gp: HttpPerson;
let lead: HttpPerson;
let other: HttpPerson;

beforeAll(async () => {
  server = await startDemoServer({ issues: 40 });
  const signIn = (person: string) => HttpPerson.signIn(server.url, person);
  [gp, lead, other] = await Promise.all([signIn("p-whitlow"), signIn("p-okafor"), signIn("p-asante")]);
}, 180_000);
afterAll(() => server?.stop());

const about = "RBL/RBL-acute-medicine";
const kept = (body: string) => gp.raise({ about, body, visibility: "organisations" });

test("16.2 what is said of an issue one may not read is answered like what is said of one that is not there", async () => {
  const open = await gp.raise({ about, body: "The ward's fax number on discharge letters rings out for days." });
  const secret = await kept("Only the organisations concerned read of this fax.");
  for (const named of [secret, "CT-00000", "not a reference"]) {
    const answer = await other.act(open, "judge", { other: named, verdict: "different" });
    expect({ named, status: answer.status }).toEqual({ named, status: 404 });
    expect(answer.text).not.toContain("Only the organisations concerned read");
  }
  expect(
    (await other.post(`/issues/${secret}`, { verb: "judge", "judge-other": open, "judge-verdict": "same" })).status,
  ).toBe(404);
});

test("16.7 a duplicate of an issue one may not read shows none of it: on its page, on the board, to search, in the inbox", async () => {
  const title = "Secret syringe drivers are late for community palliative care.";
  const secret = await kept(title);
  const duplicate = await other.raise({ about, body: "Syringe drivers for palliative care at home come days late." });
  await lead.do(duplicate, "duplicate", { of: secret });
  expect(readable((await lead.get(`/issues/${duplicate}`)).text)).toContain(
    `recorded this as a duplicate of ${secret}`,
  );
  expect(readable((await lead.get(`/issues?q=${duplicate}`)).text)).toContain(`Duplicate of ${secret}`);
  expect(readable((await gp.get(`/issues/${secret}`)).text)).toContain(duplicate);

  await lead.do(secret, "offer", { changed: "Drivers leave the store the same day.", forWhom: "Everyone" });
  await eventually(async () => (await gp.get("/inbox")).text.includes(secret));
  const version = await other.versionOf(duplicate);
  const pages = await Promise.all([
    other.get(`/issues/${duplicate}`),
    other.get(`/issues/${duplicate}.data`),
    other.get(`/issues?q=${duplicate}`),
    other.get("/issues"),
    other.get("/inbox"),
    other.get("/"),
    other.act(duplicate, "unduplicate", { reason: "Mine is another matter." }, version),
  ]);
  for (const { text } of pages)
    expect([secret, "Secret syringe", "Drivers leave the store"].filter((word) => text.includes(word))).toEqual([]);
  expect(readable(pages[0]?.text ?? "")).not.toMatch(/duplicate/i);
  const naming = async (of: string) =>
    readable((await other.act(duplicate, "duplicate", { of }, version)).text).replaceAll(of, "");
  expect(await naming(secret)).toBe(await naming("CT-00000"));
});

test("16.5 without scripts: recorded by reference, shown on both threads, taken back with a reason", async () => {
  const original = await gp.raise({ about, body: "Blood forms are sent home with the wrong date on them." });
  const duplicate = await other.raise({ about, body: "Wrong dates on blood forms that patients bring us." });
  await lead.do(duplicate, "duplicate", { of: original.toLowerCase() });
  expect(readable((await other.get(`/issues/${duplicate}`)).text)).toContain("Duplicate of");
  expect(readable((await gp.get(`/issues/${original}`)).text)).toContain("Duplicates");
  expect((await other.act(duplicate, "unduplicate", { reason: "No." })).status).toBe(403);
  expect((await lead.act(duplicate, "unduplicate", { reason: "" })).status).toBe(422);
  await lead.do(duplicate, "unduplicate", { reason: "Two different clinics." });
  const page = readable((await other.get(`/issues/${duplicate}`)).text);
  expect(page).toContain("took back that this is a duplicate");
  expect(page).toContain("Two different clinics.");
});

test("16.8 of two who record at once, the later sees whose stands", async () => {
  const [one, two] = [await gp.raise({ about, body: "Clinic one." }), await gp.raise({ about, body: "Clinic two." })];
  const duplicate = await other.raise({ about, body: "Another clinic." });
  const place = await HttpPerson.signIn(server.url, "p-osei");
  const seen = await place.versionOf(duplicate);
  await lead.do(duplicate, "duplicate", { of: one });
  const late = await place.act(duplicate, "duplicate", { of: two }, seen);
  expect(late.status).toBe(409);
  expect(readable(late.text)).toContain("Nadia Okafor");
});

test("16.4 without scripts: what was put aside goes along, comes back, and is said of the issue once it is sent", async () => {
  const known = await gp.raise({ about, body: "Physiotherapy letters name a surgery that closed two years ago." });
  const form = await other.get("/issues/new");
  const fields = {
    id: inputOf(form.text, "id"),
    about,
    body: "Physiotherapy letters name the surgery that closed two years ago.",
    kind: "DIS.1",
    harm: "none",
    visibility: "system",
  };
  await eventually(async () =>
    (await other.post("/issues/new", { ...fields, intent: "check" })).text.includes(`value="${known}"`),
  );
  const aside = await other.post("/issues/new", { ...fields, hide: known });
  expect(inputOf(aside.text, "hidden")).toBe(known);
  expect(readable(aside.text)).toContain("Not the same: 1");
  const again = await other.post("/issues/new", { ...fields, hidden: known, intent: "unhide" });
  expect(readable(again.text)).not.toContain("Not the same: 1");
  const sent = await other.post("/issues/new", { ...fields, hidden: known, intent: "send" });
  const thread = readable((await other.get(sent.headers.get("location") ?? "")).text);
  expect(thread).toContain(`${known}, said by you`);
});

test("16.13 the composer shows three at most, a thread five, each with why and how it ended", async () => {
  const body = "Insulin pens are swapped at discharge and nobody writes to us about it";
  const all: string[] = [];
  for (const week of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
    all.push(await gp.raise({ about, body: `${body}, on ${week}s.` }));
  const [first = ""] = all;
  await lead.do(first, "offer", { changed: "Pens are named in each letter.", forWhom: "All wards" });
  const count = (html: string) => html.match(/<article class="ct-like">/g)?.length ?? 0;
  const asked = async () => {
    const form = new URLSearchParams({ body: `${body}.`, about, kind: "", harm: "", hidden: "" });
    const answer = await other.post("/issues/similar", Object.fromEntries(form));
    return JSON.parse(answer.text) as { similar: { issue: { reference: string }; why: string }[] };
  };
  await eventually(async () => (await asked()).similar.length === 3);
  expect((await asked()).similar[0]?.why).toMatch(/Same service.*Both say: .*(insulin|pens)/);
  await eventually(async () => count((await gp.get(`/issues/${all[1]}`)).text) === 5);
  const thread = readable((await gp.get(`/issues/${all[1]}`)).text);
  expect(thread).toContain("Same service and kind.");
  const offered = readable(
    (await other.post("/issues/new", { about, body: `${body}, on Mondays.`, intent: "check" })).text,
  );
  expect(offered).toContain("Outcome offered: Pens are named in each letter.");
  expect(offered).toContain("For: All wards");
});
