import { describe, expect, test } from "vitest";
import { Directory } from "../../app/domain/directory";
import { endOfLondonDay } from "../../app/domain/working-days";
import { memoryBoard } from "../support/memory-ports";
import { smallFacts } from "../support/small-directory";

const answers = {
  organisation: "T1",
  body: "Three summaries this month came after the first appointment. All were for new drugs.",
  category: "DIS.1",
  harm: "low",
};
const invalid = (field: string, message: unknown = expect.any(String)) => ({
  ok: false,
  problem: { kind: "invalid", fields: [{ field, message }] },
});

describe("raising an issue", () => {
  async function raised(input: object, person = "P1-gp") {
    const board = memoryBoard();
    const outcome = await board.commands.raiseIssue(board.who(person), { ...answers, ...input });
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
    return board.issue(outcome.value.reference);
  }

  test("8.1 stores it with owner, clock, audience and its first event", async () => {
    const issue = await raised({ service: "T1-pharmacy" });
    expect(issue).toMatchObject({
      version: 1,
      title: "Three summaries this month came after the first appointment",
      raisedBy: { person: "P1-gp", post: "P1:gp", title: "gp", organisation: "P1" },
      raisedFor: "P1",
      about: { organisation: "T1", service: "T1-pharmacy" },
      owner: { post: "T1:interface-lead", organisation: "T1" },
      state: "new",
      clock: { kind: "acknowledge", dueAt: endOfLondonDay("2026-11-04") },
      visibility: "system",
      audience: ["system"],
      followers: ["P1-gp"],
      history: [{ type: "issue-raised", version: 1, post: "T1:interface-lead" }],
    });
  });

  test("8.1 keeps a title somebody wrote", async () => {
    expect((await raised({ title: "  Late summaries " })).title).toBe("Late summaries");
    expect((await raised({ title: "  " })).title).toMatch(/^Three summaries/);
  });

  test("8.1 one for the organisations concerned is theirs alone", async () => {
    expect((await raised({ visibility: "organisations" })).audience).toEqual(["org:P1", "org:T1"]);
  });

  test("8.2 keeps the LFPSE reference only when harm is moderate or worse", async () => {
    expect((await raised({ harm: "moderate", lfpseReference: " L-1 " })).lfpseReference).toBe("L-1");
    for (const harm of ["none", "low", "not-known"])
      expect(await raised({ harm, lfpseReference: "L-1" })).not.toHaveProperty("lfpseReference");
  });

  test("8.2 harm that is moderate or worse is looked at the same day", async () => {
    expect((await raised({ harm: "severe" })).clock).toEqual({ kind: "safety", dueAt: endOfLondonDay("2026-11-02") });
  });

  test("8.3 a trust raises issues about a practice the same way", async () => {
    const issue = await raised({ organisation: "P1" }, "T1-clinician");
    expect(issue).toMatchObject({ raisedFor: "T1", owner: { post: "P1:practice-manager" } });
  });

  test("8.3 one about an organisation that has not joined waits in its Place's queue", async () => {
    const organisations = smallFacts.organisations.map((each) =>
      each.code === "T1" ? { ...each, standing: "invited" as const } : each,
    );
    const board = memoryBoard(new Directory({ ...smallFacts, organisations }));
    await board.commands.raiseIssue(board.who("P1-gp"), answers);
    expect(board.issues()[0]).toMatchObject({ waitsForInvitation: true, owner: { organisation: "QYG" } });
  });

  test.each<[string, object, string, RegExp]>([
    ["no organisation", { organisation: undefined }, "organisation", /^Choose the organisation/],
    ["an organisation nobody knows", { organisation: "Z9" }, "organisation", /^Choose the organisation/],
    ["one's own organisation", { organisation: "P1" }, "organisation", /^Choose another/],
    ["a service of another organisation", { organisation: "T2", service: "T1-pharmacy" }, "service", /Trust Two/],
    ["a service nobody knows", { service: "T1-nothing" }, "service", /^Choose a service/],
    ["nothing written", { body: " \n " }, "body", /^Write what happened/],
    ["too much written", { body: "x".repeat(10_001) }, "body", /10,000/],
    ["no kind", { category: undefined }, "category", /^Choose the kind/],
    ["a kind nobody knows", { category: "DIS.99" }, "category", /^Choose the kind/],
    ["no harm chosen: there is no default", { harm: undefined }, "harm", /not known yet/],
    ["visibility nobody offers", { visibility: "people" }, "visibility", /./],
  ])("8.4 says at the field what to do about %s, and stores nothing", async (_, input, field, message) => {
    const board = memoryBoard();
    const outcome = await board.commands.raiseIssue(board.who("P1-gp"), { ...answers, ...input });
    expect(outcome).toEqual(invalid(field, expect.stringMatching(message)));
    expect(board.issues()).toEqual([]);
  });

  test("8.4 names every field at once", async () => {
    const board = memoryBoard();
    const outcome = await board.commands.raiseIssue(board.who("P1-gp"), {});
    expect(outcome).toMatchObject({
      problem: { fields: ["organisation", "body", "category", "harm"].map((field) => ({ field })) },
    });
  });

  test.each(["title", "body", "lfpseReference"])("1.4 an NHS number in the %s stops it", async (field) => {
    const board = memoryBoard();
    const input = { ...answers, [field]: "Patient 943 476 5919" };
    expect(await board.commands.raiseIssue(board.who("P1-gp"), input)).toMatchObject({
      ok: false,
      problem: { kind: "identifier", field, finds: [{ span: "943 476 5919", start: 8, end: 20 }] },
    });
    expect(board.issues()).toEqual([]);
  });

  test("1.4 declared to be something else it goes, and the reason is kept", async () => {
    const declared = [
      { span: "943 476 5919", reason: "an order number" },
      { span: "987 654 3210", reason: "not in the text" },
    ];
    const issue = await raised({ body: "Order 943 476 5919 never came.", declared });
    expect(issue.declared).toEqual([declared[0]]);
  });

  test("1.3 more declared numbers than anybody looks at are refused at the text that holds them", async () => {
    const numbers = ["943 476 5919", "943-476-5919", "943.476.5919"].flatMap((span) =>
      Array.from({ length: 7 }, (_, at) => span + " ".repeat(at)),
    );
    const declared = numbers.map((span) => ({ span, reason: "an order number" }));
    const board = memoryBoard();
    const send = (many: number) =>
      board.commands.raiseIssue(board.who("P1-gp"), {
        ...answers,
        body: `Orders: ${numbers.join("|")}.`,
        declared: declared.slice(0, many),
      });
    expect(await send(21)).toMatchObject({ problem: { kind: "invalid", fields: [{ field: "body" }] } });
    expect(board.issues()).toEqual([]);
    expect(await send(20)).toMatchObject({ ok: true });
  });

  test("8.5 the same form sent twice is one issue", async () => {
    const board = memoryBoard();
    const form = { ...answers, id: "01J9ZZZZZZZZZZZZZZZZZZZZZZ" };
    const first = await board.commands.raiseIssue(board.who("P1-gp"), form);
    expect(await board.commands.raiseIssue(board.who("P1-gp"), form)).toEqual(first);
    expect(board.issues()).toHaveLength(1);
    expect(board.state.woken).toBe(1);
  });

  test.each([{ body: "Another thing happened." }, { harm: "none" }, { visibility: "organisations" }])(
    "8.5 with other answers it is another issue: %o",
    async (other) => {
      const board = memoryBoard();
      const form = { ...answers, id: "01J9ZZZZZZZZZZZZZZZZZZZZZZ" };
      await board.commands.raiseIssue(board.who("P1-gp"), form);
      expect(await board.commands.raiseIssue(board.who("P1-gp"), { ...form, ...other })).toMatchObject({ ok: true });
      expect(board.issues()).toMatchObject([{ id: form.id, body: form.body }, other]);
    },
  );

  test("8.5 somebody else's form id tells nothing of their issue", async () => {
    const board = memoryBoard();
    const form = { ...answers, id: "01J9ZZZZZZZZZZZZZZZZZZZZZZ" };
    await board.commands.raiseIssue(board.who("P1-gp"), form);
    const other = await board.commands.raiseIssue(board.who("P2-gp"), form);
    expect(other).toEqual({ ok: false, problem: { kind: "not-found" } });
  });

  test("8.5 a form id that is none is left out", async () => {
    const issue = await raised({ id: "../../etc" });
    expect(issue.id).toMatch(/^01J/);
  });

  test("8.6 a reference that is taken is not used again", async () => {
    const board = memoryBoard();
    const taken = board.given();
    board.state.references = [taken, taken, "CT-FREE1"];
    const outcome = await board.commands.raiseIssue(board.who("P1-gp"), answers);
    expect(outcome).toMatchObject({ ok: true, value: { reference: "CT-FREE1" } });
  });

  test.each(["guest", "QYG-auditor"])("3.4 %s cannot raise one", async (person) => {
    const board = memoryBoard();
    const outcome = await board.commands.raiseIssue(board.who(person), answers);
    expect(outcome).toEqual({ ok: false, problem: { kind: "not-allowed", action: "raise" } });
  });
});
