import { describe, expect, test } from "vitest";
import { type Issue, type IssueState, issueStates, visibilities } from "../../app/domain/issue";
import {
  audienceKeys,
  audienceOf,
  type IssueAction,
  issueActions,
  may,
  mayRaise,
  mayRead,
  mayReadLog,
  mayReadReply,
  type SideOfIssue,
  sideOf,
} from "../../app/domain/permission";
import { type Actor, authorOf } from "../../app/domain/person";
import { author, buildIssue, buildReply, seeded } from "../support/issues";
import { actorOf, smallDirectory, smallFacts } from "../support/small-directory";

const directory = smallDirectory();
const everyone = smallFacts.people.map(({ id }) => actorOf(directory, id));

/** P1 raised it about T1, P2 said "us too", T2 has nothing to do with it; the guest is named on it. */
function issueIn(state: IssueState, offeredBy: "raising" | "owning" = "owning"): Issue {
  const at = new Date("2026-11-01T09:00:00Z");
  return buildIssue({
    state,
    joined: [{ id: "j1", by: author("P2-gp"), organisation: "P2", context: "Here too.", at }],
    namedPeople: ["guest"],
    outcome: {
      id: "o1",
      changed: "Letters go out within a week.",
      forWhom: "All practices",
      by: author(offeredBy === "owning" ? "T1-interface-lead" : "P1-gp"),
      side: offeredBy,
      at,
      answers: [],
    },
  });
}

const cast = {
  raising: actorOf(directory, "P1-practice-manager"),
  owning: actorOf(directory, "T1-clinician"),
  joined: actorOf(directory, "P2-gp"),
  elsewhere: actorOf(directory, "T2-clinician"),
  overseer: actorOf(directory, "QYG-icb-medical-director"),
  named: actorOf(directory, "guest"),
  auditor: actorOf(directory, "QYG-auditor"),
};
type Part = keyof typeof cast;

const open = ["new", "accepted", "in-progress", "outcome-offered"] as const;
const notMerged = [...open, "resolved", "declined"] as const;
const hats = ["raising", "owning", "joined", "elsewhere", "overseer"] as const;
const concerned = ["raising", "owning", "joined", "overseer", "named"] as const;

/** Who may do what in which state. Whoever is not listed may not. */
const table: Readonly<Record<IssueAction, { who: readonly Part[]; states: readonly IssueState[] }>> = {
  read: { who: [...hats, "named", "auditor"], states: issueStates },
  join: { who: ["elsewhere"], states: open },
  reply: { who: [...hats, "named"], states: notMerged },
  "reply-internally": { who: hats, states: notMerged },
  "write-note": { who: concerned, states: open },
  accept: { who: ["owning"], states: ["new"] },
  redirect: { who: ["owning", "overseer"], states: open },
  "offer-outcome": { who: ["raising", "owning"], states: ["new", "accepted", "in-progress"] },
  "answer-outcome": { who: ["raising"], states: ["outcome-offered"] },
  dissent: { who: ["joined"], states: ["outcome-offered"] },
  decline: { who: ["owning"], states: ["new", "accepted"] },
  reopen: { who: ["raising", "owning", "joined", "overseer"], states: ["resolved", "declined"] },
  "add-action": { who: concerned, states: open },
  "complete-action": { who: concerned, states: open },
  "name-person": { who: ["raising", "owning", "overseer"], states: open },
  "mark-duplicate": { who: ["overseer"], states: notMerged },
};

describe("what may be done with an issue", () => {
  test.each(issueActions)("3.1 %s: exactly those who may, in exactly those states", (action) => {
    const { who, states } = table[action];
    for (const state of issueStates) {
      const allowed = (Object.keys(cast) as Part[]).filter((part) => may(cast[part], action, issueIn(state)));
      const expected = (Object.keys(cast) as Part[]).filter((part) => who.includes(part) && states.includes(state));
      expect({ state, allowed }).toEqual({ state, allowed: expected });
    }
  });

  test("3.2 an outcome is answered by the side that did not offer it", () => {
    expect(may(cast.raising, "answer-outcome", issueIn("outcome-offered", "owning"))).toBe(true);
    expect(may(cast.owning, "answer-outcome", issueIn("outcome-offered", "owning"))).toBe(false);
    expect(may(cast.raising, "answer-outcome", issueIn("outcome-offered", "raising"))).toBe(false);
    expect(may(cast.owning, "answer-outcome", issueIn("outcome-offered", "raising"))).toBe(true);
  });

  test("3.2 where the raiser was handed its own issue, the organisation that did not offer answers", () => {
    const issue = issueIn("outcome-offered");
    issue.owner = { ...issue.owner, post: "P1:gp", organisation: "P1" };
    issue.outcome = { ...issue.outcome!, by: authorOf(cast.raising), side: "owning" };
    expect(may(cast.owning, "answer-outcome", issue)).toBe(true);
    expect(may(cast.raising, "answer-outcome", issue)).toBe(false);
  });

  test("3.3 what may not be read may not be touched, in any state, by anybody", () => {
    for (const actor of everyone) {
      for (const state of issueStates) {
        const issue = { ...issueIn(state), audience: [] };
        expect(issueActions.filter((action) => may(actor, action, issue))).toEqual([]);
      }
    }
  });

  test("3.4 an auditor reads and changes nothing, in their own organisation's issues either", () => {
    const issue = { ...issueIn("new"), owner: { ...issueIn("new").owner, organisation: "QYG" } };
    expect(issueActions.filter((action) => may(cast.auditor, action, issue))).toEqual(["read"]);
    expect(mayRaise(cast.auditor)).toBe(false);
  });

  test("3.4 the log is for auditors and administrators", () => {
    const readers = everyone.filter(mayReadLog).map(({ person }) => person);
    expect(readers).toEqual(["QYG-administrator", "QYG-auditor"]);
  });

  test("3.4 raising takes a hat", () => {
    expect(mayRaise(cast.raising)).toBe(true);
    expect(mayRaise(cast.named)).toBe(false);
  });
});

describe("whose side somebody is on", () => {
  const side = (person: string, issue: Issue): SideOfIssue => sideOf(actorOf(directory, person), issue);

  test("3.5 is decided by the hat they wear", () => {
    const issue = issueIn("new");
    expect(side("P1-gp", issue)).toBe("raising");
    expect(side("T1-medical-director", issue)).toBe("owning");
    expect(side("P2-practice-manager", issue)).toBe("joined");
    expect(side("T2-clinician", issue)).toBe("none");
    expect(side("guest", issue)).toBe("none");
  });

  test("3.5 the owner and the organisation it is about are one side, wherever it was sent", () => {
    const issue = buildIssue({ owner: { ...buildIssue().owner, post: "T2:clinician", organisation: "T2" } });
    expect([side("T1-clinician", issue), side("T2-clinician", issue)]).toEqual(["owning", "owning"]);
  });

  test("3.5 somebody with two hats is on the side of the one they wear", () => {
    const wearing = (hat: string) => sideOf(actorOf(directory, "two-hats", hat), issueIn("new"));
    expect(wearing("P1:gp")).toBe("raising");
    expect(wearing("QYG:icb-medical-director")).toBe("none");
  });
});

describe("who may know of an issue", () => {
  const random = seeded(3);
  const codes = smallFacts.organisations.map(({ code }) => code);
  const people = smallFacts.people.map(({ id }) => id);
  const few = <T>(items: readonly T[]) => Array.from({ length: random.below(3) }, () => random.pick(items));

  function randomIssue(): Issue {
    return buildIssue({
      visibility: random.pick(visibilities),
      namedPeople: few(people),
      raisedFor: random.pick(codes),
      about: { organisation: random.pick(codes) },
      owner: { ...buildIssue().owner, organisation: random.pick(codes) },
      joined: few(codes).map((organisation) => ({
        id: "j",
        by: author("P1-gp"),
        organisation,
        context: "Here too.",
        at: new Date(0),
      })),
    });
  }

  /** The rule in words: everybody with a hat on, or the organisations concerned, and always the people named. */
  function mayKnow(actor: Actor, issue: Issue): boolean {
    if (issue.namedPeople.includes(actor.person)) return true;
    if (!actor.organisation || issue.visibility === "people") return false;
    if (issue.visibility === "system") return true;
    return (
      actor.organisation === issue.raisedFor ||
      actor.organisation === issue.about.organisation ||
      actor.organisation === issue.owner.organisation ||
      issue.joined.some((each) => each.organisation === actor.organisation)
    );
  }

  test("3.6 is what its visibility says, for every person and 500 issues", () => {
    for (let i = 0; i < 500; i++) {
      const issue = randomIssue();
      const audience = audienceOf(issue);
      for (const actor of everyone) expect(mayRead(actor, { audience })).toBe(mayKnow(actor, issue));
    }
  });

  test("3.6 a guest holds no key but their own", () => {
    expect(audienceKeys(cast.named)).toEqual(["person:guest"]);
  });

  test("3.7 an internal reply is read in the organisation that wrote it and nowhere else", () => {
    const shared = buildReply({ id: "i" });
    const internal = buildReply({ id: "i" }, { audience: { kind: "organisation", organisation: "T1" } });
    for (const actor of everyone) {
      expect(mayReadReply(actor, shared)).toBe(true);
      expect(mayReadReply(actor, internal)).toBe(actor.organisation === "T1");
    }
  });
});
