import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { axeViolations } from "../support/browser";
import { eventually } from "../support/eventually";
import { indexed, journeys } from "../support/journey";

const world = journeys();

/** Wide and narrow, light and dark: the same state of the page, looked at four times. Dark changes colours only. */
const looks = [
  { width: 1440, colorScheme: "light" },
  { width: 1440, colorScheme: "dark" },
  { width: 390, colorScheme: "light" },
  { width: 390, colorScheme: "dark" },
] as const;

/** What axe-core finds on the page as it stands, in every look. */
async function violations(page: Page, state: string): Promise<string[]> {
  const found: string[] = [];
  for (const { width, colorScheme } of looks) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    const rules = colorScheme === "dark" ? ["color-contrast", "link-in-text-block"] : undefined;
    for (const each of await axeViolations(page, rules)) found.push(`${state}, ${width} ${colorScheme}: ${each}`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  return found;
}

test("axe-core finds nothing wrong with the pages one reads", async () => {
  const found: string[] = [];
  const door = await world.door();
  await door.open("/sign-in");
  found.push(...(await violations(door.page, "sign-in")));
  const person = await world.seat("p-okafor");
  person.expects(/status of 404/);
  const pages = [
    "/",
    "/?org=1",
    "/issues",
    "/issues?view=table",
    "/issues?q=discharge+medicines",
    "/issues?q=zzzzzz",
    "/issues?category=DIS&state=new",
    "/inbox?show=all",
    "/help",
    "/more",
    "/sign-out",
    "/issues/CT-00000",
  ];
  for (const each of pages) {
    await person.open(each);
    found.push(...(await violations(person.page, each)));
  }
  const reader = await world.seat("p-mbatha");
  await reader.open("/issues/new");
  found.push(...(await violations(reader.page, "raise, for a reader")));
  expect(found).toEqual([]);
});

test("axe-core finds nothing wrong with raising: empty, with help, with an identifier, with things to put right", async () => {
  const found: string[] = [];
  const known = "Discharge summary reaches us late and the medicines are not reconciled.";
  await indexed(
    await world.as("p-asante"),
    await (await world.as("p-asante")).raise({ about: "RBL", body: known }),
    known,
  );
  const gp = await world.seat("p-whitlow");
  gp.expects(/status of 422/);
  await gp.open("/issues/new");
  const { page } = gp;
  found.push(...(await violations(page, "raise")));
  await page.getByRole("combobox", { name: "Which service is it about?" }).fill("cardio");
  await page.getByRole("option").first().waitFor();
  found.push(...(await violations(page, "raise, choosing")));
  await page.getByRole("option").first().click();
  await page
    .getByRole("textbox", { name: "What happened?" })
    .fill("Discharge summary arrived late and the medicines were not reconciled.");
  await page.getByRole("region", { name: "Already known?" }).getByRole("article").first().waitFor();
  await page.getByText(/^Goes to/).waitFor();
  await page.getByRole("radio", { name: "Severe" }).check();
  await page.locator("summary", { hasText: "Us too" }).first().click();
  found.push(...(await violations(page, "raise, with help")));
  await page.getByRole("textbox", { name: "What happened?" }).fill("The letter for 943 476 5919 came late.");
  await page.locator("summary", { hasText: "It is something else" }).click();
  found.push(...(await violations(page, "raise, with an identifier")));
  await page.getByRole("textbox", { name: "What happened?" }).fill("");
  await page.getByRole("button", { name: /^Send/ }).click();
  await page.getByRole("alert").first().waitFor();
  found.push(...(await violations(page, "raise, to put right")));
  expect(found).toEqual([]);
});

test("axe-core finds nothing wrong with a thread as it is worked on, offered, disputed and resolved", async () => {
  const found: string[] = [];
  const gp = await world.as("p-whitlow");
  const reference = await gp.raise({
    about: "RBL/RBL-acute-medicine",
    body: "Letters name a ward that is closed.",
    harm: "moderate",
  });
  await (await world.as("p-tranter")).do(reference, "join", { context: "The same here." });
  const owner = await world.seat("p-adeyemi");
  owner.expects(/status of (409|422)/);
  await owner.open(`/issues/${reference}`);
  const { page } = owner;
  await page.getByText("Both sides write here").waitFor();
  await page.locator(".ct-note[role=textbox]").click();
  await page.keyboard.type("Compare 943 476 5919 with the list.");
  for (const words of ["Send on to another post", "Decline, and say why", "Offer an outcome", "Add an action"]) {
    await page.locator("summary", { hasText: words }).click();
  }
  found.push(...(await violations(page, "thread, all forms open")));
  await page.getByRole("button", { name: "Decline", exact: true }).click();
  await page.getByRole("alert").first().waitFor();
  found.push(...(await violations(page, "thread, to put right")));

  const sam = await world.as("p-adeyemi");
  await sam.do(reference, "accept");
  await sam.do(reference, "reply", { text: "We are looking at it.", audience: "shared" });
  await sam.do(reference, "reply", { text: "Ask the clerk.", audience: "internal" });
  await sam.do(reference, "action", { text: "Correct the list", owner: "p-adeyemi", dueOn: "2099-01-05" });
  await eventually(async () => (await gp.get(`/issues/${reference}`)).text.includes("started work"));
  await owner.open(`/issues/${reference}`);
  await page.locator("summary", { hasText: "Offer an outcome" }).click();
  await page.getByRole("textbox", { name: "What has changed, or will from when?" }).fill("The list is corrected.");
  await page.getByRole("textbox", { name: "For whom?" }).fill("All practices");
  await (await world.as("p-okafor")).do(reference, "offer", {
    changed: "The list is right.",
    forWhom: "All practices",
  });
  await page.locator(".ct-issue-head .ct-chip", { hasText: "Outcome offered" }).waitFor();
  await page.getByRole("button", { name: "Offer to the other side" }).click();
  await page.getByRole("region", { name: "Somebody else was first" }).waitFor();
  found.push(...(await violations(page, "thread, somebody else was first")));

  const raiser = await world.seat("p-whitlow");
  await raiser.open(`/issues/${reference}`);
  await raiser.page.locator("summary", { hasText: "Disagree, and say why" }).click();
  found.push(...(await violations(raiser.page, "thread, to answer")));
  await gp.do(reference, "answer", { answer: "agree" });
  await raiser.open(`/issues/${reference}`);
  found.push(...(await violations(raiser.page, "thread, resolved")));
  expect(found).toEqual([]);
});
