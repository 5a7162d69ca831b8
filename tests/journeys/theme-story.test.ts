import { beforeAll, expect, test } from "vitest";
import { sidewaysScroll } from "../support/browser";
import { eventually } from "../support/eventually";
import { tabTo } from "../support/focus";
import { journeys } from "../support/journey";

const world = journeys();

/** A demonstration finds its themes once everything in it has been read. */
beforeAll(async () => {
  const reader = await world.as("p-osei");
  await eventually(async () => (await reader.get("/themes")).text.includes("ct-trows"), 170_000);
}, 180_000);

test("20.15 a Place lead goes from a theme to a point of its chart and to an issue of those days, by keys alone", async () => {
  const lead = await world.seat("p-ambler");
  const { page } = lead;
  await lead.open("/themes");
  await page.locator(".ct-trow__name a").first().click();
  await page.locator("article.ct-story").waitFor();
  const name = (await page.locator("h1").textContent()) ?? "";
  await expect.poll(() => page.title()).toContain(name.split(":")[0]);

  const points = page.locator("svg.ct-chart--wide").first().locator("a[data-mark]");
  await tabTo(page, page.locator("svg.ct-chart--wide a[tabindex='0']").first());
  await page.keyboard.press("End");
  for (let at = (await points.count()) - 1; at > 0; at--) {
    const label = (await points.nth(at).getAttribute("aria-label")) ?? "";
    if (!/: 0 reports/.test(label)) break;
    await page.keyboard.press("ArrowLeft");
  }
  await page.keyboard.press("Enter");
  await page.waitForURL(/[?&]point=\d{4}-\d{2}-\d{2}.*#issues$/);
  await page.getByRole("heading", { name: /: \d+ issues?$/ }).waitFor();
  const issue = page.locator("section[aria-labelledby=issues] .ct-rows a").first();
  await issue.focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/issues\/CT-/);
});

test("20.16 without scripts, and on a phone, every theme page is whole: chart, sentence, table, file", async () => {
  const plain = await world.seat("p-osei", { javaScript: false, width: 390 });
  const { page } = plain;
  await page.goto("/themes");
  const story = (await page.locator(".ct-trow__name a").first().getAttribute("href")) ?? "";
  for (const path of [story, "/themes/places", "/themes/flow", "/themes/quiet", "/themes/report"]) {
    await page.goto(path);
    expect([path, await sidewaysScroll(page)]).toEqual([path, 0]);
    expect([path, await page.locator("h1").count()]).toEqual([path, 1]);
    for (const says of await page.locator(".ct-figure__says").allTextContents())
      expect([path, says.trim().length > 20]).toEqual([path, true]);
    const tables = page.locator(".ct-charttools summary");
    for (let at = 0; at < (await tables.count()); at++) await tables.nth(at).click();
    expect([path, await page.locator(".ct-charttools table:visible").count()]).toEqual([path, await tables.count()]);
    expect([path, await sidewaysScroll(page)]).toEqual([path, 0]);
  }
});

test("20.17 the report prints on one page of A4, without what is pressed", async () => {
  const director = await world.seat("p-osei");
  const { page } = director;
  await director.open("/themes/report");
  await page.emulateMedia({ media: "print" });
  expect(await page.locator("button:visible, .ct-themetabs:visible, .ct-themefilters:visible").count()).toBe(0);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBe(1);
  expect(await page.locator(".ct-demo").isVisible()).toBe(true);
});
