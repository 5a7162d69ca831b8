import { describe, expect, test } from "vitest";
import { findIdentifiers, isNhsNumber, undeclaredIdentifiers } from "../../app/domain/identifiers";
import { seeded } from "../support/issues";

const spansIn = (text: string) => findIdentifiers(text).map(({ span }) => span);

/** The rule read the other way round: with weight 1 on the check digit, the whole sum is a multiple of 11. */
function passesByHand(digits: string): boolean {
  return [...digits].reduce((sum, digit, at) => sum + Number(digit) * (10 - at), 0) % 11 === 0;
}

describe("the check digit of an NHS number", () => {
  test("1.1 is right in 943 476 5919 and wrong in 943 476 5918", () => {
    expect(isNhsNumber("9434765919")).toBe(true);
    expect(isNhsNumber("9434765918")).toBe(false);
  });

  test("1.1 numbers beginning 999, kept for testing, are checked like any other", () => {
    expect(spansIn("999 000 0042 and 999 000 0043")).toEqual(["999 000 0042"]);
  });

  test("1.1 a remainder that would make it 11 makes it 0, and one that would make it 10 fits no number", () => {
    expect(isNhsNumber("0000000000")).toBe(true);
    const tenth = (nine: string) => [..."0123456789"].filter((digit) => isNhsNumber(nine + digit));
    // 1 x 2 in the ninth place leaves 2: check digit 9. 6 x 2 leaves 1: the check digit would be 10.
    expect(tenth("000000001")).toEqual(["9"]);
    expect(tenth("000000006")).toEqual([]);
  });

  test("1.1 anything but ten digits is none", () => {
    for (const text of ["", "943476591", "94347659190", "943 476 5919", "943476591X"])
      expect(isNhsNumber(text)).toBe(false);
  });

  test("1.1 about one in eleven random strings of ten digits passes, the same ones as by hand", () => {
    const random = seeded(11);
    const tries = 50_000;
    let passed = 0;
    for (let i = 0; i < tries; i++) {
      const digits = Array.from({ length: 10 }, () => random.below(10)).join("");
      expect(isNhsNumber(digits)).toBe(passesByHand(digits));
      if (isNhsNumber(digits)) passed++;
    }
    expect(passed / tries).toBeCloseTo(1 / 11, 2);
  });
});

describe("finding NHS numbers in text", () => {
  test.each([
    ["plain", "9434765919"],
    ["in threes", "943 476 5919"],
    ["with hyphens", "943-476-5919"],
    ["with dots", "943.476.5919"],
    ["with spaces that do not break", "943\u00a0476\u202f5919"],
    ["with dashes", "943\u2013476\u20105919"],
    ["with dashes in spaces", "943 - 476 \u2013 5919"],
    ["over a line end", "943 476\n5919"],
    ["with marks that cannot be seen", "943\u200b476\u20605919"],
    ["digit by digit", "9 4 3 4 7 6 5 9 1 9"],
    ["full width", "９４３　４７６　５９１９"],
    ["in Arabic-Indic digits", "٩٤٣ ٤٧٦ ٥٩١٩"],
    ["in mathematical digits", "𝟗𝟒𝟑 𝟒𝟕𝟔 𝟓𝟗𝟏𝟗"],
  ])("1.2 finds one %s, with where it stands", (_, span) => {
    const text = `Seen as ${span}, then discharged.`;
    expect(findIdentifiers(text)).toEqual([{ kind: "nhs-number", start: 8, end: 8 + span.length, span }]);
  });

  test("1.2 finds one in the digits of every script", () => {
    const zeros: number[] = [];
    for (let code = 0, run = 0; code <= 0x1ffff; code++) {
      run = /\p{Nd}/u.test(String.fromCodePoint(code)) ? run + 1 : 0;
      if (run > 0 && run % 10 === 1) zeros.push(code);
    }
    expect(zeros.length).toBeGreaterThan(50);
    const unread = zeros.filter((zero) => {
      const span = [..."9434765919"].map((digit) => String.fromCodePoint(zero + Number(digit))).join("");
      return spansIn(span)[0] !== span;
    });
    expect(unread).toEqual([]);
  });

  test.each([
    "NHS9434765919",
    "(943 476 5919)",
    "nhs no:9434765919",
    "1.943 476 5919",
    "1-943 476 5919",
    "#9434765919.2 days later",
    "in 2026 943 476 5919 was",
    "ext 4567 943 476 5919",
    "0930 943 476 5919",
    "bed 3 943 476 5919",
    "943 476 5919 12",
    "on 2026-11-02 943 476 5919",
  ])("1.2 what stands around it hides nothing: %s", (text) => {
    expect(spansIn(text).map((span) => span.replace(/\D/g, ""))).toContain("9434765919");
  });

  test("1.2 finds each of several", () => {
    expect(spansIn("943 476 5919; 9434765919 and 943 476 5918")).toEqual(["943 476 5919", "9434765919"]);
  });

  test.each([
    ["nine digits", "943476591"],
    ["eleven digits", "94347659190"],
    ["eleven digits, one before", "19434765919"],
    ["a UBRN of twelve digits", "9434 7659 1912"],
    ["twelve digits in one", "943476591912"],
    ["a mobile number", "07700 900123"],
    ["a Liverpool number", "0151 496 0000"],
    ["a long phone number", "44-943-476-5919"],
    ["a day", "02/11/2026"],
    ["a day in ISO form", "2026-11-02"],
    ["letters between", "943x476x5919"],
    ["too far apart", "943    476    5919"],
  ])("1.2 is not misled by %s", (_, text) => {
    expect(spansIn(`About ${text} we asked.`)).toEqual([]);
  });

  test("1.2 a day beside a time is no NHS number, whatever its check digit says", () => {
    for (let day = 1; day <= 28; day++) {
      for (let hour = 10; hour < 24; hour++) {
        const d = String(day).padStart(2, "0");
        for (const text of [
          `2026-11-${d} ${hour}:30`,
          `${d}-11-2026 ${hour}:30`,
          `${d}.11.2026 ${hour}:30`,
          `14:${hour} ${d}-11-2026`,
        ])
          expect(spansIn(text)).toEqual([]);
      }
    }
  });

  test("1.2 looks through the longest text anybody can send in a moment", () => {
    const began = performance.now();
    for (const text of ["1 ".repeat(5_000), "9".repeat(10_000), "12-".repeat(3_333), "943 476 591 ".repeat(833)])
      findIdentifiers(text);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe("declaring a find to be something else", () => {
  const text = "Order 943 476 5919 was sent twice: 943 476 5919.";

  test("1.3 a declared span is let through wherever it stands", () => {
    expect(undeclaredIdentifiers(text, [{ span: "943 476 5919", reason: "an order number" }])).toEqual([]);
  });

  test("1.3 without a reason it is not", () => {
    expect(undeclaredIdentifiers(text, [{ span: "943 476 5919", reason: "  x " }])).toHaveLength(2);
    expect(undeclaredIdentifiers(text, [])).toHaveLength(2);
  });

  test("1.3 the same digits written otherwise are declared for themselves", () => {
    expect(undeclaredIdentifiers("9434765919", [{ span: "943 476 5919", reason: "an order number" }])).toHaveLength(1);
  });
});
