import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { installed, thisMachine } from "../../scripts/gate/chromium";

export interface PersonAtBrowser {
  page: Page;
  context: BrowserContext;
  /** Everything the browser complained of: script errors, refused resources, policy violations. */
  complaints: string[];
}

export interface SeatOptions {
  width?: number;
  height?: number;
  javaScript?: boolean;
  dark?: boolean;
}

/** Starts the browser the machine has, quiet on the network. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = installed(thisMachine(() => {}));
  if (!executablePath) throw new Error("There is no Chromium here: npm test says how to install it.");
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A person at a browser of their own, signed in by picking them from the demonstration's list. */
export async function seat(browser: Browser, url: string, person: string, options: SeatOptions = {}): Promise<PersonAtBrowser> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    javaScriptEnabled: options.javaScript ?? true,
    colorScheme: options.dark ? "dark" : "light",
    locale: "en-GB",
    timezoneId: "Europe/London",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()}`);
  });
  await page.goto("/sign-in");
  await page.locator(`button[name=person][value="${person}"]`).click();
  await page.waitForURL((at) => !at.pathname.startsWith("/sign-in"));
  return { page, context, complaints };
}

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds wrong on the page as it stands, by rule and place. WCAG 2.2 A and AA, and best practices. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(options: object): Promise<{ violations: { id: string; nodes: { target: unknown[] }[] }[] }> } };
    const { violations } = await axe.run({ resultTypes: ["violations"] });
    return violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(" ")).join(", ")}`);
  });
}

/** Pixels the page is wider than its window: more than none means sideways scrolling. */
export async function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
