import { describe, expect, test } from "vitest";
import { isGradedHigher } from "../../app/domain/duplicate";
import { visibilities } from "../../app/domain/issue";
import { type Judgement, pairOf, putAside, type Verdict, withoutDuplicates } from "../../app/domain/likeness";
import { audienceOf, isKnownToAllWhoKnow, may, mayRead } from "../../app/domain/permission";
import { author, buildIssue, seeded } from "../support/issues";
import { actorOf, smallDirectory, smallFacts, testDay } from "../support/small-directory";

let minutes = 0;
function judged(issue: string, other: string, person: string, verdict: Verdict, decides: string[] = []): Judgement {
  const at = new Date(testDay.getTime() + ++minutes * 60_000);
  return { issues: pairOf(issue, other), by: author(person), verdict, decides, at };
}
const aside = (judgements: Judgement[], person: string, issue = "A") =>
  putAside(
    judgements.filter(({ issues }) => issues.includes(issue)),
    issue,
    person,
  ).map(({ issues }) => issues.find((each) => each !== issue));

describe("what is put aside as not the same", () => {
  test("16.3 is so for the person who said it, on the threads of both", () => {
    const said = [judged("A", "B", "P1-gp", "different"), judged("C", "A", "P1-gp", "same")];
    expect(aside(said, "P1-gp")).toEqual(["B"]);
    expect(aside(said, "P1-gp", "B")).toEqual(["A"]);
    expect(aside(said, "P2-gp")).toEqual([]);
  });

  test("16.3 is so for everybody on the thread that its writer looks after, and on no other", () => {
    const said = [judged("A", "B", "T1-interface-lead", "different", ["A"])];
    expect(aside(said, "P1-gp")).toEqual(["B"]);
    expect(aside(said, "P1-gp", "B")).toEqual([]);
  });

  test("16.3 one's own word goes first; among those who look after it, the last", () => {
    const said = [
      judged("A", "B", "P1-gp", "same"),
      judged("A", "B", "T1-interface-lead", "different", ["A"]),
      judged("A", "C", "T1-interface-lead", "different", ["A"]),
      judged("A", "C", "QYG-icb-medical-director", "same", ["A", "C"]),
    ];
    expect(aside(said, "P1-gp")).toEqual([]);
    expect(aside(said, "P2-gp")).toEqual(["B"]);
    expect(aside([...said].reverse(), "P2-gp")).toEqual(["B"]);
  });
});

test("16.13 a duplicate takes no place of its own beside its original, and its place without it", () => {
  const [original, other] = [{ summary: { id: "A" } }, { summary: { id: "C" } }];
  const duplicate = { summary: { id: "B", original: { id: "A" } } };
  expect(withoutDuplicates([duplicate, other, original])).toEqual([other, original]);
  expect(withoutDuplicates([duplicate, other])).toEqual([duplicate, other]);
});

describe("a duplicate", () => {
  const directory = smallDirectory();
  const who = (person: string) => actorOf(directory, person);

  test("16.5 is recorded by the post that owns it, the interface lead of its side, and who oversees", () => {
    const owned = { post: "T2:clinician", organisation: "T2", since: testDay, why: "because" };
    const issue = buildIssue({ owner: owned });
    const recorders = smallFacts.people.map(({ id }) => id).filter((id) => may(who(id), "mark-duplicate", issue));
    expect(recorders).toEqual(["T1-interface-lead", "T2-interface-lead", "T2-clinician", "QYG-icb-medical-director"]);
  });

  test("16.5 an interface lead of neither side records nothing", () => {
    expect(may(who("T2-interface-lead"), "mark-duplicate", buildIssue())).toBe(false);
  });

  test("16.10 graded worse than its original says so; what is not known yet says nothing", () => {
    expect(isGradedHigher("severe", "low")).toBe(true);
    expect(isGradedHigher("low", "none")).toBe(true);
    expect(isGradedHigher("moderate", "not-known")).toBe(true);
    expect(isGradedHigher("low", "low")).toBe(false);
    expect(isGradedHigher("low", "fatal")).toBe(false);
    expect(isGradedHigher("none", "not-known")).toBe(false);
    expect(isGradedHigher("not-known", "none")).toBe(false);
  });

  test("16.7 where all who know of one issue know of another, nobody reads the one and not the other", () => {
    const random = seeded(16);
    const codes = smallFacts.organisations.map(({ code }) => code);
    const everyone = smallFacts.people.map(({ id }) => who(id));
    const some = () => {
      const issue = buildIssue({
        visibility: random.pick(visibilities),
        raisedFor: random.pick(codes),
        about: { organisation: random.pick(codes) },
        namedPeople: random.chance(0.3) ? [random.pick(everyone).person] : [],
      });
      return { audience: audienceOf(issue) };
    };
    let known = 0;
    for (let i = 0; i < 2_000; i++) {
      const [one, other] = [some(), some()];
      if (!isKnownToAllWhoKnow(one, other)) continue;
      known++;
      for (const actor of everyone) if (mayRead(actor, one)) expect(mayRead(actor, other)).toBe(true);
    }
    expect(known).toBeGreaterThan(100);
  });
});
