import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { live, type PersonAtBrowser } from "../support/browser";
import { journeys } from "../support/journey";

const world = journeys();

const about = "RBL/RBL-acute-medicine";

test("an outcome is offered, disputed, offered again, agreed and told to all who joined; what comes back is reopened", async () => {
  const reference = await (await world.as("p-whitlow")).raise({
    about,
    body: "Summaries come without the blood results.",
  });
  const joiner = await world.as("p-tranter");
  await joiner.do(reference, "join", { context: "The same at our practice, about five a week." });
  const owner = await world.seat("p-adeyemi");
  const gp = await world.seat("p-whitlow");
  const manager = await world.seat("p-tranter");
  for (const each of [owner, gp]) await each.open(`/issues/${reference}`);
  await manager.open("/inbox");
  for (const each of [owner, gp, manager]) await live(each.page);
  const before = await unread(manager.page);

  await offer(owner.page, "The template now pulls in results by itself.", "Everybody discharged from acute medicine");
  await state(gp.page, "Outcome offered");
  await notice(manager.page, reference, "offered an outcome");
  expect(await unread(manager.page)).toBeGreaterThan(before);

  await gp.page.locator("summary", { hasText: "Disagree, and say why" }).click();
  await gp.page.getByRole("textbox", { name: "What is still not right?" }).fill("Two came without results yesterday.");
  await gp.page.getByRole("button", { name: "Send, and keep it open" }).click();
  for (const each of [gp, owner]) {
    await state(each.page, "In progress");
    await each.page.getByText("Two came without results yesterday.").first().waitFor();
  }

  await offer(owner.page, "The short-stay template was missed: it is done now.", "Short-stay patients as well");
  await state(gp.page, "Outcome offered");
  await manager.open(`/issues/${reference}`);
  await manager.page.locator("summary", { hasText: "We see it differently" }).click();
  await manager.page
    .getByRole("textbox", { name: "What does it not settle for you?" })
    .fill("Our results are on paper.");
  await manager.page.getByRole("button", { name: "Add your view" }).click();
  await gp.page.getByText("Our results are on paper.").first().waitFor();
  await manager.open("/inbox");
  await live(manager.page);
  await gp.page.getByRole("button", { name: "Agree and close" }).click();
  for (const each of [gp, owner]) await state(each.page, "Resolved");
  await notice(manager.page, reference, "resolved it");

  await manager.open(`/issues/${reference}`);
  await manager.page.locator("summary", { hasText: "It is back: reopen" }).click();
  await manager.page.getByRole("textbox", { name: "What brings it back?" }).fill("Three this week, all short stay.");
  await manager.page.getByRole("button", { name: "Reopen", exact: true }).click();
  for (const each of [manager, gp, owner]) {
    await state(each.page, "In progress");
    await each.page.getByText("Three this week, all short stay.").first().waitFor();
  }
});

test("of two who offer an outcome at once one wins; the other sees whose and what, and keeps their own words", async () => {
  const reference = await (await world.as("p-whitlow")).raise({
    about,
    body: "Follow-up dates are left off the letter.",
  });
  const first = await world.seat("p-adeyemi");
  const second = await world.seat("p-okafor");
  // Hears nothing of what others do: as in the moment before the news arrives.
  await second.page.routeWebSocket(/socket\.io/, () => {});
  for (const each of [first, second]) await each.open(`/issues/${reference}`);
  await fillOffer(second.page, "I have asked the booking team to add the date.", "Everybody in clinic");
  await offer(first.page, "The letter now has a line for the date.", "Everybody seen in acute medicine");

  second.expects(/status of 409/);
  await second.page.getByRole("button", { name: "Offer to the other side" }).click();
  const panel = second.page.getByRole("region", { name: "Somebody else was first" });
  await panel.getByText("Dr Sam Adeyemi offered an outcome while you were writing").waitFor();
  await panel.getByText("The letter now has a line for the date.").waitFor();
  await panel.getByText("I have asked the booking team to add the date.").waitFor();
  await panel.getByRole("button", { name: "Add mine as a reply" }).click();
  await first.page.getByRole("article").filter({ hasText: "I have asked the booking team to add the date." }).waitFor();
  await panel.waitFor({ state: "detached" });
});

test("what somebody is writing in a form stays when the news of another's outcome arrives", async () => {
  const reference = await (await world.as("p-whitlow")).raise({
    about,
    body: "Nobody tells us when a clinic is cancelled.",
  });
  const first = await world.seat("p-adeyemi");
  const second = await world.seat("p-okafor");
  for (const each of [first, second]) {
    await each.open(`/issues/${reference}`);
    await live(each.page);
  }
  await fillOffer(second.page, "The booking team now rings the practice.", "All cancelled clinics");
  await offer(first.page, "Cancelled clinics are now sent by message.", "All practices in Wirral");
  await state(second.page, "Outcome offered");
  await second.page.getByText("The booking team now rings the practice.").first().waitFor();
});

async function offer(page: Page, changed: string, forWhom: string): Promise<void> {
  await fillOffer(page, changed, forWhom);
  await page.getByRole("button", { name: "Offer to the other side" }).click();
  await state(page, "Outcome offered");
}

async function fillOffer(page: Page, changed: string, forWhom: string): Promise<void> {
  await page.locator("summary", { hasText: "Offer an outcome" }).click();
  await page.getByRole("textbox", { name: "What has changed, or will from when?" }).fill(changed);
  await page.getByRole("textbox", { name: "For whom?" }).fill(forWhom);
}

/** Waits until the head of the thread says this state. */
async function state(page: Page, name: string): Promise<void> {
  await page.locator(".ct-issue-head .ct-chip", { hasText: name }).waitFor();
}

async function notice(page: Page, reference: string, words: string): Promise<void> {
  const notices = page.getByRole("region", { name: "Notices" });
  await notices.getByRole("listitem").filter({ hasText: reference }).filter({ hasText: words }).first().waitFor();
}

/** Unread notices as the rail counts them. */
async function unread(page: PersonAtBrowser["page"]): Promise<number> {
  const count = page.getByRole("navigation", { name: "Main", exact: true }).locator(".ct-count--new");
  return (await count.count()) === 0 ? 0 : Number.parseInt(await count.innerText(), 10);
}
