import { expect, test } from "vitest";
import { journeys } from "../support/journey";

const world = journeys();

test("a printed thread is what was said and done, without what is pressed or written in", async () => {
  const gp = await world.as("p-whitlow");
  const owner = await world.as("p-adeyemi");
  const reference = await gp.raise({ about: "RBL/RBL-acute-medicine", body: "The ward list names a closed ward." });
  await owner.do(reference, "reply", { text: "We are asking who keeps it.", audience: "shared" });
  const { page, open } = await world.seat("p-adeyemi");
  await open(`/issues/${reference}`);
  await page.getByText("Both sides write here").waitFor();
  await page.emulateMedia({ media: "print" });

  const pressed = page.getByRole("main").locator(".nhsuk-button, .ct-composer, textarea, select, [role=toolbar]");
  expect(await pressed.filter({ visible: true }).count()).toBe(0);
  for (const name of ["What you can do", "Working note", "Outcome", "Actions", "Added by name"])
    expect([name, await page.getByRole("heading", { name, exact: true }).count()]).toEqual([name, 0]);
  for (const said of ["The ward list names a closed ward.", "We are asking who keeps it."])
    expect(await page.getByRole("article").getByText(said).isVisible()).toBe(true);

  await owner.do(reference, "action", { text: "Ask the ward clerk", owner: "p-adeyemi", dueOn: "2099-01-01" });
  await owner.do(reference, "offer", { changed: "The list is put right.", forWhom: "All practices" });
  await page.emulateMedia({ media: "screen" });
  await open(`/issues/${reference}`);
  await page.locator(".ct-note[role=textbox]").click();
  await page.keyboard.type("Both sides know the list.");
  await page.emulateMedia({ media: "print" });
  for (const kept of ["Ask the ward clerk", "The list is put right.", "Both sides know the list."])
    expect(await page.getByText(kept).first().isVisible()).toBe(true);
  expect(await page.locator(".ct-demo").isVisible()).toBe(true);
});
