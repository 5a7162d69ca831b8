import { describe, expect, it } from "vitest";
import {
  findFacets,
  findKinds,
  findSorts,
  readFindQuery,
  readFindText,
  wholeFindQuery,
  withFacet,
  writeFindQuery,
} from "../../app/domain/find-query";
import { harms, issueStates } from "../../app/domain/issue";
import { seeded } from "../support/issues";

const read = (address: string) => readFindQuery(new URLSearchParams(address));

describe("the address of a search", () => {
  it("17.1 holds all of it: what is written is read back the same, whatever was chosen", () => {
    const random = seeded(4);
    for (let round = 0; round < 200; round++) {
      const some = <T>(of: readonly T[]) => of.filter(() => random.chance(0.3));
      const query = {
        ...wholeFindQuery,
        text: random.pick(["", "A&E", "e-RS letters", "100% & more", "“quoted”"]),
        ...(random.chance(0.5) ? { kind: random.pick(findKinds) } : {}),
        place: some(["liverpool", "wirral"]),
        organisation: some(["N81001", "RBL"]),
        service: some(["RBL-pharmacy"]),
        category: some(["DIS", "MED.3"]),
        state: some([...issueStates]).sort(),
        harm: some([...harms]).sort(),
        year: some(["2025", "2026"]),
        theme: some(["theme-1"]),
        sort: random.pick(findSorts),
      };
      expect(read(writeFindQuery(query).toString())).toEqual(query);
    }
  });

  it("leaves out what cannot be understood, and never fails", () => {
    const strange = read("kind=wombat&sort=best&state=lost&state=new&harm=&year=last&year=2026&place=&q=%20%20");
    expect(strange).toEqual({ ...wholeFindQuery, state: ["new"], year: ["2026"] });
    expect(read(`place=${"x".repeat(91)}`).place).toEqual([]);
    const many = new URLSearchParams(Array.from({ length: 500 }, (_, at) => ["organisation", `P${at}`]));
    expect(readFindQuery(many).organisation).toHaveLength(20);
  });

  it("is the same for the same search, in whatever order it was put together", () => {
    const one = withFacet(withFacet(read("q=letters"), "place", "wirral"), "place", "sefton");
    const other = withFacet(withFacet(read("q=letters"), "place", "sefton"), "place", "wirral");
    expect(writeFindQuery(one).toString()).toBe(writeFindQuery(other).toString());
    expect(writeFindQuery(wholeFindQuery).toString()).toBe("");
  });

  it("chooses a value and gives it up again, for every facet", () => {
    for (const facet of findFacets) {
      const value = { state: "new", harm: "low", year: "2026" }[facet as string] ?? "one";
      const chosen = withFacet(read("q=letters"), facet, value);
      expect(chosen[facet]).toEqual([value]);
      expect(withFacet(chosen, facet, value)).toEqual(read("q=letters"));
    }
  });

  it("cuts a text of any length between words, to what a search can use", () => {
    expect(readFindText("  two words ")).toBe("two words");
    const long = readFindText("letter ".repeat(3_000));
    expect(long.length).toBeLessThanOrEqual(200);
    expect(long.endsWith("letter")).toBe(true);
    expect(readFindText("x".repeat(10_000))).toHaveLength(200);
  });
});
