import type { Browser, Page } from "playwright-core";
import { openBrowser, type PersonAtBrowser, seat } from "../support/browser";
import { startDemoServer } from "../support/demo-server";
import { HttpPerson } from "../support/http-person";
import { figuresOf, report } from "./figures";

const keys = 60;
const replies = 15;

/**
 * `npm run bench -- live`: how long a keystroke in a working note, and a reply, take to stand on the other person's
 * screen. Two pages of one browser on one machine; each page says by its own clock when something happened in it.
 */
export async function benchLive(): Promise<void> {
  const server = await startDemoServer({ issues: 300 });
  const browser = await openBrowser();
  try {
    const raiser = await HttpPerson.signIn(server.url, "p-whitlow");
    const reference = await raiser.raise({ about: "RBL/RBL-acute-medicine", body: "Measured from both sides." });
    const gp = await openThread(browser, server.url, "p-whitlow", reference);
    const owner = await openThread(browser, server.url, "p-adeyemi", reference);
    const keystrokes = await timeKeystrokes(owner.page, gp.page);
    const answers = await timeReplies(owner.page, gp.page);
    report("live", [
      { what: "keystroke to the other screen, ms", ...figuresOf(keystrokes) },
      { what: "reply to the other screen, ms", ...figuresOf(answers) },
    ]);
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function openThread(browser: Browser, url: string, person: string, reference: string): Promise<PersonAtBrowser> {
  const sat = await seat(browser, url, person);
  await sat.open(`/issues/${reference}`);
  await sat.page.getByText("Both sides write here").waitFor();
  return sat;
}

/** One key after another, each once the one before has arrived: no key waits behind another. */
async function timeKeystrokes(writer: Page, reader: Page): Promise<number[]> {
  await hear(writer, "keydown");
  await writer.locator(".ct-note[role=textbox]").click();
  const took: number[] = [];
  let text = "";
  for (let i = 0; i < keys; i++) {
    const key = String.fromCharCode(97 + (i % 26));
    text += key;
    const shown = whenShown(reader, ".ct-note[role=textbox]", text);
    await writer.keyboard.press(key);
    took.push((await shown) - (await lastHeard(writer)));
  }
  return took;
}

async function timeReplies(writer: Page, reader: Page): Promise<number[]> {
  await hear(writer, "submit");
  const took: number[] = [];
  for (let i = 1; i <= replies; i++) {
    const words = `Reply number ${i} of ${replies}.`;
    await writer.getByRole("textbox", { name: "Reply" }).fill(words);
    const shown = whenShown(reader, ".ct-line", words);
    await writer.getByRole("button", { name: "Send to both sides" }).click();
    took.push((await shown) - (await lastHeard(writer)));
    await writer.waitForFunction(() => document.querySelector<HTMLTextAreaElement>("#reply textarea")?.value === "");
  }
  return took;
}

/** When a text stands in a part of the page, without the names at others' cursors, in milliseconds since 1970. */
function whenShown(page: Page, part: string, text: string): Promise<number> {
  return page.evaluate(
    ({ part, text }) =>
      new Promise<number>((resolve) => {
        const holds = () =>
          [...document.querySelectorAll(part)].some((element) => {
            const copy = element.cloneNode(true);
            if (copy instanceof Element) for (const caret of copy.querySelectorAll(".ct-caret")) caret.remove();
            return copy.textContent?.replaceAll("\u2060", "").includes(text) ?? false;
          });
        const watcher = new MutationObserver(look);
        function look() {
          if (!holds()) return;
          watcher.disconnect();
          resolve(performance.timeOrigin + performance.now());
        }
        watcher.observe(document.body, { subtree: true, childList: true, characterData: true });
        look();
      }),
    { part, text },
  );
}

/** From now on the page notes when it last heard such an event. */
async function hear(page: Page, type: "keydown" | "submit"): Promise<void> {
  await page.evaluate((type) => {
    const note = () => {
      document.documentElement.dataset.lastHeard = String(performance.timeOrigin + performance.now());
    };
    document.addEventListener(type, note, { capture: true });
  }, type);
}

/** When that was, in milliseconds since 1970. */
function lastHeard(page: Page): Promise<number> {
  return page.evaluate(() => Number(document.documentElement.dataset.lastHeard));
}
