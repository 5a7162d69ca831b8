import { describe, expect, it } from "vitest";
import { agreement } from "../../scripts/eval/themes";

const pairs = (one: string, other: string) => [...one].map((letter, at) => [letter, other[at]!] as const);

describe("agreement of two groupings", () => {
  it("is whole where they are the same under other names", () => {
    const { nmi, ari, purity } = agreement(pairs("aabbcc", "xxyyzz"));
    expect([nmi, ari, purity]).toEqual([expect.closeTo(1), expect.closeTo(1), 1]);
  });

  it("is none where one says nothing of the other", () => {
    const { nmi, ari, purity } = agreement(pairs("aabb", "xyxy"));
    expect(nmi).toBeCloseTo(0);
    expect(ari).toBeCloseTo(-0.5);
    expect(purity).toBe(0.5);
  });

  it("comes to the worked example of Manning, Raghavan and Schütze, Introduction to Information Retrieval 16.3", () => {
    const { nmi, ari, purity } = agreement(pairs("11111122222233333", "xxxxxoxoooodxxddd"));
    expect(purity).toBeCloseTo(0.71, 2);
    expect(nmi).toBeCloseTo(0.36, 2);
    expect(ari).toBeCloseTo(0.24, 2);
  });
});
