import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { journeys } from "../support/journey";

const world = journeys();

/** A valid NHS number of the kind used in examples. */
const number = "943 476 5919";
const about = "RBL/RBL-acute-medicine";
const stopped = "Take out the NHS number before you send";

test("an NHS number stops raising, is shown, and the issue goes once it is taken out", async () => {
  const gp = await world.seat("p-whitlow");
  await gp.open("/issues/new?about=RBL/RBL-acute-medicine");
  const { page } = gp;
  const sent: string[] = [];
  page.on("request", (request) => sent.push(request.postData() ?? ""));
  const body = page.getByRole("textbox", { name: "What happened?" });
  await body.fill(`The summary for ${number} came late and without the bloods.`);
  await page
    .getByRole("radio", { name: "Another kind" })
    .or(page.getByRole("combobox", { name: "All kinds" }))
    .first()
    .waitFor();
  await chooseKind(page);
  await page.getByRole("radio", { name: "No harm" }).check();
  await page.getByRole("button", { name: /^Send/ }).click();
  await shows(page.getByRole("main"));
  expect(page.url()).toContain("/issues/new");
  expect(sent.join("\n")).not.toMatch(/943.{0,3}476.{0,3}5919/);

  await page.getByRole("button", { name: "Take it out" }).click();
  expect(await body.inputValue()).toBe("The summary for came late and without the bloods.");
  await page.getByRole("button", { name: /^Send/ }).click();
  await page.waitForURL(/\/issues\/CT-\w{5}$/);
});

test("raised with a declaration and its reason, the number goes and stays as it was written", async () => {
  const gp = await world.seat("p-whitlow");
  await gp.open("/issues/new?about=RBL/RBL-acute-medicine");
  const { page } = gp;
  await page
    .getByRole("textbox", { name: "What happened?" })
    .fill(`Order ${number} for dressings was sent to us by mistake.`);
  await chooseKind(page);
  await page.getByRole("radio", { name: "No harm" }).check();
  await declare(page.getByRole("main"), "It is an order number of the supplier");
  await page.getByRole("button", { name: /^Send/ }).click();
  await page.waitForURL(/\/issues\/CT-\w{5}$/);
  await page.getByText(`Order ${number} for dressings`).first().waitFor();
});

test("us too, replies, outcomes and actions stop at an NHS number too, and go when it is declared or taken out", async () => {
  const reference = await (await world.as("p-whitlow")).raise({ about, body: "Dressings are ordered through us." });
  const manager = await world.seat("p-tranter");
  await manager.open(`/issues/${reference}`);
  const { page } = manager;
  await page.locator("summary", { hasText: "Us too" }).click();
  const joining = page.getByRole("form", { name: "Us too" });
  await stops(joining, "How does it show at your organisation?", "Join this issue");
  await declare(joining, "Our own stock number");
  await joining.getByRole("button", { name: "Join this issue" }).click();
  await posted(page, "Written with 943 476 5919 in it").waitFor();

  const owner = await world.seat("p-adeyemi");
  await owner.open(`/issues/${reference}`);
  const reply = owner.page.getByRole("form", { name: "Reply" });
  await stops(reply, "Reply", "Send to both sides");
  await declare(reply, "A delivery note");
  await reply.getByRole("button", { name: "Send to both sides" }).click();
  await posted(owner.page, "Written with 943 476 5919 in it").nth(1).waitFor();

  await owner.page.locator("summary", { hasText: "Add an action" }).click();
  const action = owner.page.getByRole("form", { name: "Add an action" });
  await stops(action, "What is to be done?", "Add");
  await action.getByRole("button", { name: "Take it out" }).click();
  await action.getByRole("combobox", { name: "Who does it?" }).selectOption({ index: 1 });
  await action.getByLabel("By which day?").fill("2030-01-15");
  await action.getByRole("button", { name: "Add" }).click();
  await owner.page.getByRole("button", { name: "Mark as done: Written with in it" }).waitFor();

  await owner.page.locator("summary", { hasText: "Offer an outcome" }).click();
  const offer = owner.page.getByRole("form", { name: "Offer an outcome" });
  await offer.getByRole("textbox", { name: "For whom?" }).fill("All practices");
  await stops(offer, "What has changed, or will from when?", "Offer to the other side");
  await offer.getByRole("button", { name: "Take it out" }).click();
  await offer.getByRole("button", { name: "Offer to the other side" }).click();
  await owner.page.locator(".ct-issue-head .ct-chip", { hasText: "Outcome offered" }).waitFor();
});

test("in the working note a number stays on the writer's screen until it is taken out or declared", async () => {
  const reference = await (await world.as("p-whitlow")).raise({
    about,
    body: "Order numbers differ between the two lists.",
  });
  const gp = await world.seat("p-whitlow");
  const owner = await world.seat("p-adeyemi");
  for (const each of [gp, owner]) {
    await each.open(`/issues/${reference}`);
    await note(each.page).getByText("Both sides write here").waitFor();
  }
  const text = (page: Page) => note(page).getByRole("textbox", { name: "Working note" });
  await text(gp.page).click();
  await gp.page.keyboard.type(`Compare ${number} with the list.`);
  await note(gp.page).getByText("Not sent: looks like a patient’s NHS number").first().waitFor();
  await note(gp.page).getByRole("alert").getByText(number).waitFor();
  // What the other writes arrives all the same, and only that.
  await text(owner.page).click();
  await owner.page.keyboard.press("Control+Home");
  await owner.page.keyboard.type("The ward keeps its own list. ");
  await text(gp.page).getByText("The ward keeps its own list.").waitFor();
  expect(await text(owner.page).innerText()).not.toContain("5919");

  await note(gp.page).getByRole("button", { name: "Take it out" }).click();
  await text(owner.page)
    .getByText("Compare with the list.")
    .or(text(owner.page).getByText("Compare  with the list."))
    .waitFor();
  await text(gp.page).click();
  await gp.page.keyboard.press("Control+End");
  await gp.page.keyboard.type(` Order ${number}.`);
  await note(gp.page).locator("summary", { hasText: "It is something else" }).click();
  await note(gp.page)
    .getByRole("textbox", { name: /^What is it\?/ })
    .fill("An order number");
  await note(gp.page).getByRole("button", { name: "Keep it, with this reason" }).click();
  await text(owner.page).getByText(`Order ${number}.`).waitFor();
  await note(gp.page)
    .getByText(/^Saved/)
    .waitFor();
});

const note = (page: Page) => page.getByRole("region", { name: "Working note" });
const posted = (page: Page, words: string) => page.getByRole("article").filter({ hasText: words });

/** Writes the number into a field and presses the button: nothing is sent, and the number is shown. */
async function stops(form: Locator, field: string, button: string): Promise<void> {
  await form.getByRole("textbox", { name: field }).fill(`Written with ${number} in it`);
  await form.getByRole("button", { name: button, exact: true }).click();
  await shows(form);
}

async function shows(part: Locator): Promise<void> {
  await part.getByText(stopped).first().waitFor();
  await part.getByText("This looks like a patient’s NHS number: “").waitFor();
  await part.locator(".ct-span", { hasText: number }).waitFor();
}

async function declare(part: Locator, reason: string): Promise<void> {
  await part.locator("summary", { hasText: "It is something else" }).click();
  await part.getByRole("textbox", { name: /^What is it\?/ }).fill(reason);
}

/** From the whole list, whether or not kinds are suggested already. */
async function chooseKind(page: Page): Promise<void> {
  const other = page.getByRole("radio", { name: "Another kind" });
  if (await other.isVisible()) await other.check();
  await page.getByRole("combobox", { name: "All kinds" }).selectOption({ label: "Summary late or missing" });
}
