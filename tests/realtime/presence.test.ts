import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LiveLink } from "../../realtime/client/live-link";
import type { Here, IssueChanged } from "../../realtime/protocol";
import { until, World } from "./world";

let world: World;
beforeEach(async () => {
  world = await new World({ realtime: { typingLastsMs: 60 } }).open();
});
afterEach(() => world.close());

interface Heard {
  link: LiveLink;
  changes: IssueChanged[];
  here: Here[];
  notices: number;
}

async function listen(person: string): Promise<Heard> {
  const heard: Heard = { link: world.link(await world.signIn(person)), changes: [], here: [], notices: 0 };
  heard.link.onIssueChanged((message) => heard.changes.push(message));
  heard.link.onHere((message) => heard.here.push(message));
  heard.link.onNoticesChanged(() => heard.notices++);
  heard.link.open();
  await until(() => heard.link.state === "live", `${person} is live`);
  return heard;
}

const names = (heard: Heard) => heard.here.at(-1)?.people.map((each) => each.person) ?? [];

describe("who is here now", () => {
  it("is told to everyone on the issue as people come and go, each person once", async () => {
    const issue = world.issue();
    const gp = await listen("P1-gp");
    const trust = await listen("T1-interface-lead");
    gp.link.watchIssue(issue.id);
    const leave = trust.link.watchIssue(issue.id);
    await until(() => names(gp).length === 2);
    expect(gp.here.at(-1)?.people).toContainEqual({
      person: "T1-interface-lead",
      name: "Person of T1:interface-lead",
      title: "interface-lead",
      organisation: "T One",
      side: "trust",
      typing: false,
    });
    const secondTab = world.link(await world.signIn("T1-interface-lead"));
    secondTab.watchIssue(issue.id);
    await until(() => world.realtime.state().connections === 3);
    leave();
    await until(() => gp.here.length >= 4);
    expect(names(gp)).toEqual(["P1-gp", "T1-interface-lead"]);
    secondTab.close();
    await until(() => names(gp).length === 1);
  });

  it("is not told to those who may not read the issue, nor do they count as here", async () => {
    const issue = world.issue({ visibility: "organisations" });
    const gp = await listen("P1-gp");
    const outsider = await listen("P4-gp");
    outsider.link.watchIssue(issue.id);
    gp.link.watchIssue(issue.id);
    await until(() => names(gp).length === 1);
    outsider.link.typing(issue.id, true);
    gp.link.typing(issue.id, true);
    await until(() => gp.here.at(-1)?.people[0]?.typing === true);
    expect(names(gp)).toEqual(["P1-gp"]);
    expect(outsider.here).toEqual([]);
  });

  it("says who is writing, and forgets it when they stop", async () => {
    const issue = world.issue();
    const gp = await listen("P1-gp");
    const trust = await listen("T1-clinician");
    gp.link.watchIssue(issue.id);
    trust.link.watchIssue(issue.id);
    await until(() => names(gp).length === 2);
    const writing = () => gp.here.at(-1)?.people.find((each) => each.person === "T1-clinician")?.typing;
    trust.link.typing(issue.id, true);
    await until(() => writing() === true);
    await until(() => writing() === false);
    trust.link.typing(issue.id, true);
    await until(() => writing() === true);
    trust.link.typing(issue.id, false);
    await until(() => writing() === false);
  });

  it("ends with the right to read", async () => {
    const issue = world.issue({ visibility: "organisations" });
    const gp = await listen("P1-gp");
    const trust = await listen("T1-clinician");
    gp.link.watchIssue(issue.id);
    trust.link.watchIssue(issue.id);
    await until(() => names(trust).length === 2);
    world.realtime.notifier.issueChanged(world.change(issue, { audience: ["org:T1"], version: 2 }));
    await until(() => names(trust).length === 1);
    expect(names(trust)).toEqual(["T1-clinician"]);
    expect(gp.changes).toEqual([]);
    expect(trust.changes).toHaveLength(1);
  });

  it("is asked for until the store answers, and nobody is sent away because it does not", async () => {
    const issue = world.issue();
    const gp = await listen("P1-gp");
    const trust = await listen("T1-clinician");
    gp.link.watchIssue(issue.id);
    await until(() => names(gp).length === 1);
    world.issuesFail = true;
    trust.link.watchIssue(issue.id);
    await until(() => world.faults.includes("issue-not-checked"));
    await world.realtime.recheck();
    expect(names(gp)).toEqual(["P1-gp"]);
    world.issuesFail = false;
    await until(() => names(trust).length === 2);
  });

  it("is asked for again after the connection was lost", async () => {
    const issue = world.issue();
    const gp = await listen("P1-gp");
    let resumed = 0;
    gp.link.onResumed(() => resumed++);
    gp.link.watchIssue(issue.id);
    gp.link.watchBoard();
    await until(() => names(gp).length === 1);
    const { port } = world;
    await world.stop();
    await until(() => gp.link.state === "reconnecting");
    gp.here.length = 0;
    await world.open(port);
    await until(() => gp.link.state === "live" && names(gp).length === 1);
    expect(resumed).toBe(1);
    world.realtime.notifier.issueChanged(world.issue());
    await until(() => gp.changes.length === 1);
  });
});

describe("the notifier", () => {
  it("reaches the board watchers of the audience, each once, and nobody else", async () => {
    const [gp, colleague, outsider, elsewhere] = await Promise.all(
      ["P1-gp", "P1-practice-manager", "P4-gp", "T1-clinician"].map(listen),
    );
    if (!gp || !colleague || !outsider || !elsewhere) throw new Error("nobody there");
    for (const each of [gp, colleague, outsider]) each.link.watchBoard();
    const closed = world.issue({ visibility: "organisations" });
    // A connection keeps its order: whoever hears of the later one has been told of everything before it.
    const open = world.issue({ visibility: "system" });
    gp.link.watchIssue(closed.id);
    await until(() => gp.here.length > 0);
    await settled(outsider);
    await settled(colleague);
    world.realtime.notifier.issueChanged(closed);
    world.realtime.notifier.issueChanged(open);
    await until(() => [gp, colleague, outsider].every((each) => each.changes.some(({ issue }) => issue === open.id)));
    expect(gp.changes.map(({ issue }) => issue)).toEqual([closed.id, open.id]);
    expect(colleague.changes.map(({ issue }) => issue)).toEqual([closed.id, open.id]);
    expect(outsider.changes.map(({ issue }) => issue)).toEqual([open.id]);
    expect(elsewhere.changes).toEqual([]);
  });

  it("says which issue and which version, and nothing of what it says", async () => {
    const issue = world.issue();
    const gp = await listen("P1-gp");
    gp.link.watchIssue(issue.id);
    await until(() => gp.here.length > 0);
    world.realtime.notifier.issueChanged({ ...issue, version: 7 });
    await until(() => gp.changes.length > 0);
    expect(gp.changes).toEqual([{ issue: issue.id, reference: issue.reference, version: 7 }]);
  });

  it("tells one person of their notices, on every device", async () => {
    const [desk, phone, other] = [await listen("P1-gp"), await listen("P1-gp"), await listen("P2-gp")];
    world.realtime.notifier.noticesChanged("P1-gp");
    await until(() => desk.notices === 1 && phone.notices === 1);
    world.realtime.notifier.noticesChanged("P2-gp");
    await until(() => other.notices === 1);
    expect([desk.notices, phone.notices]).toEqual([1, 1]);
  });

  /** Everything this browser has sent has been dealt with: watching is answered in order. */
  async function settled(heard: Heard): Promise<void> {
    const issue = world.issue();
    const before = heard.here.length;
    const stop = heard.link.watchIssue(issue.id);
    await until(() => heard.here.length > before);
    stop();
  }
});
