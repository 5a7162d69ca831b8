import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { hydrated, type PersonAtBrowser } from "../support/browser";
import { focused, hasFocus, tabTo } from "../support/focus";
import { journeys } from "../support/journey";

const world = journeys();

test("with keys alone one signs in, searches, raises, walks the board, replies and resolves; the focus is never lost", async () => {
  const gp = await byKeys(/Dr Eleanor Whitlow/);
  const { page } = gp;
  await page.keyboard.press("g");
  await page.keyboard.press("b");
  await page.getByRole("heading", { name: "Board", exact: true }).waitFor();
  await page.keyboard.press("/");
  expect(await hasFocus(page.getByRole("searchbox", { name: "Search issues" }))).toBe(true);
  await page.keyboard.type("discharge");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=discharge/);
  await leaveFields(page);
  await page.keyboard.press("c");
  await page.waitForURL("**/issues/new");
  const thread = await raise(page);

  const owner = await byKeys(/Dr Sam Adeyemi/);
  await walkBoard(owner.page);
  await owner.open(thread);
  await press(owner.page, "button", "Accept");
  await state(owner.page, "Accepted");
  await keepsFocus(owner.page);
  await leaveFields(owner.page);
  await owner.page.keyboard.press("r");
  const reply = owner.page.getByRole("textbox", { name: "Reply" });
  expect(await hasFocus(reply)).toBe(true);
  await owner.page.keyboard.type("We have put a second line in.");
  await owner.page.keyboard.press("Control+Enter");
  await owner.page.getByRole("article").filter({ hasText: "We have put a second line in." }).waitFor();
  await keepsFocus(owner.page);

  await tabTo(owner.page, owner.page.locator("summary", { hasText: "Offer an outcome" }));
  await owner.page.keyboard.press("Enter");
  await type(owner.page, "What has changed, or will from when?", "The second line answers until eight.");
  await type(owner.page, "For whom?", "All practices");
  await press(owner.page, "button", "Offer to the other side");
  await state(owner.page, "Outcome offered");
  await keepsFocus(owner.page);

  await state(page, "Outcome offered");
  await press(page, "button", "Agree and close");
  await state(page, "Resolved");
  await keepsFocus(page);
});

/** Signs in through the page, with keys. */
async function byKeys(name: RegExp): Promise<PersonAtBrowser> {
  const person = await world.door();
  await person.open("/sign-in");
  await press(person.page, "button", name);
  await person.page.getByRole("heading", { name: "What needs you" }).waitFor();
  await hydrated(person.page);
  return person;
}

async function raise(page: Page): Promise<string> {
  const service = page.getByRole("combobox", { name: "Which service is it about?" });
  await tabTo(page, service);
  await page.keyboard.type("acute medicine wirral");
  await page
    .getByRole("option", { name: /^Acute medicine/ })
    .first()
    .waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Change service" }).waitFor();
  expect(await hasFocus(page.getByRole("button", { name: "Change service" }))).toBe(true);
  await type(
    page,
    "What happened?",
    "The discharge summary from acute medicine arrived nine days late, after the patient came to us.",
  );
  await page.getByText("Suggested from your words").waitFor();
  await tabTo(page, page.getByRole("group", { name: "What kind of issue is it?" }).getByRole("radio").first());
  await page.keyboard.press("Space");
  await tabTo(page, page.getByRole("radio", { name: "No harm" }));
  await page.keyboard.press("Space");
  await press(page, "button", /^Send to the/);
  await page.waitForURL(/\/issues\/CT-\w{5}$/);
  await keepsFocus(page);
  return new URL(page.url()).pathname;
}

/** `j` and `k` go from issue to issue, Enter opens the one they are on. */
async function walkBoard(page: Page): Promise<void> {
  await page.keyboard.press("g");
  await page.keyboard.press("b");
  await page.waitForURL("**/issues");
  await page.getByRole("heading", { name: "Board", exact: true }).waitFor();
  const links = page.getByRole("main").getByRole("article").getByRole("link");
  for (const [key, at] of [
    ["j", 0],
    ["j", 1],
    ["j", 2],
    ["k", 1],
  ] as const) {
    await page.keyboard.press(key);
    expect(await hasFocus(links.nth(at))).toBe(true);
  }
  const to = await links.nth(1).getAttribute("href");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${to}`);
  await page.getByRole("heading", { name: "Thread" }).waitFor();
}

/** Once the page has settled, something on it has the focus. */
async function keepsFocus(page: Page): Promise<void> {
  await expect.poll(() => focused(page)).not.toBe("nothing");
}

async function press(page: Page, role: "button", name: string | RegExp): Promise<void> {
  await tabTo(page, page.getByRole(role, { name, ...(typeof name === "string" ? { exact: true } : {}) }));
  await page.keyboard.press("Enter");
}

async function type(page: Page, field: string, words: string): Promise<void> {
  await tabTo(page, page.getByRole("textbox", { name: field }));
  await page.keyboard.type(words);
}

/** Single keys work outside of fields: on to the next thing that is none. */
async function leaveFields(page: Page): Promise<void> {
  const writing = () => page.evaluate(() => document.activeElement?.matches("input, textarea, select") ?? false);
  for (let step = 0; step < 5 && (await writing()); step++) await page.keyboard.press("Tab");
}

async function state(page: Page, name: string): Promise<void> {
  await page.locator(".ct-issue-head .ct-chip", { hasText: name }).waitFor();
}
