import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode } from "turbo-stream";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Shown } from "../../app/domain/suppression";
import { countedWindow } from "../../app/domain/suppression";
import type { ExplorerView } from "../../app/domain/theme-views";
import { openDemo } from "../../scripts/demo/open-demo";
import { type DemoServer, startDemoServer } from "../support/demo-server";
import { HttpPerson } from "../support/http-person";
import { savePlantedThemes } from "../support/planted-run";

const dataDir = mkdtempSync(join(tmpdir(), "ct-small-numbers-"));
let server: DemoServer;
/** Sees every count exactly; and somebody of a trust, who does not. */
let director: HttpPerson;
let member: HttpPerson;

beforeAll(async () => {
  server = await startDemoServer({ issues: 600, dataDir });
  await server.stop();
  await savePlantedThemes(dataDir);
  await server.restart();
  director = await HttpPerson.signIn(server.url, "p-osei");
  member = await HttpPerson.signIn(server.url, "p-okafor");
}, 180_000);
afterAll(async () => {
  await server?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const places = openDemo().facts.places.map((place) => place.id);

/** What the explorer sends to a browser. */
async function asked(person: HttpPerson, filters: Record<string, string>): Promise<ExplorerView> {
  const { body } = await fetch(`${server.url}/themes.data?${new URLSearchParams(filters)}`, {
    headers: { cookie: person.cookie },
  });
  if (!body) throw new Error("the page has no data");
  const { value } = await decode(body);
  const sent = value as Record<string, { data?: { view: ExplorerView } }>;
  const view = sent["routes/themes._index"]?.data?.view;
  if (!view) throw new Error(`the page sent ${JSON.stringify(sent).slice(0, 300)}`);
  return view;
}
const countOf = (view: ExplorerView | undefined, theme: string): Shown =>
  view?.practice.find((row) => row.id === theme)?.reports ?? { kind: "exact", value: 0 };
const exactly = (shown: Shown) => (shown.kind === "exact" ? shown.value : Number.NaN);

it("14.43 through the door: answers one filter apart tell no count of one to four of a Place", async () => {
  const now = countedWindow(new Date());
  const whole = await asked(member, now);
  const parts = await Promise.all(places.map((place) => asked(member, { place })));
  const truths = await Promise.all(places.map((place) => asked(director, { place, ...now })));
  expect(whole.practice.length).toBeGreaterThan(20);
  let small = 0;
  for (const { id } of whole.practice) {
    const total = exactly(countOf(whole, id));
    const cells = parts.map((view) => countOf(view, id));
    const isRowWithheld = cells.every((cell) => cell.kind === "withheld");
    const ranges = cells.map((cell) => rangeOf(cell, isRowWithheld ? total : 4));
    places.forEach((place, at) => {
      const truth = exactly(countOf(truths[at], id));
      if (!(truth >= 1 && truth <= 4)) return;
      small++;
      const others = ranges.filter((_, other) => other !== at);
      const [low, high] = ranges[at] ?? [0, 0];
      const least = Math.max(low, total - others.reduce((sum, [, most]) => sum + most, 0));
      const most = Math.min(high, total - others.reduce((sum, [few]) => sum + few, 0));
      expect(least < most, `${id} in ${place}`).toBe(true);
    });
  }
  expect(small).toBeGreaterThan(20);
}, 120_000);

it("14.42 through the door: a narrower filter on a part withholds every count of it", async () => {
  for (const filters of [
    { place: "liverpool", harm: "moderate" },
    { place: "liverpool", category: "MED" },
    { place: "liverpool", from: "2026-01-01" },
    { place: "liverpool", organisation: "REM" },
  ] as Record<string, string>[]) {
    const view = await asked(member, filters);
    expect(view.seen).toBe("withheld");
    for (const { reports, breadth, rate, series, harm } of [...view.practice, ...view.service])
      expect([reports, breadth, rate, series, harm]).toEqual([{ kind: "withheld" }, null, null, null, null]);
  }
});

function rangeOf(shown: Shown, withheldMost: number): [number, number] {
  if (shown.kind === "withheld") return [0, withheldMost];
  return shown.kind === "exact" ? [shown.value, shown.value] : [Math.max(5, shown.value - 2), shown.value + 2];
}
