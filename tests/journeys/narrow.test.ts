import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { sidewaysScroll } from "../support/browser";
import { journeys } from "../support/journey";

const world = journeys();

const pages = [
  "/",
  "/issues",
  "/issues?view=table",
  "/issues?q=discharge",
  "/search?q=discharge",
  "/search/saved",
  "/issues/new",
  "thread",
  "/inbox?show=all",
  "/help",
  "/more",
  "/sign-out",
  "/issues/CT-00000",
];

test.each([390, 320])(
  "at %i pixels nothing scrolls sideways, tabs stand at the foot, and targets can be hit",
  async (width) => {
    const height = 780;
    const person = await world.seat("p-okafor", { width, height });
    const { page } = person;
    person.expects(/status of 404/);
    const door = await world.door({ width, height });
    await door.open("/sign-in");
    expect(await sidewaysScroll(door.page)).toBe(0);
    expect(await smallTargets(door.page)).toEqual([]);

    const thread = await aThread(page);
    for (const each of pages) {
      await person.open(each === "thread" ? thread : each);
      const tabs = page.getByRole("navigation", { name: "Main, short" });
      const box = await tabs.boundingBox();
      const found = {
        page: each,
        sideways: await sidewaysScroll(page),
        tabsEndAt: Math.round((box?.y ?? 0) + (box?.height ?? 0)),
        demonstration: await page.locator(".ct-phonebar .ct-chip", { hasText: "Demo" }).isVisible(),
        small: await smallTargets(page),
      };
      expect(found).toEqual({ page: each, sideways: 0, tabsEndAt: height, demonstration: true, small: [] });
    }
  },
);

test("a device that prefers dark gets a dark page, and one may choose otherwise", async () => {
  const person = await world.seat("p-okafor", { width: 390, dark: true });
  await person.open("/more");
  expect(await brightness(person.page)).toBeLessThan(60);
  await person.page.getByRole("button", { name: "Light", exact: true }).click();
  await expect.poll(() => brightness(person.page)).toBeGreaterThan(200);
  await person.page.reload();
  expect(await brightness(person.page)).toBeGreaterThan(200);
});

async function aThread(page: Page): Promise<string> {
  await page.goto("/issues");
  const link = page.getByRole("main").getByRole("article").getByRole("link").first();
  return (await link.getAttribute("href")) ?? "";
}

/** How bright the page is behind its text, from 0 to 255. */
function brightness(page: Page): Promise<number> {
  return page.evaluate(() => {
    const [red = 0, green = 0, blue = 0] = (getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g) ?? []).map(
      Number,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  });
}

/**
 * Targets under 24 by 24 pixels that WCAG 2.2 (2.5.8) does not excuse: a link in a sentence is excused, and a target
 * with so much room around it that a circle of 24 pixels touches no other.
 */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=option]";
    const seen = [...document.querySelectorAll<HTMLElement>(wanted)].flatMap((element) => {
      const hit = element.matches("input[type=radio], input[type=checkbox]")
        ? (element.closest("label") ?? element)
        : element;
      const box = hit.getBoundingClientRect();
      const style = getComputedStyle(element);
      // What is folded away has a place in the layout and is not there to be hit.
      const folded = !element.checkVisibility();
      const unseen =
        folded || box.width <= 1 || box.height <= 1 || style.visibility === "hidden" || style.opacity === "0";
      const offPage = box.bottom < 0 || box.right < 0;
      return (unseen && hit === element) || box.width <= 1 || offPage ? [] : [{ element, box }];
    });
    const middle = (box: DOMRect) => [box.left + box.width / 2, box.top + box.height / 2] as const;
    const touches = (box: DOMRect, other: DOMRect) => {
      const [x, y] = middle(box);
      const [dx, dy] = [Math.max(other.left - x, 0, x - other.right), Math.max(other.top - y, 0, y - other.bottom)];
      return Math.hypot(dx, dy) < 12;
    };
    // What scrolls under a bar that stays in place is not beside it.
    const layer = (element: Element | null): Element | null =>
      !element || getComputedStyle(element).position === "fixed" || getComputedStyle(element).position === "sticky"
        ? element
        : layer(element.parentElement);
    const inSentence = (element: HTMLElement) =>
      getComputedStyle(element).display === "inline" &&
      (element.parentElement?.textContent?.trim().length ?? 0) > (element.textContent?.trim().length ?? 0);
    return seen
      .filter(({ box }) => box.width < 23.5 || box.height < 23.5)
      .filter(({ element }) => !inSentence(element))
      .filter(({ element, box }) =>
        seen.some(
          (other) =>
            other.element !== element &&
            layer(other.element) === layer(element) &&
            !other.element.contains(element) &&
            !element.contains(other.element) &&
            touches(box, other.box),
        ),
      )
      .map(
        ({ element, box }) =>
          `${element.localName} “${element.textContent?.trim().slice(0, 30)}” ${Math.round(box.width)}x${Math.round(box.height)}`,
      );
  });
}
