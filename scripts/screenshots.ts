import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { live, openBrowser, openSeat, type PersonAtBrowser, type SeatOptions, seat } from "../tests/support/browser";
import { startDemoServer } from "../tests/support/demo-server";
import { eventually } from "../tests/support/eventually";
import { HttpPerson } from "../tests/support/http-person";
import { buildAll } from "./build";
import { shrinkPng } from "./shrink-png";

/** `npx tsx scripts/screenshots.ts`: real screenshots of the main pages, into `docs/screenshots/`. */
const folder = "docs/screenshots";
const largest = 250_000;
/** Two letters are the wrong way round: found all the same, once everything is in the index. */
const typo = "/search?q=dischrage+medicines";
const wide: SeatOptions = { width: 1440, height: 900 };
const phone: SeatOptions = { width: 390, height: 844 };

await buildAll((line) => console.log(line));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const server = await startDemoServer({ issues: 2500, day: new Date().toISOString().slice(0, 10) });
const browser = await openBrowser();
try {
  const reader = await HttpPerson.signIn(server.url, "p-okafor");
  await eventually(async () => (await reader.get(typo)).text.includes("<mark>"), 120_000);
  await reading(browser);
  await raising(browser);
  await working(browser);
} finally {
  await browser.close();
  await server.stop();
}

async function reading(browser: Browser): Promise<void> {
  const door = await openSeat(browser, server.url, wide);
  await door.open("/sign-in");
  await take(door.page, "sign-in");
  for (const [size, options] of [
    ["", wide],
    ["-390", phone],
  ] as const) {
    const person = await seat(browser, server.url, "p-okafor", options);
    const pages: [string, string][] = [
      ["home", "/"],
      ["board", "/issues"],
      ["table", "/issues?view=table&org=1"],
      ["search", typo],
      ["search-services", "/search?q=cardiology&kind=services"],
      ["inbox", "/inbox?show=all"],
    ];
    for (const [name, path] of pages) {
      await person.open(path);
      if (options === wide) await live(person.page);
      await take(person.page, name + size);
    }
    await palette(person, size);
    await person.context.close();
  }
  const dark = await seat(browser, server.url, "p-okafor", { ...wide, dark: true });
  await dark.open("/issues");
  await live(dark.page);
  await take(dark.page, "board-dark");
  await dark.context.close();
}

/** The palette over a page: before anything is typed, and with what a text finds. */
async function palette({ page, open }: PersonAtBrowser, size: string): Promise<void> {
  await open("/issues");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").waitFor();
  await take(page, `palette${size}`);
  await page.keyboard.type("dischrage");
  await page.getByText(/results? found/).waitFor();
  await take(page, `palette-found${size}`);
  await page.keyboard.press("Escape");
}

async function raising(browser: Browser): Promise<void> {
  for (const [size, options] of [
    ["", wide],
    ["-390", phone],
  ] as const) {
    const gp = await seat(browser, server.url, "p-whitlow", options);
    await gp.open("/issues/new?about=RBL/RBL-acute-medicine");
    const body = gp.page.getByRole("textbox", { name: "What happened?" });
    await body.fill(
      "The discharge summary came nine days after an older man went home. His new blood thinner was not on it, so it was not continued.",
    );
    await gp.page.getByRole("region", { name: "Already known?" }).getByRole("article").first().waitFor();
    await gp.page.getByText(/^Goes to/).waitFor();
    await take(gp.page, `raise${size}`);
    await body.fill("The summary for 943 476 5919 came nine days after he went home.");
    await gp.page.getByRole("button", { name: "Take it out" }).waitFor();
    await take(gp.page, `raise-identifier${size}`);
    await gp.context.close();
  }
}

/** A thread with two people in it: note, outcome, conflict, and one of them without a network. */
async function working(browser: Browser): Promise<void> {
  const reference = await prepareThread();
  const [gp, owner, colleague] = [
    await seat(browser, server.url, "p-whitlow", wide),
    await seat(browser, server.url, "p-adeyemi", wide),
    await seat(browser, server.url, "p-okafor", wide),
  ];
  await colleague.page.routeWebSocket(/socket\.io/, () => {});
  for (const each of [gp, owner, colleague]) await openNote(each, reference);
  await write(gp.page, "Summaries leave the ward on the day of discharge.");
  await owner.page.locator(".ct-note[role=textbox]").getByText("on the day of discharge.").waitFor();
  await owner.page.locator(".ct-note[role=textbox]").click();
  await owner.page.keyboard.press("Control+End");
  await owner.page.keyboard.press("Enter");
  await owner.page.keyboard.type("New medicines stand first.");
  await colleague.page.locator("summary", { hasText: "Offer an outcome" }).click();
  await colleague.page.getByRole("textbox", { name: "What has changed" }).fill("The ward clerk now checks the list.");
  await colleague.page.getByRole("textbox", { name: "For whom?" }).fill("Acute medicine, weekdays");

  const sam = await HttpPerson.signIn(server.url, "p-adeyemi");
  await sam.do(reference, "offer", {
    changed: "From Monday the summary template asks for every new medicine, who continues it and until when.",
    forWhom: "Everybody discharged from acute medicine at WUTH",
  });
  await gp.page.getByRole("button", { name: "Agree and close" }).waitFor();
  await gp.page.locator(".ct-caret").first().waitFor();
  await take(gp.page, "thread");
  await gp.page.setViewportSize({ width: 390, height: 844 });
  await take(gp.page, "thread-390");
  await colleague.page.getByRole("button", { name: "Offer to the other side" }).click();
  const first = colleague.page.getByRole("region", { name: "Somebody else was first" });
  await first.getByText("From Monday the summary template").waitFor();
  await colleague.page.locator(".ct-progress").waitFor({ state: "detached" });
  await take(colleague.page, "conflict");
  await gp.page.setViewportSize({ width: 1440, height: 900 });
  await gp.context.setOffline(true);
  await gp.page.getByText("You are offline.").waitFor();
  await write(gp.page, " Written without a network.");
  await gp.page
    .getByText(/kept on this device/)
    .first()
    .waitFor();
  await take(gp.page, "offline");
}

async function prepareThread(): Promise<string> {
  const gp = await HttpPerson.signIn(server.url, "p-whitlow");
  const sam = await HttpPerson.signIn(server.url, "p-adeyemi");
  const reference = await gp.raise({
    about: "RBL/RBL-acute-medicine",
    body: "Discharge summary nine days late, new blood thinner not on it.\n\nAn older man came to us with four tablets left. The ward had started a blood thinner; nothing we had been sent said so, for how long, or who checks his kidneys.",
    kind: "DIS.1",
    harm: "low",
  });
  const tranter = await HttpPerson.signIn(server.url, "p-tranter");
  await tranter.do(reference, "join", { context: "Three of ours last month, all discharged at a weekend." });
  await sam.do(reference, "accept");
  await sam.do(reference, "reply", {
    text: "Thank you, this is ours to mend. Weekend discharges are typed on Monday, and the list of medicines is filled in last.",
    audience: "shared",
  });
  await sam.do(reference, "reply", { text: "Can pharmacy see the template before Friday?", audience: "internal" });
  await sam.do(reference, "action", {
    text: "Add new medicines to the summary template",
    owner: "p-adeyemi",
    dueOn: inAWeek(),
  });
  await eventually(async () => (await gp.get(`/issues/${reference}`)).text.includes("started work"));
  return reference;
}

function inAWeek(): string {
  return new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
}

async function openNote(person: PersonAtBrowser, reference: string): Promise<void> {
  await person.open(`/issues/${reference}`);
  await person.page.getByText("Both sides write here").waitFor();
}

async function write(page: Page, words: string): Promise<void> {
  await page.locator(".ct-note[role=textbox]").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(words);
}

async function take(page: Page, name: string): Promise<void> {
  const path = `${folder}/${name}.png`;
  await page.evaluate(() => window.scrollTo(0, 0));
  const picture = shrinkPng(await page.screenshot({ animations: "disabled" }));
  if (picture.length > largest) throw new Error(`${path} is larger than ${largest / 1000} kB`);
  writeFileSync(path, picture);
  console.log(`${path} ${Math.round(picture.length / 1000)} kB`);
}
