import type { Issue } from "../domain/issue";
import { isKnownToAllWhoKnow } from "../domain/permission";
import type { IssueStore } from "../domain/ports";

/** Longest line of duplicates that is followed: each is settled as soon as it is made. */
const longestLine = 20;

/**
 * The issue that a duplicate of this one is a duplicate of: its own original where it has one, so that there are no
 * chains. It stops where not everybody who may know of the one may know of the next: they would lose the way there.
 */
export async function findOriginal(issues: Pick<IssueStore, "unfiltered">, from: Issue): Promise<Issue> {
  let found = from;
  for await (const next of originalsOf(issues, from)) {
    if (!isKnownToAllWhoKnow(found, next)) break;
    found = next;
  }
  return found;
}

/** Whether the way from an issue to its originals comes by this one. */
export async function leadsTo(issues: Pick<IssueStore, "unfiltered">, from: Issue, id: string): Promise<boolean> {
  for await (const next of originalsOf(issues, from)) if (next.id === id) return true;
  return false;
}

async function* originalsOf(issues: Pick<IssueStore, "unfiltered">, from: Issue): AsyncGenerator<Issue> {
  let at: Issue | null = from;
  for (let steps = 0; at?.duplicateOf && steps < longestLine; steps++) {
    at = await issues.unfiltered(at.duplicateOf.issue);
    if (!at || at.id === from.id) return;
    yield at;
  }
}
