import { describe, expect, it } from "vitest";
import { undeclaredIdentifiers } from "../../app/domain/identifiers";
import { referenceOf } from "../../app/routes/issues.$reference/reference";
import { refusedBy, unsentOf } from "../../app/routes/issues.$reference/refused";
import { typedLabel as threadLabel } from "../../app/routes/issues.$reference/verbs";
import { emptyFields, onPage, typedLabel as raiseLabel, readRaise } from "../../app/routes/issues.new/raise-fields";
import { findAbout } from "../../app/routes/issues.services/find-about";
import { formId } from "../../app/web/form-id";
import { readForm } from "../../app/web/read-form";
import { readTypedBack, typedBackResponse } from "../../app/web/typed-back";
import { answerOrUnsent } from "../../app/web/unsent";
import { actorOf, smallDirectory, testDay } from "../support/small-directory";

const directory = smallDirectory();
const gp = actorOf(directory, "P1-gp");

function formOf(pairs: readonly (readonly [string, string])[]): FormData {
  const form = new FormData();
  for (const [name, value] of pairs) form.append(name, value);
  return form;
}

describe("A form that was sent", () => {
  it("gives the command its own fields, without the prefix that keeps forms apart", () => {
    const { input, typed } = readForm(
      formOf([
        ["verb", "offer"],
        ["offer-changed", "It is fixed"],
        ["reply-text", "no"],
      ]),
      "offer-",
    );
    expect(input).toEqual({ changed: "It is fixed", declared: [] });
    expect(typed.fields["reply-text"]).toBe("no");
  });

  it("ends lines as scripts do, so that a declared span and its text stay the same", () => {
    const form = formOf([
      ["body", "943 476\r\n5919"],
      ["declared-span", "943 476\r\n5919"],
      ["declared-reason", "a part number"],
    ]);
    const { input, typed } = readForm(form);
    expect(input.body).toBe("943 476\n5919");
    expect(undeclaredIdentifiers("943 476\n5919", typed.declared)).toEqual([]);
  });

  it("declares nothing without a reason, and gives the reason back as it was typed", () => {
    const { input, typed } = readForm(
      formOf([
        ["declared-span", "943 476 5919"],
        ["declared-reason", "x"],
      ]),
    );
    expect(input.declared).toEqual([]);
    expect(typed.declared).toEqual([{ span: "943 476 5919", reason: "x" }]);
  });

  it("takes an id made when it was shown: a ULID of that moment", () => {
    const id = formId(testDay);
    expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(formId(new Date(testDay.getTime() + 1)).slice(0, 10) > id.slice(0, 10)).toBe(true);
    expect(formId(testDay)).not.toBe(id);
  });
});

describe("The raise page", () => {
  const board = { directory } as Parameters<typeof readRaise>[1];
  const read = (pairs: readonly (readonly [string, string])[]) => readRaise(formOf(pairs), board, gp);

  it("takes a typed name that means one service, and asks where it means several or none", () => {
    expect(read([["find", "pharmacy one"]]).fields.about?.value).toBe("T1/T1-pharmacy");
    const several = read([["find", "trust"]]);
    expect(several.fields.about).toBeNull();
    expect(several.matches.map((each) => each.value)).toEqual(["T1", "T2", "T1/T1-pharmacy"]);
    expect(several.unclear?.message).toBe("Choose which of these it is about");
    expect(read([["find", "nowhere"]]).unclear?.message).toContain("Nothing here is called “nowhere”");
  });

  it("keeps what was picked when another button is pressed, and lets it go when asked to change", () => {
    expect(
      read([
        ["about", "T2"],
        ["intent", "check"],
      ]).fields.about?.name,
    ).toBe("Trust Two");
    expect(
      read([
        ["about", "T2"],
        ["intent", "change"],
      ]).fields.about,
    ).toBeNull();
  });

  it("puts similar issues aside one by one", () => {
    expect(
      read([
        ["hidden", "CT-00001"],
        ["hide", "CT-00002"],
      ]).fields.hidden,
    ).toEqual(["CT-00001", "CT-00002"]);
  });

  it("begins with no harm and no kind chosen", () => {
    expect(emptyFields("x", null)).toMatchObject({ harm: "", kind: "", other: "", visibility: "system" });
    expect(read([["harm", "huge"]]).fields.harm).toBe("");
  });

  it("shows the command's problems where the page has the field", () => {
    expect(onPage({ field: "category", message: "m" }).field).toBe("kind");
    expect(onPage({ field: "body", message: "m" }).field).toBe("body");
  });

  it("finds services by the beginnings of words, never one's own organisation, practices by name only", () => {
    const names = (text: string) => findAbout(directory, text, gp, 8).map((each) => each.value);
    expect(names("pharm t")).toEqual(["T1/T1-pharmacy"]);
    expect(names("practice")).toEqual(["P2", "P3", "P4"]);
    expect(names("")).toEqual(["T1", "T2", "QYG"]);
    expect(names("harmacy")).toEqual([]);
  });
});

describe("The address of a thread", () => {
  it("is read in any case, and with letters for the digits they are mistaken for", () => {
    expect(referenceOf("ct-7k3qx")).toBe("CT-7K3QX");
    expect(referenceOf("CT-OIL0A")).toBe("CT-0110A");
    for (const wrong of ["", "CT", "CT-7K3Q", "CT-7K3QXX", "7K3QX", "CT-7K3Q!", undefined])
      expect(referenceOf(wrong)).toBeNull();
  });
});

describe("What comes back to somebody whose session has ended", () => {
  it("is everything they sent, in its order, with the words of what they typed", async () => {
    const form = formOf([
      ["verb", "offer"],
      ["offer-changed", "One\r\ntwo"],
      ["declared-span", "943 476 5919"],
      ["declared-reason", ""],
      ["declared-span", "943 476 5918"],
      ["declared-reason", "a part number"],
    ]);
    const answer = typedBackResponse(form, threadLabel);
    expect(answer.status).toBe(401);
    const fields = readTypedBack(await answer.json()) ?? [];
    expect(fields.map((each) => each.value)).toEqual([
      "offer",
      "One\ntwo",
      "943 476 5919",
      "",
      "943 476 5918",
      "a part number",
    ]);
    expect(fields[1]?.label).toBe("What has changed, or will from when?");
    expect(fields[0]?.label).toBeNull();
    expect(raiseLabel("context-CT-7K3QX")).toBe("How does it show at your organisation?");
    expect(raiseLabel("constructor")).toBeNull();
  });

  it("is read from no other answer", () => {
    for (const other of [null, "", {}, { typedBack: "x" }, { typedBack: [{ name: "a" }] }])
      expect(readTypedBack(other)).toBeNull();
  });

  it("with scripts is the reason alone: the form still has its words", async () => {
    const signedOut = { status: 401, statusText: "Signed out", internal: false, data: null };
    expect(await answerOrUnsent(() => Promise.reject(signedOut))).toBe("signed-out");
    expect(await answerOrUnsent(() => Promise.reject(new TypeError("Failed to fetch")))).toBe("lost");
    const fault = { ...signedOut, status: 500 };
    await expect(answerOrUnsent(() => Promise.reject(fault))).rejects.toBe(fault);
    expect(unsentOf("offer", "signed-out")).toMatchObject({ unsent: "signed-out", mine: null, problems: [] });
  });
});

describe("A refusal in a thread", () => {
  const typed = { fields: { "offer-changed": "It is fixed", "offer-forWhom": "All" }, declared: [] };

  it("says whose change came first, what and when, and keeps the words", () => {
    const at = new Date("2026-11-02T08:44:00Z");
    const problem = {
      kind: "out-of-date",
      state: "resolved",
      version: 4,
      byName: "A. Person",
      at,
      what: "resolved this issue",
    } as const;
    const refused = refusedBy("offer", problem, typed, testDay);
    expect(refused.conflict).toEqual({ byName: "A. Person", what: "resolved this issue", when: "at 08:44" });
    expect(refused.mine).toBe("It is fixed\n\nAll");
    expect(refused.message).toBeNull();
  });

  it("says in what state the issue is, in words and no names of the code", () => {
    const problem = { kind: "wrong-state", state: "resolved", wanted: "offer-outcome" } as const;
    expect(refusedBy("offer", problem, typed, testDay).message).toBe(
      "This issue is resolved now, so this can no longer be done.",
    );
  });

  it("stands at the field of the form that was sent", () => {
    const problem = { kind: "invalid", fields: [{ field: "forWhom", message: "Say for whom it changes" }] } as const;
    expect(refusedBy("offer", problem, typed, testDay).problems[0]?.field).toBe("offer-forWhom");
  });
});
