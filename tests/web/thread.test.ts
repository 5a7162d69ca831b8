import { describe, expect, it } from "vitest";
import type { Issue, Reply } from "../../app/domain/issue";
import { buildLine } from "../../app/routes/issues.$reference/build-line";
import { buildThread } from "../../app/routes/issues.$reference/build-thread";
import type { LineItem, LineView } from "../../app/routes/issues.$reference/thread-view";
import { visit } from "../../app/routes/issues.$reference/visits";
import { type WholeLine, withEarlier, withLatest } from "../../app/routes/issues.$reference/whole-line";
import { author, buildIssue, newId, raisedEvent } from "../support/issues";
import { actorOf, smallDirectory, testDay } from "../support/small-directory";

const directory = smallDirectory();
const minutes = (count: number) => new Date(testDay.getTime() + count * 60_000);

function replyAt(at: Date, by = "T1-interface-lead", over: Partial<Reply> = {}): Reply {
  const shared = { kind: "shared" } as const;
  return {
    id: newId(at.getTime()),
    issue: "i",
    by: author(by),
    at,
    text: `Reply ${at.toISOString()}`,
    audience: shared,
    declared: [],
    ...over,
  };
}

function lineOf(issue: Issue, replies: Reply[], over: Partial<Parameters<typeof buildLine>[0]> = {}): LineView {
  const actor = actorOf(directory, "P1-gp");
  return buildLine({
    directory,
    actor,
    now: minutes(600),
    issue,
    replies,
    next: undefined,
    until: null,
    since: null,
    originals: new Map(),
    ...over,
  });
}

const kinds = (items: readonly LineItem[]) => items.map((each) => each.kind);

describe("The line of a thread", () => {
  const issue = buildIssue({
    joined: [{ id: newId(), by: author("P2-gp"), organisation: "P2", context: "Here too", at: minutes(20) }],
  });
  issue.history.push(raisedEvent(issue));

  it("begins with what was raised, and goes on by time", () => {
    const line = lineOf(issue, [replyAt(minutes(10)), replyAt(minutes(30))]);
    expect(kinds(line.items)).toEqual(["raised", "mark", "reply", "joined", "reply"]);
  });

  it("marks where the new begins: after the last visit, and not with one's own words", () => {
    const replies = [replyAt(minutes(10)), replyAt(minutes(40), "P1-gp"), replyAt(minutes(50))];
    const { items } = lineOf(issue, replies, { since: minutes(35) });
    expect(kinds(items)).toEqual(["raised", "mark", "reply", "joined", "reply", "new", "reply"]);
    expect(kinds(lineOf(issue, replies, { since: minutes(55) }).items)).not.toContain("new");
  });

  it("leaves out what happened among earlier replies that are not shown, and leads to them", () => {
    const line = lineOf(issue, [replyAt(minutes(30))], { next: "cursor" });
    expect(kinds(line.items)).toEqual(["raised", "reply"]);
    expect(line.earlier).toContain("before=cursor");
    const page = lineOf(issue, [replyAt(minutes(10))], { until: minutes(30) });
    expect(kinds(page.items)).toEqual(["raised", "mark", "reply", "joined"]);
  });

  it("says of an internal note whose it is", () => {
    const note = replyAt(minutes(10), "P1-gp", { audience: { kind: "organisation", organisation: "P1" } });
    const item = lineOf(issue, [note]).items.find((each) => each.kind === "internal");
    expect(item?.kind === "internal" && item.note).toBe("Internal note: only your practice sees this");
  });
});

describe("A line that grows while it is looked at", () => {
  const issue = buildIssue();
  const replies = Array.from({ length: 12 }, (_, at) => replyAt(minutes(at)));
  const page = (from: number, to: number): WholeLine =>
    lineOf(issue, replies.slice(from, to), from > 0 ? { next: String(from) } : {});
  const said = (line: WholeLine) => line.items.map((each) => each.key);
  const all = (from: number, to: number) => ["raised", ...replies.slice(from, to).map((each) => each.id)];

  it("keeps what newer replies push out of the latest page", () => {
    const line = withLatest(page(2, 6), page(4, 8));
    expect(said(line)).toEqual(all(2, 8));
    expect(line.earlier).toContain("before=2");
  });

  it("puts earlier pages before it, and keeps them when the latest changes", () => {
    const line = withLatest(withEarlier(page(4, 8), page(0, 4)), page(6, 10));
    expect(said(line)).toEqual(all(0, 10));
    expect(line.earlier).toBeNull();
  });

  it("shows the latest page alone where something between would be missing", () => {
    const line = withLatest(page(0, 4), page(8, 12));
    expect(said(line)).toEqual(all(8, 12));
    expect(line.earlier).toContain("before=8");
  });
});

describe("The page of an issue", () => {
  const board = { directory, now: () => testDay, system: { name: "The system", prefix: "CT", demo: true } };
  const viewFor = (person: string, issue: Issue) =>
    buildThread(board, actorOf(directory, person), issue, lineOf(issue, []));

  it("offers only what the person may do", () => {
    const issue = buildIssue();
    expect(viewFor("T1-interface-lead", issue).may).toMatchObject({ accept: true, redirect: true, join: false });
    expect(viewFor("P2-gp", issue).may).toMatchObject({ accept: false, redirect: false, join: true });
    expect(viewFor("P2-gp", issue).posts).toEqual([]);
    expect(viewFor("P2-gp", issue).doers).toEqual([]);
  });

  it("says who reads what is written", () => {
    expect(viewFor("P1-gp", buildIssue()).audience).toEqual({
      shared: "Seen by 2 organisations, and open to all of The system",
      internal: "Only Practice P1",
      internalButton: "Add for your practice only",
    });
    expect(viewFor("P1-gp", buildIssue({ visibility: "organisations" })).audience.shared).toBe(
      "Seen by 2 organisations, and nobody else",
    );
  });

  it("shows both sides of an outcome, the raising side first, and views that differ", () => {
    const outcome = {
      id: newId(),
      changed: "c",
      forWhom: "w",
      by: author("T1-interface-lead"),
      side: "owning" as const,
      at: testDay,
      answers: [
        { by: author("P2-gp"), organisation: "P2", answer: "dissent" as const, reason: "Not here", at: testDay },
      ],
    };
    const { outcome: shown } = viewFor("P1-gp", buildIssue({ state: "outcome-offered", outcome }));
    expect(shown?.sides.map((each) => each.title)).toEqual(["Practice not yet", "Trust agrees"]);
    expect(shown?.dissents).toEqual([{ organisation: "Practice P2", name: "Person of P2:gp", reason: "Not here" }]);
  });

  it("counts practices of the Place that reported it, each once", () => {
    const joined = [{ id: newId(), by: author("P2-gp"), organisation: "P2", context: "x", at: testDay }];
    expect(viewFor("P1-gp", buildIssue({ joined })).affected.words).toBe("2 of 2 practices in Wirral");
  });
});

describe("When a thread was last looked at", () => {
  const asked = (cookie?: string) =>
    new Request("http://localhost/issues/CT-00001", cookie ? { headers: { Cookie: cookie } } : {});
  const first = () => visit(asked(), "P1-gp", "CT-00001", minutes(0));
  const kept = (cookie: string) => cookie.split(";")[0] ?? "";

  it("is not known on the first visit, and stays the same while one visit lasts", async () => {
    const one = await first();
    expect(one.since).toBeNull();
    const reload = await visit(asked(kept(one.cookie)), "P1-gp", "CT-00001", minutes(5));
    expect(reload.since).toBeNull();
    const later = await visit(asked(kept(reload.cookie)), "P1-gp", "CT-00001", minutes(60));
    expect(later.since).toEqual(minutes(5));
    const again = await visit(asked(kept(later.cookie)), "P1-gp", "CT-00001", minutes(70));
    expect(again.since).toEqual(minutes(5));
  });

  it("is each person's own, names nobody, and ends after so many threads", async () => {
    let cookie = kept((await first()).cookie);
    expect(cookie).not.toContain("P1-gp");
    expect((await visit(asked(cookie), "P2-gp", "CT-00001", minutes(60))).since).toBeNull();
    for (let at = 0; at < 40; at++)
      cookie = kept((await visit(asked(cookie), "P1-gp", `CT-1${String(at).padStart(4, "0")}`, minutes(1))).cookie);
    expect(cookie.length).toBeLessThan(1_500);
    expect((await visit(asked(cookie), "P1-gp", "CT-00001", minutes(60))).since).toBeNull();
  });

  it("cannot be led astray by a cookie that was tampered with", async () => {
    for (const value of ["", "_", "x_y.z", "....", "%00", "a".repeat(4_000)])
      expect((await visit(asked(`ct-visits=${value}`), "P1-gp", "CT-00001", minutes(0))).since).toBeNull();
  });
});
