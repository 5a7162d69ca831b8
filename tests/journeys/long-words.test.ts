import { expect, test } from "vitest";
import { sidewaysScroll } from "../support/browser";
import { indexed, journeys } from "../support/journey";

const world = journeys();
const word = "Pneumonoultramicroscopicsilicovolcanoconiosis".repeat(6);

test.each([1440, 390, 320])(
  "at %i pixels a word longer than its box breaks, and nothing grows with it",
  async (width) => {
    const [gp, owner] = [await world.as("p-whitlow"), await world.as("p-okafor")];
    const reference = await gp.raise({ about: "RBL", body: word });
    await gp.do(reference, "reply", { text: word, audience: "shared" });
    await owner.do(reference, "reply", { text: word, audience: "internal" });
    await owner.do(reference, "action", { text: word, owner: "p-okafor", dueOn: "2099-01-01" });
    await owner.do(reference, "offer", { changed: word, forWhom: word });
    await indexed(gp, reference, "Pneumonoultramicroscopic");
    const { page, open } = await world.seat("p-whitlow", { width });
    for (const path of [
      `/issues/${reference}`,
      "/issues?org=1&view=table",
      "/issues?q=Pneumonoultramicroscopic",
      "/inbox",
      "/",
    ]) {
      await open(path);
      expect([path, await sidewaysScroll(page)]).toEqual([path, 0]);
    }
  },
);

test("a demonstration says so on paper too", async () => {
  const { page, open } = await world.seat("p-whitlow");
  await open("/issues");
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".ct-demo").isVisible()).toBe(true);
  expect(await page.getByRole("link", { name: "Raise an issue" }).first().isVisible()).toBe(false);
});
