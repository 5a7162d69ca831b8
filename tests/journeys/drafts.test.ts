import { expect, test } from "vitest";
import { hydrated, live } from "../support/browser";
import { journeys } from "../support/journey";

const world = journeys();

const about = "RBL/RBL-acute-medicine";

test("a draft survives a reload, is asked about at sign-out, and is gone from the device afterwards", async () => {
  const gp = await world.seat("p-whitlow");
  await gp.open("/issues/new");
  const { page } = gp;
  const body = page.getByRole("textbox", { name: "What happened?" });
  await body.fill("The eye clinic changed its number and told nobody.");
  await page.getByText("Draft kept on this device").waitFor();
  const kept = await onDevice();
  expect(kept.length).toBe(1);
  expect(kept.join()).not.toContain("eye clinic");
  await page.reload();
  await page.getByText("Draft kept on this device").waitFor();
  expect(await body.inputValue()).toBe("The eye clinic changed its number and told nobody.");

  await gp.open("/sign-out");
  await page.getByText("You have 1 unsent text on this device").waitFor();
  await page.getByRole("link", { name: "Stay signed in" }).click();
  await page.getByRole("heading", { name: "What needs you" }).waitFor();
  await gp.open("/sign-out");
  await page.getByRole("button", { name: "Throw them away and sign out" }).click();
  await page.getByRole("heading", { name: "Who would you like to be?" }).waitFor();
  expect(await onDevice()).toEqual([]);

  await page.getByRole("button", { name: /Dr Eleanor Whitlow/ }).click();
  await page.getByRole("heading", { name: "What needs you" }).waitFor();
  await gp.open("/issues/new");
  expect(await body.inputValue()).toBe("");

  /** Everything kept in this browser, as text. */
  function onDevice(): Promise<string[]> {
    return page.evaluate(
      () =>
        new Promise<string[]>((resolve, reject) => {
          const opening = indexedDB.open("common-thread", 1);
          opening.onupgradeneeded = () => opening.result.createObjectStore("kept", { keyPath: ["person", "key"] });
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const reading = opening.result.transaction("kept").objectStore("kept").getAll();
            reading.onsuccess = () => {
              opening.result.close();
              resolve(reading.result.map((entry) => new TextDecoder().decode(entry.sealed)));
            };
          };
        }),
    );
  }
});

test("a reply being written comes back after a reload, and not for another person on the same device", async () => {
  const reference = await (await world.as("p-asante")).raise({ about, body: "The fax number on the letter is dead." });
  const owner = await world.seat("p-adeyemi");
  await owner.open(`/issues/${reference}`);
  const { page } = owner;
  const reply = page.getByRole("textbox", { name: "Reply" });
  await reply.fill("We stopped using it in March.");
  await page.getByText("Draft kept on this device").waitFor();
  await page.reload();
  await page.getByText("Draft kept on this device").waitFor();
  expect(await reply.inputValue()).toBe("We stopped using it in March.");

  await owner.context.request.post("/sign-in", { form: { person: "p-okafor" }, headers: { origin: world.server.url } });
  await owner.open(`/issues/${reference}`);
  await live(page);
  expect(await reply.inputValue()).toBe("");
});

test("offline the page says so and what is kept; back online it says that too", async () => {
  const gp = await world.seat("p-whitlow");
  gp.expects(/ERR_INTERNET_DISCONNECTED/);
  await gp.open("/issues/new");
  const { page } = gp;
  await live(page);
  await gp.context.setOffline(true);
  await page.getByText("You are offline.").waitFor();
  await page.getByRole("textbox", { name: "What happened?" }).fill("Written in the lift, without a network.");
  await page.getByText("Draft kept on this device").waitFor();
  await gp.context.setOffline(false);
  await page.getByText("Back online.").waitFor();
  await live(page);
  await page.reload();
  await hydrated(page);
  await page.getByText("Draft kept on this device").waitFor();
  expect(await page.getByRole("textbox", { name: "What happened?" }).inputValue()).toContain("in the lift");
});
