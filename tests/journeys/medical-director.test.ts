import { expect, test } from "vitest";
import { live } from "../support/browser";
import { journeys } from "../support/journey";

const world = journeys();

test("a GP in Cheshire reaches the medical director of a specialist trust in Liverpool, who answers", async () => {
  const gp = await world.seat("p-whitlow");
  await gp.open("/issues/new");
  const { page } = gp;
  await page.getByRole("combobox", { name: "Which service is it about?" }).fill("walton centre");
  await page
    .getByRole("option", { name: /^The Walton Centre/ })
    .first()
    .click();
  await page
    .getByRole("textbox", { name: "What happened?" })
    .fill("Clinic letters ask us to start a second-line epilepsy drug, with no shared care agreement for it.");
  await page.getByRole("radio", { name: "Another kind" }).check();
  await page
    .getByRole("combobox", { name: "All kinds" })
    .selectOption({ label: "Inappropriate transfer of work to GP" });
  await page.getByRole("radio", { name: "No harm" }).check();
  await page.getByText(/^Goes to Zoe Yardley, Interface lead/i).waitFor();
  await page.getByRole("button", { name: /^Send to the/ }).click();
  await page.waitForURL(/\/issues\/CT-\w{5}$/);
  const reference = page.url().slice(-8);

  const director = await world.seat("p-maddocks");
  await director.open("/");
  await live(director.page);
  const overseer = await world.seat("p-osei");
  await overseer.open(`/issues/${reference}`);
  await overseer.page.getByRole("link", { name: "Send on" }).click();
  await overseer.page
    .getByRole("combobox", { name: "Who should have this?" })
    .selectOption({ label: "Medical director: Dr Catrin Maddocks" });
  await overseer.page
    .getByRole("textbox", { name: "Why does it belong there?" })
    .fill("Only the medical director can settle who prescribes it.");
  await overseer.page.getByRole("button", { name: "Send on" }).click();
  await overseer.page.getByText("sent this on to Dr Catrin Maddocks").first().waitFor();

  const needsYou = director.page.getByRole("region", { name: "Do next" });
  await needsYou.getByRole("link", { name: `Accept: ${reference}` }).click();
  await director.page.waitForURL(`**/issues/${reference}`);
  await director.page.getByText("Only the medical director can settle who prescribes it.").first().waitFor();
  await director.page.getByRole("button", { name: "Accept" }).click();
  await director.page
    .getByRole("textbox", { name: "Reply" })
    .fill("We will prescribe until the agreement is signed. Thank you for telling us.");
  await director.page.getByRole("button", { name: "Send to both sides" }).click();
  await page.getByText("We will prescribe until the agreement is signed.").first().waitFor();
  await page.locator(".ct-issue-head .ct-chip", { hasText: "In progress" }).waitFor();
  expect(await page.locator(".ct-issue-head").getByText("Dr Catrin Maddocks, Medical director").count()).toBe(1);
});
