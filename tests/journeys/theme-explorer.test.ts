import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { eventually } from "../support/eventually";
import { hasFocus, tabTo } from "../support/focus";
import { journeys } from "../support/journey";

const world = journeys();

/** A demonstration finds its themes once everything in it has been read. */
beforeAll(async () => {
  const reader = await world.as("p-osei");
  await eventually(async () => (await reader.get("/themes")).text.includes("ct-trows"), 170_000);
}, 180_000);

test("19.4 the ICB medical director goes from a filter to a region, its theme and the issues behind it, by keys alone", async () => {
  const director = await world.seat("p-osei");
  const { page } = director;
  await director.open("/themes");
  const place = page.locator(".ct-themefilters summary", { hasText: "Place" });
  await tabTo(page, place);
  await page.keyboard.press("Enter");
  const first = page.getByRole("group", { name: "Filters" }).getByRole("link").first();
  await tabTo(page, first);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/themes\?place=/);

  await tabTo(page, map(page).locator("a[tabindex='0']"));
  const regions = map(page).locator("a[data-mark]");
  expect(await map(page).locator("a[tabindex='0']").count()).toBe(1);
  if ((await regions.count()) > 1) {
    await page.keyboard.press("End");
    expect(await hasFocus(regions.last())).toBe(true);
    await page.keyboard.press("Home");
  }
  expect(await hasFocus(regions.first())).toBe(true);
  const name = (await regions.first().getAttribute("aria-label")) ?? "";
  expect(await page.locator(".ct-markcard b").textContent()).toBe(name.slice(0, name.indexOf(".")));
  await page.keyboard.press("Escape");
  expect(await page.locator(".ct-markcard").count()).toBe(0);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/themes\/[0-9A-Z]{26}\?place=/);

  await tabTo(page, page.getByRole("link", { name: "All its issues, in search" }));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\?.*theme=/);
});

test("19.5 the map comes closer by buttons, gathers dots by words, and a loop is drawn corner by corner", async () => {
  const director = await world.seat("p-osei");
  const { page } = director;
  await director.open("/themes");
  const ground = map(page).locator("[data-ground]").first();
  const before = await ground.getAttribute("transform");
  await page.getByRole("button", { name: "Closer" }).click();
  await expect.poll(() => ground.getAttribute("transform")).not.toBe(before);
  await page.getByRole("button", { name: "Reset" }).click();
  await expect.poll(() => ground.getAttribute("transform")).toBe(before);

  await page.getByRole("textbox", { name: "Type words to gather dots" }).fill("discharge");
  await page.keyboard.press("Enter");
  await page.getByText(/^\d+ dots? of \d+ hold “discharge”\.$/).waitFor();

  await page.getByRole("button", { name: "Draw a loop" }).click();
  const box = await map(page).boundingBox();
  if (!box) throw new Error("There is no map.");
  for (const [x, y] of [
    [0.02, 0.02],
    [0.98, 0.02],
    [0.98, 0.98],
    [0.02, 0.98],
  ] as const) {
    await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
  }
  await page.getByRole("button", { name: "Close the loop" }).click();
  await page.getByText(/^\d+ dots? inside the loop\.$/).waitFor();
  await page.locator(".ct-map__ringed a").first().waitFor();
});

test("19.6 without scripts the explorer is whole: filters, rows, the map and its tables", async () => {
  const director = await world.seat("p-osei", { javaScript: false });
  const { page } = director;
  await page.goto("/themes");
  expect(await page.locator(".ct-trow__name a").count()).toBeGreaterThan(0);
  expect(await map(page).locator("a[data-mark]").count()).toBeGreaterThan(0);
  expect(await map(page).locator(".ct-map__dot").count()).toBeGreaterThan(0);
  await page.locator(".ct-charttools summary").first().click();
  await page.getByRole("table", { name: /^Themes on the map/ }).waitFor();
  await page.locator(".ct-themefilters summary", { hasText: "Place" }).click();
  await page.getByRole("group", { name: "Filters" }).getByRole("link").first().click();
  await page.waitForURL(/\/themes\?place=/);
});

test("19.7 a chart is saved as a drawing, a picture and a table that hold what is seen", async () => {
  const director = await world.seat("p-osei");
  const { page } = director;
  await director.open("/themes");
  const save = async (name: RegExp) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk));
    return { name: download.suggestedFilename(), bytes: Buffer.concat(chunks) };
  };
  const svg = await save(/^SVG:/);
  expect(svg.name).toBe("theme-map.svg");
  expect(svg.bytes.toString()).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(svg.bytes.toString()).not.toMatch(/class=|var\(--/);
  const png = await save(/^PNG:/);
  expect(png.bytes.subarray(1, 4).toString()).toBe("PNG");
  const csv = await save(/^CSV:/);
  expect(csv.bytes.toString()).toContain('"Theme","Issues","Reports"');
});

function map(page: Page) {
  return page.locator(".ct-map--wide .ct-map__svg");
}
