import { describe, expect, it } from "vitest";
import { clockWords, timeWords } from "../../app/components/clock-words";
import { initialsOf } from "../../app/components/face";
import { withoutFind } from "../../app/components/identifier-warning";
import { shownCount } from "../../app/components/shown-count";
import { findIdentifiers } from "../../app/domain/identifiers";
import { endOfLondonDay } from "../../app/domain/working-days";
import { dueWords } from "../../app/routes/issues.$reference/build-actions";
import { dayWords, momentWords } from "../../app/web/time-words";

/** A Tuesday. */
const now = new Date("2026-11-24T10:00:00Z");
const due = (day: string) => ({ kind: "first-reply" as const, dueAt: endOfLondonDay(day) });

describe("Time is said as people say it", () => {
  it("in working days, over or left, with today and tomorrow made plain", () => {
    expect(clockWords(due("2026-11-24"), now)).toEqual({ words: "Today", tone: "soon" });
    expect(clockWords(due("2026-11-25"), now)).toEqual({ words: "1 day left", tone: "soon" });
    expect(clockWords(due("2026-11-30"), now)).toEqual({ words: "4 days left", tone: "calm" });
    expect(clockWords(due("2026-11-23"), now)).toEqual({ words: "1 day over", tone: "late" });
    expect(clockWords(due("2026-11-16"), now)).toEqual({ words: "6 days over", tone: "late" });
  });

  it("without counting the weekend in between", () => {
    const friday = new Date("2026-11-20T10:00:00Z");
    expect(clockWords(due("2026-11-23"), friday).words).toBe("1 day left");
    expect(clockWords(due("2026-11-20"), new Date("2026-11-21T10:00:00Z")).words).toBe("Just over");
  });

  it("and once closed, as how long it took and how it ended", () => {
    const closed = { state: "resolved" as const, raisedAt: new Date("2026-11-02T09:00:00Z"), closedAt: now };
    expect(timeWords({ ...closed, resolution: "agreed" }, now)?.words).toBe("16 days, agreed");
    expect(timeWords({ ...closed, resolution: "not-confirmed" }, now)?.words).toBe("16 days, not confirmed");
    expect(timeWords({ state: "in-progress", raisedAt: now }, now)).toBeNull();
  });

  it("and moments as today, yesterday, a weekday or a date, by the clock of London", () => {
    expect(momentWords(new Date("2026-11-24T08:31:00Z"), now)).toBe("Today 08:31");
    expect(momentWords(new Date("2026-06-24T08:31:00Z"), now)).toBe("24 June 09:31");
    expect(dayWords(new Date("2026-11-23T23:00:00Z"), now)).toBe("Yesterday");
    expect(dayWords(new Date("2026-11-20T12:00:00Z"), now)).toBe("Friday");
    expect(dayWords(new Date("2025-11-20T12:00:00Z"), now)).toBe("20 November 2025");
  });

  it("and the day of an action with its year, when it is another", () => {
    expect(dueWords("2026-11-25", now)).toBe("Tomorrow");
    expect(dueWords("2026-11-27", now)).toBe("Fri 27 Nov");
    expect(dueWords("2027-01-15", now)).toBe("Fri 15 Jan 2027");
    expect(dueWords("2025-12-31", now)).toBe("Wed 31 Dec 2025");
  });
});

it("Initials leave titles out and take the first and last name", () => {
  expect(["Dr Priya Raman", "Nadia Okafor", "Wai-Yee Poon", "Madonna", ""].map(initialsOf)).toEqual([
    "PR",
    "NO",
    "WP",
    "MA",
    "?",
  ]);
});

it("Counts stop at 500", () => {
  expect([0, 500, 501].map(shownCount)).toEqual(["0", "500", "500+"]);
});

it("Taking an identifier out leaves the rest of the text as it was", () => {
  const text = "NHS number 943 476 5919 was on it.";
  const [find] = findIdentifiers(text);
  expect(find && withoutFind(text, find)).toBe("NHS number was on it.");
});
