import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { journeys } from "../support/journey";

const world = journeys();

test("without scripts: sign in, raise with a look at its like, say us too, reply, accept, offer and agree", async () => {
  const gp = await world.door({ javaScript: false });
  const { page } = gp;
  await page.goto("/issues/new");
  await page.getByRole("button", { name: /Dr Eleanor Whitlow/ }).click();
  await page.getByRole("heading", { name: "Raise an issue" }).waitFor();
  await page.getByRole("textbox", { name: "Which service is it about?" }).fill("acute medicine wirral");
  await page.getByRole("button", { name: "Find" }).click();
  const choices = page.getByRole("radiogroup", { name: "Which of these is it about?" });
  if (await choices.isVisible()) await choices.getByRole("radio").first().check();
  const body =
    "The discharge summary from the acute medical unit arrived ten days late, after the patient came to see us.";
  await page.getByRole("textbox", { name: "What happened?" }).fill(body);
  await page.getByRole("button", { name: "Check whether it is known, and where it goes" }).click();
  await page.getByText(/^Goes to Dr Sam Adeyemi/).waitFor();
  await page.getByRole("region", { name: "Already known?" }).getByRole("article").first().waitFor();
  expect(await page.getByRole("textbox", { name: "What happened?" }).inputValue()).toBe(body);
  await page.getByRole("button", { name: /^Send/ }).click();
  await page.getByRole("alert").getByText("Say whether anyone was harmed").waitFor();
  gp.expects(/status of 422/);
  await page.getByRole("group", { name: "What kind of issue is it?" }).getByRole("radio").first().check();
  await page.getByRole("radio", { name: "Low" }).check();
  await page.getByRole("button", { name: /^Send/ }).click();
  await page.waitForURL(/\/issues\/CT-\w{5}$/);
  const thread = new URL(page.url()).pathname;

  const manager = await signedIn("Joanne Tranter");
  await manager.goto(thread);
  await open(manager, "Us too");
  await manager
    .getByRole("textbox", { name: "How does it show at your organisation?" })
    .fill("On Fridays already at two.");
  await manager.getByRole("button", { name: "Join this issue" }).click();
  await manager.getByRole("article").filter({ hasText: "On Fridays already at two." }).waitFor();

  const owner = await signedIn("Dr Sam Adeyemi");
  await owner.goto(thread);
  await owner.getByRole("button", { name: "Accept" }).click();
  await state(owner, "Accepted");
  await owner.getByRole("textbox", { name: "Reply" }).fill("The ward clerk's hours changed: we are asking for cover.");
  await owner.getByRole("button", { name: "Send to both sides" }).click();
  await owner.getByRole("article").filter({ hasText: "we are asking for cover" }).waitFor();
  await owner.goto(thread);
  await open(owner, "Offer an outcome");
  await owner
    .getByRole("textbox", { name: "What has changed, or will from when?" })
    .fill("The phone is covered until eight.");
  await owner.getByRole("textbox", { name: "For whom?" }).fill("All practices");
  await owner.getByRole("button", { name: "Offer to the other side" }).click();
  await state(owner, "Outcome offered");

  await page.goto(thread);
  await page.getByRole("button", { name: "Agree and close" }).click();
  await state(page, "Resolved");
});

test("without scripts: the board is filtered and paged by links, and notices are marked by forms", async () => {
  const page = await signedIn("Nadia Okafor");
  await page.goto("/issues");
  await open(page, "Category");
  await page.getByRole("link", { name: "Discharge & transfer of care" }).click();
  await page.waitForURL(/category=DIS/);
  await page.goto("/issues?state=resolved");
  const first = await page.getByRole("main").getByRole("article").locator(".ct-ref").allInnerTexts();
  await page.getByRole("link", { name: /^Show .*more/ }).click();
  await page.waitForURL(/cursor=/);
  const second = await page.getByRole("main").getByRole("article").locator(".ct-ref").allInnerTexts();
  expect(second.length).toBeGreaterThan(0);
  expect(second.filter((each) => first.includes(each))).toEqual([]);
  await page.goto("/issues?view=table");
  await page.getByRole("link", { name: "Next page" }).click();
  await page.waitForURL(/cursor=/);

  await (await world.as("p-asante")).raise({ about: "RBL", body: "The switchboard list still names a closed ward." });
  await expect
    .poll(async () => {
      await page.goto("/inbox");
      return page.getByText("The switchboard list still names a closed ward").count();
    })
    .toBeGreaterThan(0);
  const row = page.getByRole("listitem").filter({ hasText: "The switchboard list still names a closed ward" });
  await row.getByRole("button", { name: /^Done/ }).click();
  await page.goto("/inbox");
  expect(await row.count()).toBe(0);
  await page.goto("/inbox?show=all");
  await row.getByRole("button", { name: /^Mark unread/ }).waitFor();
});

/** Somebody at a browser without scripts, signed in through the page. */
async function signedIn(name: string): Promise<Page> {
  const { page } = await world.door({ javaScript: false });
  await page.goto("/sign-in");
  await page.getByRole("button", { name: new RegExp(name) }).click();
  await page.getByRole("heading", { name: "What needs you" }).waitFor();
  return page;
}

async function open(page: Page, words: string): Promise<void> {
  await page.locator("summary", { hasText: words }).first().click();
}

async function state(page: Page, name: string): Promise<void> {
  await page.locator(".ct-issue-head .ct-chip", { hasText: name }).waitFor();
}
