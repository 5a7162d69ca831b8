import type { Locator, Page } from "playwright-core";

/** Whoever uses keys alone can leave the page's beginning in this many steps. */
const stepsAtMost = 120;

/**
 * Presses Tab until `target` has the focus. At every step the focus must be somewhere, in sight, and must have been to
 * be seen where it was: throws with what was wrong, or when the target is never reached.
 */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let step = 0; step < stepsAtMost; step++) {
    if (await hasFocus(target)) return;
    await page.keyboard.press("Tab");
    const fault = await page.evaluate(lookAtFocus);
    if (fault) throw new Error(`After ${step + 1} steps: ${fault}`);
  }
  throw new Error(`${target} was not reached in ${stepsAtMost} steps`);
}

export async function hasFocus(target: Locator): Promise<boolean> {
  return (await target.count()) > 0 && target.evaluate((element) => element === document.activeElement);
}

/** What has the focus, in words; `nothing` where it was lost. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return "nothing";
    return `${element.localName} ${element.getAttribute("aria-label") ?? element.textContent?.trim().slice(0, 60) ?? ""}`;
  });
}

/** Runs in the page after each step. Returns what is wrong with where the focus is, or with how it was shown before. */
function lookAtFocus(): string | null {
  const memory = window as unknown as { lastFocus?: { element: Element; look: string } };
  const element = document.activeElement;
  const before = memory.lastFocus;
  if (!element || element === document.body) {
    // Past the last element the browser's own bar has the focus: the next step begins again at the top.
    delete memory.lastFocus;
    return null;
  }
  const named = (one: Element) =>
    `${one.localName} “${one.getAttribute("aria-label") ?? one.textContent?.trim().slice(0, 40)}”`;
  const lookOf = (one: Element) => {
    const parts: (Element | null)[] = [one, one.closest("label"), one.parentElement, one.nextElementSibling];
    return parts
      .flatMap((part) => (part ? [getComputedStyle(part), getComputedStyle(part, "::before")] : []))
      .map((style) => [style.outline, style.boxShadow, style.backgroundColor, style.border, style.color].join())
      .join(";");
  };
  memory.lastFocus = { element, look: lookOf(element) };
  const box = element.getBoundingClientRect();
  if (box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth)
    return `${named(element)} has the focus out of sight`;
  if (before && before.element !== element && before.element.isConnected && lookOf(before.element) === before.look)
    return `${named(before.element)} does not show that it has the focus`;
  return null;
}
