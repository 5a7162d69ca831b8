import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { axeViolations, hydrated, live, sidewaysScroll } from "../support/browser";
import { eventually } from "../support/eventually";
import { focused, hasFocus, tabTo } from "../support/focus";
import { journeys } from "../support/journey";

const world = journeys();

/** Until everything the demonstration has is in the index, search is basic and counts nothing. */
beforeAll(async () => {
  const reader = await world.as("p-okafor");
  await eventually(async () => (await reader.get("/search?q=discharge")).text.includes("Narrow the results"), 60_000);
});

test("15.1 Ctrl K opens the palette from a field too, and what is typed while it is fetched goes into it", async () => {
  const { page, open } = await world.seat("p-whitlow");
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(/assets\/palette-[^/]+\.js/, async (route) => {
    await held;
    await route.continue();
  });
  await open("/issues");
  await page.getByRole("searchbox", { name: "Search issues" }).focus();
  await page.keyboard.press("Control+k");
  // `c` would raise an issue, were it not meant for the palette.
  await page.keyboard.type("cardiox");
  await page.keyboard.press("Backspace");
  letGo();
  const field = page.getByRole("combobox", { name: "Search everything, or go to a page" });
  await expect.poll(() => field.inputValue()).toBe("cardio");
  expect(await hasFocus(field)).toBe(true);
  expect(new URL(page.url()).pathname).toBe("/issues");
  expect(await page.getByRole("searchbox", { name: "Search issues" }).inputValue()).toBe("");
});

test("15.2 with keys alone one finds an issue, a service and a page; Escape gives the focus back", async () => {
  const { page, open } = await world.seat("p-okafor");
  await open("/");
  const opener = page.getByRole("search", { name: "Everything" }).getByRole("button");
  await tabTo(page, opener);
  await page.keyboard.press("Enter");
  const field = page.getByRole("combobox", { name: "Search everything, or go to a page" });
  await field.waitFor();
  await expect.poll(() => hasFocus(field)).toBe(true);
  await page.keyboard.press("Escape");
  await field.waitFor({ state: "detached" });
  expect(await hasFocus(opener)).toBe(true);

  await page.keyboard.press("/");
  await page.keyboard.type("discharge");
  const status = page.getByRole("dialog").getByRole("status");
  await expect.poll(() => status.textContent()).toMatch(/^[\d,]+ results? found/);
  const lines = page.getByRole("listbox", { name: "Pages and what was found" }).getByRole("option");
  const first = page.getByRole("group", { name: "Issues" }).getByRole("option").first();
  expect(await first.getAttribute("aria-selected")).toBe("true");
  expect(await field.getAttribute("aria-activedescendant")).toBe(await first.getAttribute("id"));
  await page.keyboard.press("ArrowUp");
  expect(await lines.last().getAttribute("aria-selected")).toBe("true");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  expect(await lines.nth(1).getAttribute("aria-selected")).toBe("true");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/issues\/CT-\w{5}$/);
  await page.getByRole("heading", { name: "Thread" }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");

  await page.keyboard.press("Control+k");
  await page.keyboard.type("cardiology");
  const service = page.getByRole("group", { name: "Services" }).getByRole("option", { name: /^Cardiology/ });
  await service.first().waitFor();
  while ((await service.first().getAttribute("aria-selected")) !== "true") await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\?service=/);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("inb");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/inbox");
});

test("15.2 Enter before the answer is there looks for the words, and opens nothing that nobody chose", async () => {
  const { page, open } = await world.seat("p-okafor");
  await page.route(/\/search\/quick\?q=./, () => {});
  await open("/");
  await live(page);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("discharge");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/search?q=discharge");
  await page.getByRole("heading", { name: "Search", exact: true }).waitFor();
});

test("15.4 results follow what is typed; the focus stays, nothing typed is lost, and going back leads back", async () => {
  const { page, open } = await world.seat("p-okafor");
  await open("/issues");
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await page.getByRole("heading", { name: "Search", exact: true }).waitFor();
  await page.keyboard.press("/");
  const field = page.getByRole("searchbox", { name: /^Search issues, replies/ });
  expect(await hasFocus(field)).toBe(true);
  await page.keyboard.type("discharge medic", { delay: 20 });
  await page.waitForURL("**/search?q=discharge+medic");
  await hits(page).first().waitFor();
  await page.keyboard.type("ines");
  await page.waitForURL("**/search?q=discharge+medicines");
  expect(await field.inputValue()).toBe("discharge medicines");
  expect(await hasFocus(field)).toBe(true);
  await tabTo(page, hits(page).first().getByRole("link"));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/issues\/CT-/);
  await page.goBack();
  await page.waitForURL("**/search?q=discharge+medicines");
  expect(await field.inputValue()).toBe("discharge medicines");
  await page.goBack();
  await page.waitForURL("**/issues");
});

test("15.3 kinds, facets and order are links with counts, and the address holds them all", async () => {
  const { page } = await world.seat("p-okafor");
  await openCounted(page, "/search?q=discharge");
  await hydrated(page);
  const narrow = page.getByRole("complementary", { name: "Narrow the results" });
  const value = narrow.getByRole("region", { name: "State" }).getByRole("link").first();
  const count = Number(await value.locator(".ct-count").textContent());
  await tabTo(page, value);
  await page.keyboard.press("Enter");
  await page.waitForURL(/state=/);
  await expect.poll(() => found(page)).toBe(count);
  expect(await narrow.locator("[aria-current]").count()).toBe(1);
  expect(await focused(page)).not.toBe("nothing");
  await page.locator("summary", { hasText: "Best match" }).click();
  await page.getByRole("link", { name: "Oldest" }).click();
  await page.waitForURL(/sort=oldest/);
  await page.reload();
  expect(await found(page)).toBe(count);
  await page.getByRole("link", { name: /^Clear all/ }).click();
  await page.waitForURL((url) => url.search === "?q=discharge&sort=oldest");
  await page
    .getByRole("navigation", { name: "Kinds of result" })
    .getByRole("link", { name: /^Outcomes/ })
    .click();
  await page.waitForURL(/kind=outcomes/);
  await expect.poll(() => page.getByRole("status").allTextContents()).toContainEqual(expect.stringMatching(/outcome/));
});

test("15.6 a search is saved by keys, found in the palette, named anew and taken away", async () => {
  const { page, open } = await world.seat("p-adeyemi");
  await open("/search?q=discharge&place=wirral");
  await tabTo(page, page.locator("summary", { hasText: "Save this search" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("textbox", { name: "Name" }));
  await page.keyboard.press("Control+a");
  await page.keyboard.type("Wirral wards");
  await page.keyboard.press("Enter");
  await page.getByText("Saved as Wirral wards").waitFor();
  expect(new URL(page.url()).search).toBe("?q=discharge&place=wirral");
  expect(await focused(page)).not.toBe("nothing");

  await page.keyboard.press("Control+k");
  await page.keyboard.type("wirral w");
  await page.getByRole("option", { name: "Wirral wards" }).waitFor();
  await page.keyboard.press("Escape");

  await open("/search/saved");
  await page.getByText("“discharge” in everything; Wirral").waitFor();
  await page.getByRole("main").locator("summary", { hasText: "Change" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Wards of Wirral");
  await page.getByRole("checkbox", { name: /^Tell me/ }).uncheck();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("link", { name: "Wards of Wirral" }).waitFor();
  expect(await page.getByText("Tells you of new issues").count()).toBe(0);
  await page.getByRole("main").locator("summary", { hasText: "Change" }).click();
  await page.getByRole("button", { name: "Delete Wards of Wirral" }).click();
  await page.getByText("No saved searches yet").waitFor();
});

test("15.5 what looks like an NHS number is not sent while one types", async () => {
  const { page, open } = await world.seat("p-whitlow");
  await open("/search");
  const asked: string[] = [];
  page.on("request", (request) => asked.push(decodeURIComponent(request.url())));
  const field = page.getByRole("searchbox", { name: /^Search issues, replies/ });
  await field.fill("letter for 943 476 5919");
  await page.getByRole("alert").getByText("This looks like an NHS number.").waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("943 476 5919");
  await page.getByRole("dialog").getByText("This looks like an NHS number.").waitFor();
  await page.keyboard.press("Escape");
  await field.fill("letter for discharge");
  await page.waitForURL(/q=letter\+for\+discharge/);
  expect(asked.filter((url) => /943/.test(url))).toEqual([]);
});

test("15.3 without scripts one searches, narrows, pages, saves and reads what is found", async () => {
  const { page } = await world.door({ javaScript: false });
  await page.goto("/search");
  await page.getByRole("button", { name: /Nadia Okafor/ }).click();
  await page.getByRole("heading", { name: "Search", exact: true }).waitFor();
  await page.getByRole("main").getByRole("searchbox").fill("discharge");
  await page.getByRole("main").getByRole("button", { name: "Search" }).click();
  await page.waitForURL(/q=discharge/);
  await openCounted(page, page.url());
  await hits(page).first().waitFor();
  await page.getByRole("complementary").getByRole("listitem").first().getByRole("link").click();
  await page.waitForURL(/&\w+=/);
  expect(await hits(page).count()).toBeGreaterThan(0);
  await page.locator("summary", { hasText: "Save this search" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Without scripts");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved as Without scripts").waitFor();
  await page.goto("/inbox");
  await page.getByRole("searchbox", { name: "Search everything" }).fill("cardiology");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/search?q=cardiology");
});

test("15.3 on a phone what narrows is folded, and opens; nothing scrolls sideways", async () => {
  const { page } = await world.seat("p-okafor", { width: 390, height: 844 });
  await openCounted(page, "/search?q=discharge");
  await hydrated(page);
  const narrow = page.getByRole("complementary", { name: "Narrow the results" });
  expect(await narrow.getByRole("link", { name: /Wirral/ }).isVisible()).toBe(false);
  await narrow.locator("summary", { hasText: "Narrow" }).click();
  await narrow.getByRole("region", { name: "Place" }).getByRole("link").first().click();
  await page.waitForURL(/place=/);
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    expect(await sidewaysScroll(page)).toBe(0);
    await page.getByRole("search", { name: "Everything" }).getByRole("button").click();
    await page.getByRole("combobox").waitFor();
    expect(await sidewaysScroll(page)).toBe(0);
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
    await page.getByRole("combobox").waitFor({ state: "detached" });
  }
});

test("axe-core finds nothing wrong with the palette, with results, or with saved searches, in any look", async () => {
  const { page, open } = await world.seat("p-okafor");
  const wrong: string[] = [];
  for (const width of [1440, 390]) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      const look = async (state: string) => {
        for (const each of await axeViolations(page)) wrong.push(`${state}, ${width} ${colorScheme}: ${each}`);
      };
      const pages = ["q=discharge&place=wirral", "q=cardiology", "q=okafor", "q=zzzzzz", "q=943+476+5919", ""];
      for (const search of pages) {
        await open(`/search?${search}`);
        await look(search);
      }
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").waitFor();
      await look("palette");
      await page.keyboard.type("cardiology");
      await page.getByRole("group", { name: "Services" }).waitFor();
      await look("palette, found");
      await open("/search/saved");
      await look("saved searches");
    }
  }
  expect(wrong).toEqual([]);
});

test("15.1 where the palette cannot be fetched, one is led to the page of a search", async () => {
  const seat = await world.seat("p-whitlow");
  const { page, open } = seat;
  seat.expects(/palette|Failed to (fetch|load)/);
  await page.route(/assets\/palette-[^/]+\.js/, (route) => route.abort());
  await open("/");
  await live(page);
  await page.keyboard.press("Control+k");
  await page.waitForURL("**/search");
  await page.getByRole("heading", { name: "Search", exact: true }).waitFor();
});

test("15.3 a reply and an outcome are found by their own words, and lead to their place in the thread", async () => {
  const gp = await world.as("p-whitlow");
  const owner = await world.as("p-adeyemi");
  const reference = await gp.raise({ about: "RBL/RBL-acute-medicine", body: "The ward list names a closed ward." });
  await owner.do(reference, "reply", { text: "The quokka rota is being written anew.", audience: "shared" });
  await owner.do(reference, "offer", { changed: "The wombat rota names every ward.", forWhom: "All practices" });
  const { page, open } = await world.seat("p-whitlow");
  for (const [word, kind] of [
    ["quokka", "replies"],
    ["wombat", "outcomes"],
  ] as const) {
    // Until it is in the index, and where the engine was slow, nothing is marked.
    await eventually(async () => {
      await open(`/search?q=${word}&kind=${kind}`);
      return (await page.locator("main mark", { hasText: word }).count()) > 0;
    });
    await page.getByText(reference).waitFor();
    await hits(page).first().getByRole("link").click();
    await page.waitForURL(/\/issues\/CT-\w{5}#\w+$/);
    const place = new URL(page.url()).hash.slice(1);
    await page.locator(`[id="${place}"]`).getByText(word).waitFor();
  }
});

/** Opens a search until the engine has answered it in time: a busy machine gets basic search, which counts nothing. */
async function openCounted(page: Page, path: string): Promise<void> {
  await eventually(async () => {
    await page.goto(path);
    return (await page.getByRole("complementary", { name: "Narrow the results" }).count()) > 0;
  });
}

function hits(page: Page) {
  return page.getByRole("region", { name: "Results" }).locator(".ct-hits > li");
}

/** How many are said to be found. */
async function found(page: Page): Promise<number> {
  const words = await page.getByRole("region", { name: "Results" }).getByRole("status").textContent();
  return Number(/^[\d,]+/.exec(words ?? "")?.[0].replace(",", "") ?? Number.NaN);
}
