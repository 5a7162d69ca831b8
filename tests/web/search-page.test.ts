import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type DemoServer, startDemoServer } from "../support/demo-server";
import { eventually } from "../support/eventually";
import { HttpPerson, inputOf, readable, send } from "../support/http-person";

let server: DemoServer;
let gp: HttpPerson;
let lead: HttpPerson;
let reference: string;

beforeAll(async () => {
  server = await startDemoServer({ issues: 40 });
  gp = await HttpPerson.signIn(server.url, "p-whitlow");
  lead = await HttpPerson.signIn(server.url, "p-okafor");
  const body = "Zopiclone was left off the tapering plan.";
  reference = await gp.raise({ about: "RBL/RBL-acute-medicine", body, visibility: "organisations" });
  await eventually(async () => (await gp.get("/search?q=zopiclone")).text.includes(reference), 60_000);
}, 180_000);
afterAll(() => server?.stop());

const quickSchema = z.object({
  groups: z.array(z.object({ kind: z.string(), options: z.array(z.object({ to: z.string() })) })),
  total: z.number(),
  basic: z.boolean(),
  saved: z.array(z.object({ name: z.string(), to: z.string() })),
});

async function quick(person: HttpPerson, text: string) {
  const answer = await person.get(`/search/quick?${new URLSearchParams({ q: text })}`);
  expect(answer.headers.get("cache-control")).toContain("no-store");
  return quickSchema.parse(JSON.parse(answer.text));
}

describe("The page and the palette", () => {
  it("show an issue to those who may know of it, and neither count nor name it to anybody else", async () => {
    const stranger = await HttpPerson.signIn(server.url, "p-asante");
    expect((await quick(lead, "zopiclone")).groups[0]?.options[0]?.to).toBe(`/issues/${reference}`);
    expect(await quick(stranger, "zopiclone")).toMatchObject({ groups: [], total: 0 });
    const page = await stranger.get("/search?q=zopiclone");
    expect(readable(page.text)).toContain("No issues match “zopiclone”");
    expect(page.text).not.toContain(reference);
  });

  it("find nothing of the directory for a guest", async () => {
    const guest = await HttpPerson.signIn(server.url, "p-hallam");
    expect((await quick(guest, "cardiology")).groups).toEqual([]);
    expect((await quick(gp, "cardiology")).groups.map((each) => each.kind)).toContain("services");
    expect((await guest.get("/search?q=cardiology&kind=services")).text).toContain("No services");
  });

  it("15.3 answer anything an address can hold, without an error page", async () => {
    const odd = [
      `q=${"discharge+medicines+".repeat(500)}`,
      `q=${encodeURIComponent("a&e. e-RS \u0000 \ud83d\ude00 <script>alert(1)</script> \" ' \\ %")}`,
      "kind=nonsense&state=&year=abcd&sort=up&cursor=@@@",
      `${"place=wirral&".repeat(300)}`,
      "q=&kind=people",
    ];
    for (const search of odd) {
      const page = await gp.get(`/search?${search}`);
      expect(page.status).toBe(200);
      expect(page.text).not.toContain("<script>alert");
      expect((await gp.get(`/search/quick?${search}`)).status).toBe(200);
    }
  });

  it("15.5 look for nothing under an NHS number, and say why", async () => {
    const page = await gp.get("/search?q=943+476+5919");
    expect(readable(page.text)).toContain("This looks like an NHS number.");
    expect(await quick(gp, "943 476 5919")).toMatchObject({ groups: [], total: 0 });
  });

  it("lead whoever is signed out to signing in, and back to the search", async () => {
    const page = await fetch(`${server.url}/search?q=ward`, { redirect: "manual" });
    expect(page.headers.get("location")).toBe("/sign-in?to=%2Fsearch%3Fq%3Dward");
    expect((await fetch(`${server.url}/search/quick?q=ward`, { redirect: "manual" })).status).toBe(302);
  });

  it("offer the issues found as a file only to those whose role may take one", async () => {
    expect((await lead.get("/search?q=discharge")).text).toContain('href="/search/export?q=discharge"');
    expect((await gp.get("/search?q=discharge")).text).not.toContain("/search/export");
  });
});

describe("15.6 Saved searches", () => {
  const save = (person: HttpPerson, fields: Readonly<Record<string, string>>) => person.post("/search/saved", fields);
  const idOf = async (person: HttpPerson) => inputOf((await person.get("/search/saved")).text, "id");

  it("15.6 are kept, shown where the search is, told of before anything is typed, changed and deleted", async () => {
    const kept = await save(gp, { intent: "save", query: "q=zopiclone&place=wirral", name: "Tapering", tells: "1" });
    expect([kept.status, kept.headers.get("location")]).toEqual([302, "/search?q=zopiclone&place=wirral"]);
    expect(readable((await gp.get("/search?place=wirral&q=zopiclone")).text)).toContain("Saved as Tapering");
    expect((await quick(gp, "")).saved).toEqual([{ name: "Tapering", to: "/search?q=zopiclone&place=wirral" }]);
    const list = readable((await gp.get("/search/saved")).text);
    expect(list).toContain("“zopiclone” in everything; Wirral");
    expect(list).toContain("Tells you of new issues");
    await save(gp, { intent: "change", id: await idOf(gp), name: "Sleeping tablets" });
    const changed = readable((await gp.get("/search/saved")).text);
    expect(changed).toContain("Sleeping tablets");
    expect(changed).not.toContain("Tells you of new issues");
    await save(gp, { intent: "delete", id: await idOf(gp) });
    expect((await quick(gp, "")).saved).toEqual([]);
  });

  it("15.6 are nobody else's to see, change or delete, and one that is not there looks the same", async () => {
    await save(gp, { intent: "save", query: "q=ward", name: "Ours" });
    const id = await idOf(gp);
    expect((await lead.get("/search/saved")).text).not.toContain("Ours");
    for (const intent of ["change", "delete"]) {
      const theirs = await save(lead, { intent, id, name: "Mine now" });
      const none = await save(lead, { intent, id: "01H00000000000000000000000", name: "Mine now" });
      expect([theirs.status, none.status]).toEqual([404, 404]);
      expect(readable(theirs.text)).toBe(readable(none.text));
    }
    expect((await gp.get("/search/saved")).text).toContain("Ours");
    await save(gp, { intent: "delete", id });
  });

  it("15.6 need a name and something to look for, and say so; without a session the name comes back", async () => {
    const nameless = await save(gp, { intent: "save", query: "q=ward", name: " " });
    expect(nameless.status).toBe(422);
    expect(readable(nameless.text)).toContain("This was not done. Give this search a name");
    const empty = await save(gp, { intent: "save", query: "", name: "All" });
    expect(empty.status).toBe(422);
    const nobody = await send(
      server.url,
      "/search/saved",
      { intent: "save", query: "q=ward", name: "Wards at night" },
      { origin: server.url },
    );
    expect(nobody.status).toBe(401);
    expect(nobody.text).toContain("Wards at night");
  });
});
