import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { live, type PersonAtBrowser } from "../support/browser";
import { indexed, journeys } from "../support/journey";

const world = journeys();

test("a GP raises an issue with its like in sight, knows where it goes, and the owner sees it come and accepts", async () => {
  const known = await (await world.as("p-raman")).raise({
    about: "RBL/RBL-acute-medicine",
    body: "Discharge summary reached us nine days after the patient left the acute medical unit, and the new anticoagulant was stopped meanwhile.",
    kind: "DIS.1",
  });
  await indexed(await world.as("p-whitlow"), known, "anticoagulant stopped meanwhile");
  const gp = await world.seat("p-whitlow");
  const owner = await world.seat("p-adeyemi");
  await owner.open("/issues");
  await live(owner.page);
  await gp.open("/issues/new");
  const { page } = gp;

  expect(await page.getByText("Ring the ward or service").isVisible()).toBe(true);
  expect(await page.getByRole("radio", { checked: true }).evaluateAll((all) => all.map((each) => each.id))).toEqual([
    "visibility",
  ]);
  await page.getByRole("combobox", { name: "Which service is it about?" }).fill("acute medicine wirral");
  await page.getByRole("option", { name: "Acute medicine" }).first().click();
  await page
    .getByRole("textbox", { name: "What happened?" })
    .fill(
      "The discharge summary from the acute medical unit came ten days late, so a new anticoagulant was not continued.",
    );

  const similar = page.getByRole("region", { name: "Already known?" });
  await similar.getByText(known, { exact: true }).waitFor();
  expect(await similar.getByRole("article").count()).toBeLessThanOrEqual(3);
  const other = similar.getByRole("article").filter({ hasNotText: known }).first();
  const put = (await other.count()) > 0 ? other : similar.getByRole("article").first();
  const aside = await put.locator(".ct-ref").textContent();
  await put.getByRole("button", { name: /^Not the same/ }).click();
  await similar.getByText(aside ?? "", { exact: true }).waitFor({ state: "detached" });
  const goes = page.getByText(/^Goes to Dr Sam Adeyemi/);
  await goes.waitFor();
  expect(await page.getByText("because this post answers for").isVisible()).toBe(true);
  const kinds = page.getByRole("group", { name: "What kind of issue is it?" });
  await kinds.getByText("Suggested from your words").waitFor();
  expect(await kinds.getByRole("radio", { checked: true }).count()).toBe(0);
  expect(
    await page.getByRole("group", { name: "Was anyone harmed?" }).getByRole("radio", { checked: true }).count(),
  ).toBe(0);

  await page.getByRole("button", { name: /^Send/ }).click();
  await page.getByRole("alert").getByText("Choose the kind of issue").waitFor();
  gp.expects(/status of 422/);
  await kinds.getByRole("radio").first().check();
  await page.getByRole("radio", { name: "Moderate" }).check();
  await page.getByText("Record moderate harm or worse in LFPSE too").waitFor();
  await page.getByRole("radio", { name: "Not known yet" }).check();
  await page.getByRole("button", { name: /^Send to the/ }).click();
  await page.waitForURL(/\/issues\/CT-\w{5}$/);
  const reference = page.url().slice(-8);
  await page.getByText("so a new anticoagulant was not continued").first().waitFor();

  await showNews(owner);
  await owner.page.getByRole("article").filter({ hasText: reference }).getByRole("link").click();
  await owner.page.getByRole("button", { name: "Accept" }).click();
  await page.getByText("accepted this issue").first().waitFor();
  expect(await page.locator(".ct-issue-head").getByText("Accepted").first().isVisible()).toBe(true);
});

test("another practice says “us too” from the raise page, and stands in the thread with its line of context", async () => {
  const known = await (await world.as("p-asante")).raise({
    about: "RBL/RBL-ophthalmology",
    body: "Patients discharged from the eye clinic are told to collect a further supply of glaucoma drops from us the same day, without any letter.",
    kind: "MED.3",
  });
  await indexed(await world.as("p-tranter"), known, "glaucoma drops same day");
  const raiser = await world.seat("p-asante");
  await raiser.open(`/issues/${known}`);
  await live(raiser.page);
  const manager = await world.seat("p-tranter");
  await manager.open("/issues/new");
  const { page } = manager;
  await page
    .getByRole("textbox", { name: "What happened?" })
    .fill(
      "Glaucoma drops: the eye clinic tells patients to collect a further supply from us the same day, with no letter.",
    );
  const like = page.getByRole("article").filter({ hasText: known });
  await like.getByText("Us too", { exact: true }).click();
  await like
    .getByRole("textbox", { name: /How does it show at Boughton/ })
    .fill("Twice a week at our branch, always on a Friday afternoon.");
  await like.getByRole("button", { name: `Join ${known}` }).click();
  await page.waitForURL(`**/issues/${known}`);

  for (const each of [page, raiser.page]) {
    const post = each.getByRole("article").filter({ hasText: "always on a Friday afternoon" });
    await post.getByText("Us too").waitFor();
    await who(each)
      .getByText(/Boughton Medical Group/i)
      .waitFor();
  }
  await manager.open("/issues/new");
  expect(await page.getByRole("textbox", { name: "What happened?" }).inputValue()).not.toContain("Friday");
});

function who(page: Page) {
  return page.getByRole("region", { name: "Who reported it" });
}

/** The board says that something new came, and shows it when asked. */
async function showNews({ page }: PersonAtBrowser): Promise<void> {
  await page.getByRole("button", { name: /new issues?: show/ }).click();
}
