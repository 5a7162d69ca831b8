import { describe, expect, it } from "vitest";
import { readBoardQuery, writeBoardQuery } from "../../app/domain/board-query";
import { boardLink, clearedLink, keptFilters } from "../../app/routes/issues._index/board-link";
import { knownQuery } from "../../app/routes/issues._index/read-board";
import { readAppearance, writeAppearance } from "../../app/web/appearance";
import { pathOfOurs, toSignIn } from "../../app/web/require-actor";
import { smallDirectory } from "../support/small-directory";

describe("Going on after signing in", () => {
  it("leads to a path of ours and nowhere else", () => {
    expect(pathOfOurs("/issues?mine=1")).toBe("/issues?mine=1");
    for (const elsewhere of [
      "//evil.example",
      "/\\evil.example",
      "https://evil.example",
      "javascript:alert(1)",
      "",
      null,
    ])
      expect(pathOfOurs(elsewhere)).toBe("/");
    expect(pathOfOurs("/\nLocation: x")).toBe("/");
    expect(pathOfOurs(`/${"x".repeat(600)}`)).toBe("/");
  });

  it("remembers the page that was asked for", () => {
    expect(signInFor("/issues?mine=1")).toBe("/sign-in?to=%2Fissues%3Fmine%3D1");
    expect(signInFor("/")).toBe("/sign-in");
  });

  it("leads back to the page a form or a part of a page was asked from, never to the form or the part", () => {
    const from = { Referer: "http://localhost/issues/CT-7K3QX?before=1" };
    const back = "/sign-in?to=%2Fissues%2FCT-7K3QX%3Fbefore%3D1";
    expect(signInFor("/issues/CT-7K3QX", { method: "POST", headers: from })).toBe(back);
    for (const part of ["/issues/column?state=new", "/issues/services?q=a", "/issues/similar", "/search/quick?q=a"])
      expect(signInFor(part, { headers: from })).toBe(back);
    for (const Referer of ["http://evil.example/issues", "http://localhost//evil.example", "nonsense", ""])
      expect(signInFor("/issues/new", { method: "POST", headers: { Referer } })).toBe("/sign-in");
    expect(signInFor("/issues/new", { method: "POST" })).toBe("/sign-in");
  });

  function signInFor(path: string, init?: RequestInit) {
    return toSignIn(new Request(`http://localhost${path}`, init)).headers.get("Location");
  }
});

describe("The board's address", () => {
  const params = new URLSearchParams("mine=1&place=wirral&q=tablets&cursor=abc");

  it("changes one filter, keeps the others and forgets the page", () => {
    expect(boardLink(params, { state: "new" })).toBe("/issues?mine=1&place=wirral&q=tablets&state=new");
    expect(boardLink(params, { mine: null })).toBe("/issues?place=wirral&q=tablets");
    expect(boardLink(new URLSearchParams(), {})).toBe("/issues");
  });

  it("is cleared of filters but not of words, and a new search keeps filters but not words", () => {
    expect(clearedLink(params)).toBe("/issues?q=tablets");
    expect(keptFilters(params)).toEqual([
      ["mine", "1"],
      ["place", "wirral"],
    ]);
  });

  it("7.4 leaves out a place, a trust and a kind that are not there, as it does a state", () => {
    const directory = smallDirectory();
    const read = (search: string) => writeBoardQuery(knownQuery(new URLSearchParams(search), { directory })).toString();
    for (const known of ["place=wirral", "trust=T1", "category=MED", "category=MED.3", "state=new"])
      expect(read(known)).toBe(known);
    for (const unknown of ["place=nowhere", "trust=ZZZ", "category=XX", "category=MED.99", "state=bogus"])
      expect(read(`${unknown}&mine=1`)).toBe("mine=1");
  });

  it("is the one the query reads", () => {
    const query = readBoardQuery(new URLSearchParams(boardLink(params, { overdue: "1" }).split("?")[1]));
    expect(query).toMatchObject({ mine: true, place: "wirral", text: "tablets", overdue: true });
    expect(readBoardQuery(writeBoardQuery(query))).toEqual(query);
  });
});

it("Appearance survives in its cookie, and nonsense there is what a device prefers", () => {
  const withCookie = (cookie: string) =>
    readAppearance(new Request("http://localhost/", { headers: { Cookie: cookie } }));
  const written = writeAppearance(new Request("http://localhost/"), { theme: "dark", keysOn: false });
  expect(withCookie(`a=b; ${written.split(";")[0]}`)).toEqual({ theme: "dark", keysOn: false });
  expect(withCookie("common-thread-look=<script>")).toEqual({ theme: "system", keysOn: true });
  expect(writeAppearance(new Request("https://ct.example/"), { theme: "dark", keysOn: true })).toContain("; Secure");
});
