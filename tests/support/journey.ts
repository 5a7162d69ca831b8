import { mkdirSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterEach, beforeAll } from "vitest";
import { openBrowser, openSeat, type PersonAtBrowser, type SeatOptions, seat } from "./browser";
import { type DemoServer, startDemoServer } from "./demo-server";
import { eventually } from "./eventually";
import { HttpPerson } from "./http-person";

/** Where journeys happen: one server and one browser for all files of a run, people at seats of their own. */
export interface World {
  readonly server: DemoServer;
  /** A person at a fresh browser; closed after the test, which fails when the browser complained of anything. */
  seat(person: string, options?: SeatOptions): Promise<PersonAtBrowser>;
  /** A fresh browser with nobody signed in. */
  door(options?: SeatOptions): Promise<PersonAtBrowser>;
  /** A person who prepares something by plain requests. */
  as(person: string): Promise<HttpPerson>;
}

interface Shared {
  server: Promise<DemoServer>;
  browser: Promise<Browser>;
}

/** Test files of a run share their process, not their modules: what is shared between them lies here. */
const place = globalThis as unknown as { commonThreadJourneys?: Shared };

function shared(): Shared {
  place.commonThreadJourneys ??= { server: startDemoServer({ issues: 300 }), browser: openBrowser() };
  return place.commonThreadJourneys;
}

/** Sets up a file of journeys. The demonstration has 300 issues and ends on a fixed day. */
export function journeys(): World {
  let server: DemoServer | undefined;
  let browser: Browser | undefined;
  const seats: PersonAtBrowser[] = [];
  const here = () => {
    if (!server || !browser) throw new Error("The journey has not begun.");
    return { server, browser };
  };
  beforeAll(async () => {
    [server, browser] = await Promise.all([shared().server, shared().browser]);
  });
  afterEach(async ({ task }) => {
    const taken = seats.splice(0);
    if (task.result?.state === "fail") await picture(taken, task.name);
    const complaints = taken.flatMap((each) => each.complaints());
    await Promise.all(taken.map((each) => each.context.close()));
    if (complaints.length > 0) throw new Error(`The browser complained:\n${complaints.join("\n")}`);
  });
  const keep = async (opened: Promise<PersonAtBrowser>) => {
    const taken = await opened;
    seats.push(taken);
    return taken;
  };
  return {
    get server() {
      return here().server;
    },
    seat: (person, options) => keep(seat(here().browser, here().server.url, person, options)),
    door: (options) => keep(openSeat(here().browser, here().server.url, options)),
    as: (person) => HttpPerson.signIn(here().server.url, person),
  };
}

/** Waits until the search index has an issue that holds these words. */
export async function indexed(person: HttpPerson, reference: string, words: string): Promise<void> {
  const path = `/issues?${new URLSearchParams({ q: words })}`;
  await eventually(async () => (await person.get(path)).text.includes(`/issues/${reference}`));
}

/** What everybody saw when a journey failed, in `.cache/journeys/`. */
async function picture(seats: readonly PersonAtBrowser[], test: string): Promise<void> {
  mkdirSync(".cache/journeys", { recursive: true });
  const name = test.replaceAll(/\W+/g, "-").slice(0, 60);
  for (const [at, { page }] of seats.entries()) {
    await page.screenshot({ path: `.cache/journeys/${name}-${at + 1}.png` }).catch(() => undefined);
  }
}
