import { placesOf } from "../domain/board-keys";
import { categoryGroupOf, categoryOf } from "../domain/category";
import type { Directory } from "../domain/directory";
import { type Issue, organisationsConcerned } from "../domain/issue";
import type { IndexEntry } from "../domain/ports";
import { type FollowUp, type FollowUpPorts, NotNow } from "./follow-up";
import { tellSearchers } from "./tell-searchers";

type IndexPorts = Pick<
  FollowUpPorts,
  "issues" | "replies" | "index" | "directory" | "searches" | "notices" | "notifier" | "newId" | "now"
>;

/** How long to wait before the search engine is asked again once it was found down. */
const retryAfterMs = 15_000;

/**
 * Makes issues findable as they are now, several events of one issue and several issues in one go, and then tells those
 * whose saved searches find them: only what is in the index can be found by a search.
 */
export function indexIssue(ports: IndexPorts): FollowUp {
  return {
    atOnce: 40,
    async run(works) {
      const ids = [...new Set(works.map((work) => work.issue))];
      const found = await Promise.all(ids.map((id) => indexEntry(ports, id)));
      const entries = found.filter((entry) => entry !== null);
      if (entries.length === 0) return;
      const by = new Map(works.map((work) => [work.issue, work.event.by]));
      try {
        await ports.index.put(entries);
        await tellSearchers(
          ports,
          entries.flatMap(({ issue }) => {
            const author = by.get(issue.id);
            return author ? [{ issue, by: author }] : [];
          }),
        );
      } catch (error) {
        const { state } = await ports.index.state();
        if (state === "down") throw new NotNow("the search engine is down", retryAfterMs, { cause: error });
        throw error;
      }
    },
  };
}

/** What the index holds of an issue: shared text only. Null when there is no such issue. */
export async function indexEntry(
  { issues, replies, directory }: Pick<IndexPorts, "issues" | "replies" | "directory">,
  id: string,
): Promise<IndexEntry | null> {
  const issue = await issues.unfiltered(id);
  if (!issue) return null;
  const shared = await replies.sharedOf(id);
  return {
    issue,
    places: placesOf(issue, directory),
    organisations: organisationsConcerned(issue),
    names: namesOf(issue, directory),
    replies: shared.map(({ id, at, text }) => ({ id, at, text })),
  };
}

function namesOf(issue: Issue, directory: Directory): string[] {
  const organisations = organisationsConcerned(issue).flatMap((code) => directory.organisation(code) ?? []);
  const service = issue.about.service ? directory.service(issue.about.service) : undefined;
  const names = [
    ...organisations.flatMap((each) => [each.name, each.shortName]),
    service?.name,
    categoryOf(issue.category)?.name,
    categoryGroupOf(issue.category)?.name,
  ];
  return [...new Set(names.filter((name) => name !== undefined))];
}
