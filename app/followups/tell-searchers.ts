import { keysUnderAnyHat } from "../domain/any-hat";
import type { SavedSearch } from "../domain/find-ports";
import type { Issue } from "../domain/issue";
import type { ClaimedFollowUp } from "../domain/ports";
import type { FollowUpPorts } from "./follow-up";

type TellPorts = Pick<FollowUpPorts, "searches" | "notices" | "directory" | "notifier" | "newId" | "now"> & {
  index: Pick<FollowUpPorts["index"], "matching">;
};

/** An issue as it is in the index now, and who changed it last. */
export interface Changed {
  issue: Issue;
  by: ClaimedFollowUp["event"]["by"];
}

/** Saved searches that are looked at together: one question to the engine. */
const searchesAtOnce = 20;

/**
 * Tells those whose saved search finds one of these issues and did not before: at most once for each search and issue,
 * never who raised or changed it, never of what they may not know of. May run twice.
 */
export async function tellSearchers(ports: TellPorts, changed: readonly Changed[]): Promise<void> {
  if (changed.length === 0) return;
  for await (const searches of ports.searches.telling(searchesAtOnce)) {
    const asked = searches.flatMap((search) => {
      const keys = keysUnderAnyHat(ports.directory, search.person, ports.now());
      const open = new Set(keys);
      const mine = changed.filter(
        ({ issue, by }) =>
          issue.raisedBy.person !== search.person &&
          by.person !== search.person &&
          issue.audience.some((key) => open.has(key)),
      );
      return mine.length > 0 ? [{ search, keys, mine }] : [];
    });
    if (asked.length === 0) continue;
    const matched = await ports.index.matching(
      asked.map(({ search, keys, mine }) => ({ keys, query: search.query, ids: mine.map(({ issue }) => issue.id) })),
    );
    for (const [at, { search, mine }] of asked.entries()) {
      const found = mine.filter(({ issue }) => matched[at]?.includes(issue.id));
      if (found.length > 0) await tell(ports, search, found);
    }
  }
}

async function tell(
  ports: TellPorts,
  search: SavedSearch & { person: string },
  found: readonly Changed[],
): Promise<void> {
  const known = await ports.searches.knewOf(
    search.id,
    found.map(({ issue }) => issue),
  );
  for (const { issue } of found) {
    if (known.includes(issue.id)) continue;
    const isNew = await ports.notices.put({
      id: ports.newId(),
      person: search.person,
      // Unique with the person: this issue is told of once, however often it changes.
      event: `${search.id}:${issue.id}`,
      type: "search-matched",
      issue: issue.id,
      reference: issue.reference,
      title: issue.title,
      byName: `Your saved search “${search.name}”`,
      at: ports.now(),
      asks: false,
    });
    if (isNew) ports.notifier.noticesChanged(search.person);
  }
}
