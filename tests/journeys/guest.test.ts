import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { journeys } from "../support/journey";

const world = journeys();

test("a guest of one issue meets that issue alone, on board, search, similar and by address", async () => {
  const member = await world.as("p-whitlow");
  const other = await member.raise({
    about: "RBL/RBL-acute-medicine",
    body: "Discharge letters name the wrong practice.",
  });
  const guest = await world.seat("p-hallam");
  guest.expects(/status of 404/);
  const { page } = guest;
  await guest.open("/issues");
  const cards = page.getByRole("main").getByRole("article");
  expect(await cards.count()).toBe(1);
  const own = (await cards.locator(".ct-ref").innerText()).trim();
  expect(own).not.toBe(other);

  await guest.open("/");
  expect(await references(page.getByRole("main").getByRole("region", { name: "Issues you were added to" }))).toEqual([
    own,
  ]);
  for (const notTheirs of ["Overdue", "New, to triage", "See what others are fixing"])
    expect(await page.getByRole("main").getByText(notTheirs).count()).toBe(0);

  await guest.open("/issues?view=table");
  expect(await references(page.getByRole("main"))).toEqual([own]);
  for (const words of ["discharge", "letter", "patients", other]) {
    await guest.open(`/issues?${new URLSearchParams({ q: words })}`);
    expect((await references(page.getByRole("main"))).filter((each) => each !== own && each !== words)).toEqual([]);
  }
  await guest.open(`/issues/${own}`);
  expect(await references(page.getByRole("main"))).toEqual([own]);

  const plain = await world.as("p-hallam");
  const help = await plain.post("/issues/similar", {
    body: "Discharge letters name the wrong practice and come late.",
  });
  expect(help.text.match(/CT-\w{5}/g)?.filter((each) => each !== own) ?? []).toEqual([]);
  const forbidden = await plain.get(`/issues/${other}`);
  const unknown = await plain.get("/issues/CT-00000");
  expect([forbidden.status, unknown.status]).toEqual([404, 404]);
  expect(withoutChance(forbidden.text, other)).toBe(withoutChance(unknown.text, "CT-00000"));
  await page.goto(`/issues/${other}`);
  await page.getByRole("heading", { name: "Not found" }).waitFor();
});

async function references(main: Locator): Promise<string[]> {
  return [...new Set((await main.innerText()).match(/CT-\w{5}/g) ?? [])];
}

/** A page without what differs from one request to the next: the nonce, the request's id, the address asked for. */
function withoutChance(html: string, reference: string): string {
  return html
    .replaceAll(reference, "")
    .replaceAll(/nonce="[^"]*"/g, "")
    .replaceAll(/[0-9A-HJKMNP-TV-Z]{26}/g, "");
}
