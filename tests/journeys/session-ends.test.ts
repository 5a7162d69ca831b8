import { expect, test } from "vitest";
import { hydrated } from "../support/browser";
import { journeys } from "../support/journey";

const world = journeys();
const words = "The summary came after the first appointment.";

test("a session that ends while an issue is written leads to signing in, back to the form, and to the words", async () => {
  const { page, context, open } = await world.seat("p-whitlow");
  await open("/issues/new?about=RBL");
  await page.fill("[name=body]", words);
  await page.getByLabel("No harm").check();
  await page.locator("select").selectOption({ index: 3 });
  await page.getByText("Draft kept on this device").waitFor();
  // Help has come: nothing on the page moves any more under the button.
  await page.getByText(/^Goes to/).waitFor();
  await context.clearCookies({ name: "common-thread" });
  await page.getByRole("button", { name: /^Send/ }).click();
  await page.getByRole("button", { name: /Eleanor Whitlow/ }).click();
  await page.waitForURL("**/issues/new?about=RBL");
  await expect.poll(() => page.inputValue("[name=body]")).toBe(words);
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
