import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { live } from "../support/browser";
import { eventually } from "../support/eventually";
import { journeys } from "../support/journey";

const world = journeys();

const about = "RBL/RBL-acute-medicine";

test("a reply stands on the other screen within a second, and that somebody writes it is seen before", async () => {
  const reference = await (await world.as("p-whitlow")).raise({ about, body: "Ward phone rings out every afternoon." });
  const gp = await world.seat("p-whitlow");
  const owner = await world.seat("p-adeyemi");
  await gp.open(`/issues/${reference}`);
  await owner.open(`/issues/${reference}`);
  await Promise.all([here(gp.page, "Dr Sam Adeyemi"), here(owner.page, "Dr Eleanor Whitlow")]);

  const took: number[] = [];
  for (const words of [
    "The ward clerk left in May.",
    "A new number starts on Monday.",
    "We have told the switchboard.",
  ]) {
    const field = owner.page.getByRole("textbox", { name: "Reply" });
    await field.pressSequentially(words);
    await gp.page.getByText("Dr Sam Adeyemi is writing a reply").waitFor();
    const shownAt = whenShown(gp.page, words);
    const sentAt = pressedAt(owner.page);
    await owner.page.getByRole("button", { name: "Send to both sides" }).click();
    took.push((await shownAt) - (await sentAt));
    await gp.page.getByText("is writing a reply").waitFor({ state: "detached" });
    await eventually(async () => (await field.inputValue()) === "");
  }
  took.sort((a, b) => a - b);
  expect(took[1]).toBeLessThan(1_000);
});

test("an internal note is seen by one's own organisation, and is not even in the data of the other side's page", async () => {
  const secret = "Between us: the rota has a gap on Thursdays.";
  const raiser = await world.as("p-whitlow");
  const reference = await raiser.raise({ about, body: "Nobody answers the acute medicine bleep on Thursdays." });
  const [gp, writer, colleague] = await Promise.all([
    world.seat("p-whitlow"),
    world.seat("p-adeyemi"),
    world.seat("p-okafor"),
  ]);
  for (const each of [gp, writer, colleague]) await each.open(`/issues/${reference}`);
  await Promise.all([here(gp.page, "Dr Sam Adeyemi"), here(colleague.page, "Dr Sam Adeyemi")]);

  await writer.page.getByText("Internal note", { exact: true }).click();
  await writer.page.getByText("Only Wirral University Teaching Hospital").waitFor();
  await writer.page.getByRole("textbox", { name: "Internal note" }).fill(secret);
  expect(await gp.page.getByText("is writing a reply").count()).toBe(0);
  await writer.page.getByRole("button", { name: "Add for your trust only" }).click();
  const note = colleague.page.getByRole("article").filter({ hasText: secret });
  await note.getByText("Internal note: only your trust sees this").waitFor();

  // A shared reply after it reaches the other side: by then the note would have, too.
  await writer.page.getByText("Shared reply", { exact: true }).click();
  await writer.page.getByRole("textbox", { name: "Reply" }).fill("We are looking into Thursdays.");
  await writer.page.getByRole("button", { name: "Send to both sides" }).click();
  await gp.page.getByText("We are looking into Thursdays.").first().waitFor();
  expect(await gp.page.content()).not.toContain("the rota has a gap");
  for (const path of [`/issues/${reference}`, `/issues/${reference}.data`, "/", "/inbox?show=all"]) {
    expect((await raiser.get(path)).text).not.toContain("the rota has a gap");
  }
});

/** Waits until another person is said to be here. */
async function here(page: Page, name: string): Promise<void> {
  await live(page);
  await page
    .getByText(new RegExp(`${name}.* (is|are) here|${name} and you are here`))
    .first()
    .waitFor();
}

/** When words appear in the thread of a page, in milliseconds since 1970 by that page's own clock. */
function whenShown(page: Page, words: string): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = () => {
          const posts = [...document.querySelectorAll(".ct-post__text")];
          if (!posts.some((post) => post.textContent?.includes(wanted))) return;
          watcher.disconnect();
          resolve(performance.timeOrigin + performance.now());
        };
        const watcher = new MutationObserver(look);
        watcher.observe(document.body, { subtree: true, childList: true, characterData: true });
        look();
      }),
    words,
  );
}

/** When the next form of a page is sent. */
function pressedAt(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const sent = () => resolve(performance.timeOrigin + performance.now());
        document.addEventListener("submit", sent, { once: true, capture: true });
      }),
  );
}
