import { describe, expect, test } from "vitest";
import { Directory } from "../../app/domain/directory";
import type { Organisation } from "../../app/domain/organisation";
import { actorFor } from "../../app/domain/person";
import { smallDirectory, smallFacts, testDay } from "../support/small-directory";

function trust(code: string, succeededBy?: string): Organisation {
  const name = `Trust ${code}`;
  const base = { code, name, shortName: code, kind: "trust" as const, places: ["wirral"], standing: "live" as const };
  return succeededBy ? { ...base, closedAt: "2026-04-01", succeededBy } : base;
}
const withTrusts = (...organisations: Organisation[]) => new Directory({ ...smallFacts, organisations });

describe("successions", () => {
  test("5.1 the organisation that answers today is the last of the line", () => {
    const directory = withTrusts(trust("A", "B"), trust("B", "C"), trust("C"));
    expect(["A", "B", "C"].map((code) => directory.successor(code)?.code)).toEqual(["C", "C", "C"]);
  });

  test("5.1 an organisation nobody knows has no successor", () => {
    expect(withTrusts(trust("A")).successor("Z")).toBeUndefined();
  });

  test("5.1 a line that leads nowhere or in a circle still ends", () => {
    expect(withTrusts(trust("A", "Z")).successor("A")?.code).toBe("A");
    expect(["A", "B"]).toContain(withTrusts(trust("A", "B"), trust("B", "A")).successor("A")?.code);
  });
});

describe("who holds a post", () => {
  const directory = new Directory({
    ...smallFacts,
    holdings: [
      { post: "P1:gp", person: "P1-gp", from: "2024-01-01", until: "2026-11-02" },
      { post: "P1:gp", person: "two-hats", from: "2026-11-02" },
      { post: "QYG:icb-medical-director", person: "two-hats", from: "2026-01-01" },
      { post: "P1:practice-manager", person: "nobody-known", from: "2020-01-01" },
    ],
  });
  const holders = (post: string, at: string) => directory.holders(post, new Date(at)).map(({ id }) => id);

  test("5.2 is looked up by day: the first day counts, the end does not", () => {
    expect(holders("P1:gp", "2023-12-31T12:00:00Z")).toEqual([]);
    expect(holders("P1:gp", "2026-11-01T23:00:00Z")).toEqual(["P1-gp"]);
    expect(holders("P1:gp", "2026-11-02T00:00:00Z")).toEqual(["two-hats"]);
  });

  test("5.2 is nobody when the holder is not in the directory", () => {
    expect(holders("P1:practice-manager", "2026-11-02T12:00:00Z")).toEqual([]);
  });

  test("5.2 everyone in an organisation is counted once", () => {
    expect(
      smallDirectory()
        .peopleIn("P1", testDay)
        .map(({ id }) => id),
    ).toEqual(["P1-gp", "two-hats", "P1-practice-manager"]);
  });

  test("5.3 somebody with several hats wears the one they chose, if they hold it", () => {
    const small = smallDirectory();
    const wearing = (hat: string | undefined) => actorFor(small, "two-hats", hat, testDay);
    expect(wearing(undefined)).toMatchObject({ post: "P1:gp", organisation: "P1", posts: ["P1:gp"] });
    expect(wearing("QYG:icb-medical-director")).toMatchObject({
      role: "icb-medical-director",
      organisation: "QYG",
      places: ["wirral", "liverpool"],
    });
    expect(wearing("T1:clinician")).toMatchObject({ post: "P1:gp" });
  });

  test("5.3 somebody without a hat is a guest, and a stranger is nobody", () => {
    expect(actorFor(smallDirectory(), "guest", undefined, testDay)).toEqual({
      person: "guest",
      name: "A guest",
      title: "Guest",
      places: [],
      posts: [],
    });
    expect(actorFor(smallDirectory(), "stranger", undefined, testDay)).toBeUndefined();
  });
});

test("5.4 newer facts are seen by whoever holds the directory", () => {
  const directory = smallDirectory();
  directory.replace({ ...smallFacts, organisations: [trust("NEW")], posts: [] });
  expect(directory.organisation("NEW")?.code).toBe("NEW");
  expect(directory.organisation("P1")).toBeUndefined();
  expect(directory.postsOf("P1")).toEqual([]);
});
