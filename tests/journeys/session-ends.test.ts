import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { hydrated, live } from "../support/browser";
import { journeys } from "../support/journey";

const world = journeys();
const words = "The summary came after the first appointment.";

test("a session that ends while an issue is raised leaves the page and its words, and it is sent once signed in again", async () => {
  const gp = await world.seat("p-whitlow");
  const { page, context, open } = gp;
  gp.expects(/status of 401/);
  await open("/issues/new?about=RBL");
  await page.fill("[name=body]", words);
  await page.getByLabel("No harm").check();
  await page.locator("select").selectOption({ index: 3 });
  await context.clearCookies({ name: "common-thread" });
  await page.getByRole("button", { name: /^Send/ }).click();
  await page.getByRole("alert").getByText("You are signed out, so this was not sent.").waitFor();
  expect(await page.inputValue("[name=body]")).toBe(words);
  await signInAgain(page, page.getByRole("alert"));
  await page.getByRole("button", { name: /^Send/ }).click();
  await page.waitForURL(/\/issues\/CT-\w{5}$/);
});

test("a session that ends while a form of a thread is written leaves the form open with its words", async () => {
  const asked = await (await world.as("p-whitlow")).raise({ about: "RBL", body: "Beds are named by their old wards." });
  const gp = await world.seat("p-tranter");
  const { page, context, open } = gp;
  gp.expects(/status of 401/);
  await open(`/issues/${asked}`);
  await page.locator("summary", { hasText: "Us too" }).click();
  const mine = page.getByRole("textbox", { name: "How does it show at your organisation?" });
  await mine.fill(words);
  await context.clearCookies({ name: "common-thread" });
  await page.getByRole("button", { name: "Join this issue" }).click();
  const refusal = page.getByRole("region", { name: "This was not done" });
  await refusal.getByText("You are signed out, so this was not sent.").waitFor();
  expect(await mine.inputValue()).toBe(words);
  expect(await mine.isVisible()).toBe(true);
  await signInAgain(page, refusal, /Joanne Tranter/);
  await page.getByRole("button", { name: "Join this issue" }).click();
  await page.getByRole("article").filter({ hasText: words }).waitFor();
});

test("without scripts a form sent after the session ended comes back as a page of what was typed, to be sent again", async () => {
  const asked = await (await world.as("p-whitlow")).raise({
    about: "RBL",
    body: "The rota on the wall is last year's.",
  });
  const gp = await world.seat("p-whitlow", { javaScript: false });
  const { page, context, open } = gp;
  gp.expects(/status of 401/);
  await open(`/issues/${asked}`);
  await page.getByRole("textbox", { name: "Reply" }).fill(words);
  await context.clearCookies({ name: "common-thread" });
  await page.getByRole("button", { name: "Send to both sides" }).click();
  await page.getByRole("heading", { name: "Signed out" }).waitFor();
  const shown = page.getByRole("textbox", { name: "Reply" });
  expect(await shown.inputValue()).toBe(words);
  expect(await shown.getAttribute("readonly")).not.toBeNull();
  expect(await page.getByText("The rota on the wall").count()).toBe(0);
  await signInAgain(page, page.getByRole("main"));
  await page.getByRole("button", { name: "Send again" }).click();
  await page.getByRole("article").filter({ hasText: words }).waitFor();
});

test.each([true, false])(
  "whose role only reads by the time an issue is sent keeps the form and the words (scripts: %s)",
  async (javaScript) => {
    const gp = await world.seat("p-whitlow", { javaScript });
    const { page, context, open } = gp;
    gp.expects(/status of 403/);
    await open("/issues/new?about=RBL");
    await page.fill("[name=body]", words);
    const origin = world.server.url;
    await context.request.post("/sign-in", { form: { person: "p-mbatha" }, headers: { origin } });
    await page.getByRole("button", { name: /^Send/ }).click();
    await page.locator(".nhsuk-error-summary", { hasText: "Your role only reads, so this was not sent." }).waitFor();
    expect(await page.inputValue("[name=body]")).toBe(words);
  },
);

test("another tab says that one is signed out, where to sign in, and goes on with its words once that is done", async () => {
  const asked = await (await world.as("p-whitlow")).raise({ about: "RBL", body: "The bleep list is out of date." });
  const { page, context, open } = await world.seat("p-asante");
  await open(`/issues/${asked}`);
  await live(page);
  await page.locator("summary", { hasText: "Us too" }).click();
  const mine = page.getByRole("textbox", { name: "How does it show at your organisation?" });
  await mine.fill(words);
  const other = await context.newPage();
  await other.goto("/sign-out");
  await hydrated(other);
  await other.getByRole("button", { name: "Sign out", exact: true }).click();
  await other.waitForURL("**/sign-in");
  await page.locator(".ct-live", { hasText: "Signed out" }).waitFor();
  const banner = page.locator(".ct-banner", { hasText: "Signed out." });
  await signInAgain(page, banner, /Asante/);
  await live(page);
  await banner.waitFor({ state: "detached" });
  expect(await mine.inputValue()).toBe(words);
  await page.getByRole("button", { name: "Join this issue" }).click();
  await page.getByRole("article").filter({ hasText: words }).waitFor();
});

test("what is written in another tab after signing out is not kept on the device, and the page does not say it is", async () => {
  const { page, context, open } = await world.seat("p-whitlow");
  const asked = await (await world.as("p-whitlow")).raise({ about: "RBL", body: words });
  await open(`/issues/${asked}`);
  await page.fill("[name=reply-text]", words);
  await page.getByText("Draft kept on this device").waitFor();
  const other = await context.newPage();
  await other.goto("/sign-out");
  await hydrated(other);
  await other.getByRole("button", { name: "Throw them away and sign out" }).click();
  await other.waitForURL("**/sign-in");
  await page.fill("[name=reply-text]", `${words} And so on.`);
  await page.getByText("Drafts cannot be kept on this device").waitFor();
  const kept = await other.evaluate(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open("common-thread");
        opening.onsuccess = () => {
          const all = opening.result.transaction("kept").objectStore("kept").getAllKeys();
          all.onsuccess = () => resolve(all.result);
        };
      }),
  );
  expect(kept).toEqual([]);
});

/** Follows the link to the sign-in page, which opens in another tab, signs in there and comes back. */
async function signInAgain(page: Page, place: Locator, name = /Eleanor Whitlow/): Promise<void> {
  const opening = page.context().waitForEvent("page");
  await place.getByRole("link", { name: /^Sign in again/ }).click();
  const door = await opening;
  await door.getByRole("button", { name }).click();
  await door.getByRole("heading", { name: "What needs you" }).waitFor();
  await door.close();
  await page.bringToFront();
  // A browser without windows keeps every page focused: it says nothing when one comes back to it.
  await page.evaluate(() => dispatchEvent(new Event("focus")));
}
