import type { Issue } from "../domain/issue";
import type { Ports } from "../domain/ports";
import { changeUnattended } from "./change-issue";
import { findOriginal, leadsTo } from "./find-original";

/** Duplicates of one issue that are moved on with it. */
const movedAtMost = 500;

/**
 * After an issue was recorded as a duplicate: two that were recorded as duplicates of each other at once are parted, and
 * its own duplicates become those of its original. What people decide one by one, this keeps without chains and circles.
 */
export async function settleDuplicates(ports: Ports, id: string): Promise<void> {
  const issue = await ports.issues.unfiltered(id);
  const original = issue?.duplicateOf ? await ports.issues.unfiltered(issue.duplicateOf.issue) : null;
  if (!issue || !original) return;
  if (await leadsTo(ports.issues, original, issue.id)) return partTwo(ports, issue, original);
  await moveOn(ports, issue.id);
  for (const each of await ports.issues.duplicateIds(issue.id, movedAtMost)) await moveOn(ports, each);
}

/** The older of the two stays the original. */
async function partTwo(ports: Ports, one: Issue, other: Issue): Promise<void> {
  const [older, by] = one.id < other.id ? [one, one.duplicateOf?.by] : [other, other.duplicateOf?.by];
  if (!by) return;
  await changeUnattended(ports, older.id, by, (now) => {
    const of = now.duplicateOf?.issue;
    if (of === undefined || of !== older.duplicateOf?.issue) return undefined;
    const reason = "Two people recorded these as duplicates of each other at once: the older one stays the original.";
    return { unset: ["duplicateOf"], happened: [{ type: "duplicate-unmarked", of, reason }], value: undefined };
  });
}

/** To the original of its original, where everybody can follow. */
async function moveOn(ports: Ports, id: string): Promise<void> {
  const issue = await ports.issues.unfiltered(id);
  const marked = issue?.duplicateOf;
  const next = marked ? await ports.issues.unfiltered(marked.issue) : null;
  if (!marked || !next) return;
  const original = await findOriginal(ports.issues, next);
  if (original.id === next.id || original.id === id) return;
  await changeUnattended(ports, id, marked.by, (now, at) =>
    now.duplicateOf?.issue === next.id
      ? {
          set: { duplicateOf: { ...marked, issue: original.id, at } },
          happened: [{ type: "duplicate-marked", of: original.id }],
          value: undefined,
        }
      : undefined,
  );
}
