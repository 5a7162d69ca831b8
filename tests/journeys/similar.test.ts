import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { axeViolations, live, sidewaysScroll } from "../support/browser";
import { eventually } from "../support/eventually";
import { indexed, journeys } from "../support/journey";

const world = journeys();

const about = "RBL/RBL-acute-medicine";
const similarOn = (page: Page) => page.getByRole("region", { name: "Similar issues" });
const duplicatesOn = (page: Page) => page.getByRole("region", { name: /^Duplicate/ });

/** Bytes of what is kept in this browser, sealed: as many as of the text. */
function kept(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open("common-thread", 1);
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction("kept").objectStore("kept").getAll();
          reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result.reduce((sum, entry) => sum + entry.sealed.byteLength, 0));
          };
        };
      }),
  );
}

/** Presses Tab until the focus is on what is named so. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press("Tab");
    const words = await page.evaluate(() => document.activeElement?.textContent ?? "");
    if (typeof name === "string" ? words === name : name.test(words)) return;
  }
  throw new Error(`the focus never reached ${name}`);
}

test("an interface lead records a duplicate with the keyboard, both threads show it, and it is taken back with a reason", async () => {
  const raman = await world.as("p-raman");
  const original = await raman.raise({
    about,
    body: "Warfarin dosing letters from the anticoagulant clinic reach us four days after the blood test, so the patient has already taken the wrong dose.",
    harm: "low",
  });
  const duplicate = await (await world.as("p-asante")).raise({
    about,
    body: "The anticoagulant clinic's dosing letters for warfarin arrive four days after the blood test. By then the wrong dose has been taken.",
    harm: "severe",
  });
  await indexed(raman, original, "warfarin dosing letters");
  await indexed(raman, duplicate, "warfarin dosing letters");
  const lead = await world.seat("p-okafor");
  const raiser = await world.seat("p-raman");
  await raiser.open(`/issues/${original}`);
  await live(raiser.page);
  const { page } = lead;
  await eventually(async () => {
    await lead.open(`/issues/${duplicate}`);
    return similarOn(page).getByText(original, { exact: true }).isVisible();
  }, 60_000);
  expect(
    await similarOn(page)
      .getByText(/Both say: .*(warfarin|anticoagulant)/)
      .first()
      .isVisible(),
  ).toBe(true);
  expect(await similarOn(page).getByRole("article").count()).toBeLessThanOrEqual(5);
  await tabTo(page, `Record as a duplicate of ${original}`);
  await page.keyboard.press("Enter");
  await duplicatesOn(page).getByText(original, { exact: true }).waitFor();
  const head = page.locator(".ct-issue-head");
  expect(await head.getByText("Graded higher here:").isVisible()).toBe(true);
  expect(await head.getByText("Severe harm").first().isVisible()).toBe(true);
  expect(await head.getByText("New", { exact: true }).isVisible()).toBe(true);
  await page.getByText(`recorded this as a duplicate of ${original}`).first().waitFor();
  expect(await axeViolations(page)).toEqual([]);

  await duplicatesOn(raiser.page).getByText(duplicate, { exact: true }).waitFor();
  expect(await duplicatesOn(raiser.page).getByText("Graded higher there:").isVisible()).toBe(true);
  await lead.open(`/issues?q=${duplicate}`);
  await page.getByText(`Duplicate of ${original}`).first().waitFor();

  await lead.open(`/issues/${duplicate}`);
  await tabTo(page, "Not a duplicate");
  await page.keyboard.press("Enter");
  await tabTo(page, "");
  await page.keyboard.type("Another clinic, and another letter.");
  await tabTo(page, "Take it back");
  await page.keyboard.press("Enter");
  await page.getByText("Another clinic, and another letter.").first().waitFor();
  await duplicatesOn(page).waitFor({ state: "detached" });
  await duplicatesOn(raiser.page).waitFor({ state: "detached" });
});

test("“not the same” in the composer comes back with the draft, and holds on the thread once it is sent", async () => {
  const known = await (await world.as("p-raman")).raise({
    about,
    body: "Hearing aid batteries: audiology sends housebound patients to collect them from our reception.",
  });
  await indexed(await world.as("p-whitlow"), known, "hearing aid batteries");
  const gp = await world.seat("p-whitlow");
  const { page } = gp;
  await gp.open("/issues/new");
  await page.getByRole("combobox", { name: "Which service is it about?" }).fill("acute medicine wirral");
  await page.getByRole("option", { name: "Acute medicine" }).first().click();
  await page
    .getByRole("textbox", { name: "What happened?" })
    .fill("Hearing aid batteries for housebound patients are left at our reception by audiology, to be collected.");
  const panel = page.getByRole("region", { name: "Already known?" });
  await panel.getByText(known, { exact: true }).waitFor();
  await page.getByText("Draft kept on this device").waitFor();
  const before = await kept(page);
  await panel
    .getByRole("article")
    .filter({ hasText: known })
    .getByRole("button", { name: /^Not the same/ })
    .click();
  await panel.getByText("Not the same: 1").waitFor();
  await panel.getByText(known, { exact: true }).waitFor({ state: "detached" });
  await eventually(async () => (await kept(page)) >= before + known.length);

  await gp.open("/issues/new");
  await panel.getByText("Not the same: 1").waitFor();
  await panel.getByRole("button", { name: "Show it again" }).click();
  await panel.getByText(known, { exact: true }).waitFor();
  await panel
    .getByRole("article")
    .filter({ hasText: known })
    .getByRole("button", { name: /^Not the same/ })
    .click();
  await panel.getByText("Not the same: 1").waitFor();
  const kinds = page.getByRole("group", { name: "What kind of issue is it?" });
  // Whatever is suggested: the whole list is one step away.
  if ((await kinds.getByRole("radio").count()) > 0) await kinds.getByRole("radio", { name: "Another kind" }).check();
  await kinds.getByRole("combobox").selectOption("DIS.1");
  await page.getByRole("radio", { name: "No harm" }).check();
  await page.getByRole("button", { name: /^Send to the/ }).click();
  await page.waitForURL(/\/issues\/CT-\w{5}$/);

  const similar = similarOn(page);
  await similar.getByText("Not the same: 1").click();
  await similar.getByText(`${known}, said by you`).waitFor();
  await similar.getByRole("button", { name: /^Take it back/ }).click();
  await similar.getByText("Not the same: 1").waitFor({ state: "detached" });
});

test("similar issues fit on a phone, with what was put aside and the form for another reference open", async () => {
  const body = "Insulin pens are changed at discharge without a word to us, so the patient has two kinds at home.";
  const [one, two] = [
    await (await world.as("p-raman")).raise({ about, body }),
    await (await world.as("p-asante")).raise({ about, body: `${body} It happens every week.` }),
  ];
  const lead = await world.seat("p-okafor", { width: 390, height: 844 });
  await indexed(await world.as("p-okafor"), one, "insulin pens discharge");
  const { page } = lead;
  await eventually(async () => {
    await lead.open(`/issues/${two}`);
    return similarOn(page).getByText(one, { exact: true }).isVisible();
  }, 60_000);
  await similarOn(page)
    .getByRole("article")
    .filter({ hasText: one })
    .getByRole("button", { name: /^Not the same/ })
    .click();
  await similarOn(page).getByText("Not the same: 1").click();
  await similarOn(page).getByText("Record as a duplicate of another issue").click();
  await page.getByRole("textbox", { name: "Reference of the other issue" }).fill("CT-00000");
  await page.getByRole("button", { name: "Record as a duplicate", exact: true }).click();
  await page.getByText("There is no such issue, or you cannot see it").first().waitFor();
  lead.expects(/status of 422/);
  expect(await sidewaysScroll(page)).toBe(0);
  expect(await axeViolations(page)).toEqual([]);
});
