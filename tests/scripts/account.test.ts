import { PassThrough, Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { Directory, type DirectoryFacts } from "../../app/domain/directory";
import { askPassword, readPassword } from "../../scripts/account/ask-password";
import { type AccountPlan, type AccountRequest, planAccount } from "../../scripts/account/plan-account";
import { smallFacts } from "../support/small-directory";

const facts: DirectoryFacts = {
  ...smallFacts,
  organisations: smallFacts.organisations.map((each) => {
    if (each.code === "P1") return { ...each, name: "Audlem Medical Practice", standing: "not-yet" };
    return each.code === "T2" ? { ...each, closedAt: "2026-04-01", succeededBy: "T1" } : each;
  }),
  posts: [
    ...smallFacts.posts.filter(({ id }) => id !== "T1:clinician"),
    { id: "T1:clinician:T1-a", organisation: "T1", role: "clinician", title: "Consultant, A", services: ["T1-a"] },
    { id: "T1:clinician:T1-b", organisation: "T1", role: "clinician", title: "Consultant, B", services: ["T1-b"] },
  ],
};

const request = { username: "a.b", name: "Dr A B", organisation: "P1", role: "gp" };
const plan = (over: Partial<AccountRequest> = {}) =>
  planAccount(facts, { ...request, ...over }, "new-person", "2026-11-02");
function planned(over: Partial<AccountRequest> = {}): AccountPlan & { ok: true } {
  const found = plan(over);
  if (!found.ok) throw new Error(found.why);
  return found;
}

describe("adding a person to the directory", () => {
  test("13.1 gives them the post from today and makes the organisation live", () => {
    const { facts: after, newPost, nowLive } = planned({ organisation: " p1 " });
    const directory = new Directory(after);
    expect({ newPost, nowLive }).toEqual({ newPost: false, nowLive: true });
    expect(directory.organisation("P1")?.standing).toBe("live");
    expect(directory.person("new-person")).toEqual({ id: "new-person", name: "Dr A B", demo: false });
    expect(directory.postsHeldBy("new-person", new Date("2026-11-02T00:00:00Z")).map(({ id }) => id)).toEqual([
      "P1:gp",
    ]);
    expect(directory.postsHeldBy("new-person", new Date("2026-11-01T23:00:00Z"))).toEqual([]);
  });

  test("13.1 changes nothing else", () => {
    const { facts: after } = planned();
    expect(after.organisations.filter(({ code }) => code !== "P1")).toEqual(
      facts.organisations.filter(({ code }) => code !== "P1"),
    );
    expect([after.people.length, after.holdings.length, after.posts]).toEqual([
      facts.people.length + 1,
      facts.holdings.length + 1,
      facts.posts,
    ]);
  });

  test("13.2 makes the post when the organisation has none of that role", () => {
    expect(planned({ role: "practice-nurse" })).toMatchObject({
      newPost: true,
      post: { id: "P1:practice-nurse", title: "Practice nurse" },
    });
  });

  test("13.2 a title chooses among posts of a role, or makes a new one; without one it is not guessed", () => {
    const clinician = { organisation: "T1", role: "clinician" };
    expect(planned({ ...clinician, title: "consultant, b" }).post.id).toBe("T1:clinician:T1-b");
    expect(planned({ ...clinician, title: "Consultant, C" })).toMatchObject({
      newPost: true,
      post: { id: "T1:clinician:consultant-c", title: "Consultant, C" },
    });
    expect(plan(clinician)).toEqual({ ok: false, why: expect.stringMatching(/--title.*\n {2}Consultant, A\n/) });
  });

  test.each<[string, Partial<AccountRequest>, RegExp]>([
    [
      "an organisation nobody knows, with near names",
      { organisation: "Audlam practice" },
      /nearest:\n {2}P1 {2}Audlem/,
    ],
    ["one that closed, with who took over", { organisation: "T2" }, /closed on 2026-04-01; Trust One \(T1\) took over/],
    ["a role nobody has, with the roles there are", { role: "doctor" }, /Roles: gp, practice-nurse/],
    ["a name that is none", { name: " x " }, /--name/],
    ["a username with spaces", { username: "a b" }, /--username/],
  ])("13.3 refuses %s", (_, over, why) => {
    expect(plan(over)).toEqual({ ok: false, why: expect.stringMatching(why) });
  });
});

describe("asking for a password", () => {
  function terminal() {
    const input = Object.assign(new PassThrough(), {
      isTTY: true,
      raw: false,
      setRawMode(raw: boolean) {
        this.raw = raw;
      },
    });
    let shown = "";
    const output = new PassThrough().on("data", (chunk) => (shown += chunk));
    /** Types once the question stands there. */
    const type = async (question: RegExp, keys: string) => {
      await expect.poll(() => shown, { interval: 1 }).toMatch(question);
      input.write(keys);
    };
    return { input, output, shown: () => shown, type };
  }

  test("13.4 asks twice and shows nothing of it", async () => {
    const { type, shown, ...given } = terminal();
    const answer = askPassword(given);
    await type(/at least 12 characters\): $/, "correct horsf\u007fe\r");
    await type(/again: $/, "correct horse\r");
    expect(await answer).toEqual({ ok: true, password: "correct horse" });
    expect(shown()).toBe("Password (at least 12 characters): \nThe same again: \n");
    expect(given.input.raw).toBe(false);
  });

  test("13.4 refuses two that differ", async () => {
    const { type, ...given } = terminal();
    const answer = askPassword(given);
    await type(/characters\): $/, "correct horse\r");
    await type(/again: $/, "correct house\r");
    expect(await answer).toMatchObject({ ok: false, why: expect.stringMatching(/differ/) });
  });

  test("13.4 refuses one under 12 characters before asking again", async () => {
    const { type, shown, ...given } = terminal();
    const answer = askPassword(given);
    await type(/characters\): $/, "eleven char\r");
    expect(await answer).toMatchObject({ ok: false, why: expect.stringMatching(/at least 12/) });
    expect(shown()).not.toContain("again");
  });

  test("13.4 stops at Ctrl+C and gives the terminal back", async () => {
    const { type, ...given } = terminal();
    const answer = askPassword(given);
    await type(/characters\): $/, "correct\u0003");
    expect(await answer).toMatchObject({ ok: false, why: expect.stringMatching(/nothing was added/) });
    expect(given.input.raw).toBe(false);
  });

  test("13.5 a pipe gives it in its first line", async () => {
    expect(await readPassword(Readable.from(["correct ho", "rse\r\nsecond line\n"]))).toEqual({
      ok: true,
      password: "correct horse",
    });
    expect(await readPassword(Readable.from([]))).toMatchObject({ ok: false });
    expect(await readPassword(Readable.from(["x".repeat(1001)]))).toMatchObject({ ok: false });
  });

  test("13.5 without a terminal it says so", async () => {
    const given = { input: new PassThrough(), output: new PassThrough() };
    expect(await askPassword(given)).toMatchObject({ ok: false, why: expect.stringMatching(/--password-stdin/) });
  });
});
