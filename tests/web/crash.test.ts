import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoServer, startDemoServer } from "../support/demo-server";
import { eventually } from "../support/eventually";
import { HttpPerson, readable } from "../support/http-person";

let server: DemoServer;

beforeAll(async () => {
  server = await startDemoServer({ issues: 40 });
}, 180_000);
afterAll(() => server?.stop());

test("killed right after each answer, the server has kept everything, indexes it and tells people exactly once", async () => {
  const gp = await HttpPerson.signIn(server.url, "p-whitlow");
  const owner = await HttpPerson.signIn(server.url, "p-adeyemi");
  const reference = await gp.raise({
    about: "RBL/RBL-acute-medicine",
    body: "Quinsy clinic letters never arrive here.",
  });
  await crash();
  await owner.do(reference, "accept");
  await crash();
  await owner.do(reference, "reply", { text: "The letters went to an old address.", audience: "shared" });
  await crash();
  await owner.do(reference, "offer", { changed: "The address is corrected.", forWhom: "All clinic letters" });
  await crash();
  await gp.do(reference, "answer", { answer: "agree" });
  await crash();

  const thread = readable((await gp.get(`/issues/${reference}`)).text);
  for (const words of ["accepted this issue", "The letters went to an old address.", "Resolved: both sides agree"])
    expect(thread).toContain(words);
  await settled();
  const told = notices((await gp.get("/inbox?show=all")).text, reference);
  expect(told.sort()).toEqual(
    ["accepted it", "offered an outcome for you to agree", "replied", "started work on it"].sort(),
  );
  const asked = notices((await owner.get("/inbox?show=all")).text, reference);
  expect(asked.sort()).toEqual(["resolved it", "sent you an issue"]);
  await eventually(async () => (await gp.get("/issues?q=quinzy")).text.includes(`/issues/${reference}`));
}, 120_000);

test("the same form sent again after a crash is the same issue and the same reply", async () => {
  const gp = await HttpPerson.signIn(server.url, "p-whitlow");
  const id = "01JD0000000000000000000001";
  const form = { intent: "send", id, about: "RBL", body: "Sent twice by hand.", kind: "DIS.1", harm: "none" };
  const first = await gp.post("/issues/new", form);
  await crash();
  const second = await gp.post("/issues/new", form);
  expect(second.headers.get("location")).toBe(first.headers.get("location"));
  const reference = first.headers.get("location")?.slice(-8) ?? "";
  const reply = { id: "01JD0000000000000000000002", text: "Said once.", audience: "shared" };
  await gp.do(reference, "reply", reply);
  await crash();
  await gp.do(reference, "reply", reply);
  const said = readable((await gp.get(`/issues/${reference}`)).text).match(/Said once\./g);
  expect(said?.length).toBe(1);
}, 60_000);

async function crash(): Promise<void> {
  await server.kill();
  await server.restart();
}

/** Waits until no follow-up waits any more. */
async function settled(): Promise<void> {
  await eventually(async () => {
    const readiness = (await (await fetch(`${server.url}/readyz`)).json()) as { followUps: { waiting: number } };
    return readiness.followUps.waiting === 0;
  }, 40_000);
}

/** What a person was told of an issue, notice by notice. */
function notices(html: string, reference: string): string[] {
  const rows = html.split('data-notice="').slice(1);
  return rows
    .filter((row) => row.includes(reference))
    .map((row) => readable(/<h3>(.*?)<\/h3>/s.exec(row)?.[1] ?? "").replace(/^(Dr|Ms|Mr) \w+ \w+ /, ""));
}
