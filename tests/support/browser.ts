import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { installed, thisMachine } from "../../scripts/gate/chromium";

export interface PersonAtBrowser {
  page: Page;
  context: BrowserContext;
  /** Everything the browser complained of and nobody expected: script errors, refused resources, policy violations. */
  complaints(): string[];
  /** From now on, and for what came before, such a complaint is no surprise: a refusal the journey is about. */
  expects(complaint: RegExp): void;
  /** Opens a page of the product and waits until its scripts run. */
  open(path: string): Promise<void>;
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

/** A browser of one's own at the product, nobody signed in. */
export async function openSeat(browser: Browser, url: string, options: SeatOptions = {}): Promise<PersonAtBrowser> {
  const scripts = options.javaScript ?? true;
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    javaScriptEnabled: scripts,
    colorScheme: options.dark ? "dark" : "light",
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "Europe/London",
  });
  context.setDefaultTimeout(15_000);
  // tsx wraps functions that have a name in a helper of this name, also those that are sent into a page.
  await context.addInitScript("globalThis.__name ??= (named) => named");
  const heard: string[] = [];
  // Remix says on the console when it gives up one load of a page's data for a newer one: no fault.
  const expected: RegExp[] = [/^console: AbortError: signal is aborted without reason/];
  context.on("weberror", (error) => heard.push(`error: ${error.error().message}`));
  context.on("console", (message) => {
    if (message.type() === "error") heard.push(`console: ${message.text()} ${message.location().url}`);
  });
  const page = await context.newPage();
  return {
    page,
    context,
    complaints: () => heard.filter((each) => !expected.some((pattern) => pattern.test(each))),
    expects: (complaint) => void expected.push(complaint),
    open: async (path) => {
      await page.goto(path);
      if (scripts) await hydrated(page);
    },
  };
}

/** A person at a browser of their own, signed in. */
export async function seat(
  browser: Browser,
  url: string,
  person: string,
  options: SeatOptions = {},
): Promise<PersonAtBrowser> {
  const opened = await openSeat(browser, url, options);
  await opened.context.request.post("/sign-in", { form: { person }, headers: { origin: url } });
  return opened;
}

/** Waits until React has taken over the page: what is typed before may be lost. */
export async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    Object.keys(document.querySelector("main") ?? {}).some((key) => key.startsWith("__reactProps")),
  );
}

/** Waits until the page hears of what happens elsewhere. Wide screens only: there it is said in the rail. */
export async function live(page: Page): Promise<void> {
  await page.locator(".ct-live", { hasText: /^Live/ }).waitFor();
}

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/**
 * What axe-core finds wrong on the page as it stands, by rule and place. WCAG 2.2 A and AA, and best practices; with
 * `rules` only those.
 */
export async function axeViolations(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axeSource);
  return page.evaluate(async (values) => {
    interface Axe {
      run(options: object): Promise<{ violations: { id: string; nodes: { target: unknown[] }[] }[] }>;
    }
    const { axe } = window as unknown as { axe: Axe };
    const { violations } = await axe.run({
      resultTypes: ["violations"],
      ...(values ? { runOnly: { type: "rule", values } } : {}),
    });
    return violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(" ")).join(", ")}`);
  }, rules);
}

/** Pixels the page is wider than its window: more than none means sideways scrolling. */
export async function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
