import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { journeys } from "../support/journey";

const world = journeys();

test("both sides write in one note, with each other's cursor in sight, and it is saved", async () => {
  const raiser = await world.as("p-whitlow");
  const reference = await raiser.raise({
    about: "RBL/RBL-acute-medicine",
    body: "Who books the repeat blood test is unclear.",
  });
  const gp = await world.seat("p-whitlow");
  const owner = await world.seat("p-adeyemi");
  for (const each of [gp, owner]) {
    await each.open(`/issues/${reference}`);
    await note(each.page).getByText("Both sides write here").waitFor();
  }
  await write(gp.page, "The practice checks potassium at one week. ");
  await text(owner.page).getByText("checks potassium at one week").waitFor();
  await write(owner.page, "The ward books it before the patient leaves.");
  await text(gp.page).getByText("The ward books it before the patient leaves.").waitFor();
  await gp.page.locator(".ct-caret", { hasText: "Dr Sam Adeyemi" }).waitFor();
  await owner.page.locator(".ct-caret", { hasText: "Dr Eleanor Whitlow" }).waitFor();
  for (const each of [gp, owner])
    await note(each.page)
      .getByText(/^Saved/)
      .waitFor();
  expect(await words(gp.page)).toBe(await words(owner.page));

  const third = await raiser.get(`/issues/${reference}`);
  expect(third.text).toContain("The ward books it before the patient leaves.");
});

test("cut off, a note says so and keeps the words on the device; they go out when the network is back", async () => {
  const raiser = await world.as("p-whitlow");
  const reference = await raiser.raise({
    about: "RBL/RBL-acute-medicine",
    body: "Echo requests come back without a reason.",
  });
  const gp = await world.seat("p-whitlow");
  const owner = await world.seat("p-adeyemi");
  gp.expects(/ERR_INTERNET_DISCONNECTED/);
  for (const each of [gp, owner]) {
    await each.open(`/issues/${reference}`);
    await note(each.page).getByText("Both sides write here").waitFor();
  }
  await write(gp.page, "Before the cut. ");
  await text(owner.page).getByText("Before the cut.").waitFor();
  await note(gp.page)
    .getByText(/^Saved/)
    .waitFor();

  await gp.context.setOffline(true);
  await note(gp.page).getByText("Not connected").first().waitFor();
  await write(gp.page, "Written without a network. ");
  await note(gp.page)
    .getByText(/Not connected, .* kept on this device/)
    .first()
    .waitFor();
  await write(owner.page, "Written meanwhile.");
  await note(owner.page)
    .getByText(/^Saved/)
    .waitFor();
  expect(await words(owner.page)).not.toContain("without a network");

  await gp.context.setOffline(false);
  for (const each of [gp, owner]) {
    await text(each.page).getByText("Written without a network.").waitFor();
    await text(each.page).getByText("Written meanwhile.").waitFor();
    await note(each.page)
      .getByText(/^Saved/)
      .waitFor();
  }
  expect(await words(gp.page)).toBe(await words(owner.page));
});

const note = (page: Page) => page.getByRole("region", { name: "Working note" });
const text = (page: Page) => note(page).getByRole("textbox", { name: "Working note" });

/** The note's words, without the names at others' cursors. */
function words(page: Page): Promise<string> {
  return text(page).evaluate((editor) => {
    const copy = editor.cloneNode(true) as HTMLElement;
    for (const caret of copy.querySelectorAll(".ct-caret, .ProseMirror-separator, br")) caret.remove();
    return copy.textContent?.replaceAll("\u2060", "") ?? "";
  });
}

/** Types at the end of the note, as a person does. */
async function write(page: Page, typed: string): Promise<void> {
  await text(page).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(typed);
}
