import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { AlreadyKnown } from "../../app/routes/issues.new/already-known";
import { raiseHelp } from "../../app/routes/issues.new/raise-help";
import type { Board } from "../../app/web/load-context";
import { actorOf, smallDirectory, testDay } from "../support/small-directory";

const directory = smallDirectory();

/** A search that cannot look for similar issues just now, or finds none. */
function boardWhere(similar: null | []): Board {
  const reader = { similar: async () => similar, suggest: async () => ({ categories: [], services: [] }) };
  return { reader, directory, now: () => testDay } as unknown as Board;
}

async function shown(similar: null | []): Promise<string> {
  const asked = { about: null, body: "Summaries reach us after the appointment.", hidden: [] };
  const help = await raiseHelp(boardWhere(similar), actorOf(directory, "P1-gp"), asked);
  return renderToStaticMarkup(
    createElement(AlreadyKnown, {
      similar: help.similar,
      asking: "idle",
      hidden: [],
      ours: "Practice P1",
      contexts: {},
      errorOf: () => undefined,
      onHide: () => {},
      onShowAll: () => {},
    }),
  );
}

it("16.13 the composer says that similar issues cannot be looked for, and never that there are none", async () => {
  expect(await shown(null)).toContain("Could not look. You can send all the same.");
  expect(await shown(null)).not.toContain("We found no issue like yours");
  expect(await shown([])).toContain("We found no issue like yours");
});
