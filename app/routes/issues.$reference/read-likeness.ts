import { isGradedHigher } from "../../domain/duplicate";
import type { Issue } from "../../domain/issue";
import { otherOf, putAside, withoutDuplicates } from "../../domain/likeness";
import { may, mayWrite } from "../../domain/permission";
import type { Actor } from "../../domain/person";
import type { IssueSummary } from "../../domain/ports";
import { issueView } from "../../web/issue-view";
import type { Board } from "../../web/load-context";
import { momentWords } from "../../web/time-words";
import { similarView } from "../issues.new/raise-help";
import type { AsideView, LikenessView, LinkedView } from "./thread-view";

const similarAtMost = 5;
/** What was put aside is looked for too, so that as many are left. */
const asideAtMost = 10;
const duplicatesAtMost = 20;

/** What is like this issue: as search sees it, and as people decided. Only what the actor may know of. */
export async function readLikeness(board: Board, actor: Actor, issue: Issue): Promise<LikenessView> {
  const originalId = issue.duplicateOf?.issue;
  const [judgements, duplicates, originals] = await Promise.all([
    board.likeness.countingOn(issue.id, actor.person),
    board.issues.duplicates(actor, issue.id, duplicatesAtMost),
    originalId ? board.issues.summaries(actor, [originalId]) : [],
  ]);
  const aside = putAside(judgements, issue.id, actor.person).slice(0, asideAtMost);
  const asideIds = aside.map((each) => otherOf(each, issue.id));
  const [similar, asideFound] = await Promise.all([
    board.reader.similar(actor, { issue: issue.id }, similarAtMost + asideIds.length + duplicates.length),
    asideIds.length > 0 ? board.issues.summaries(actor, asideIds) : [],
  ]);
  const elsewhere = new Set([...asideIds, ...duplicates.map((each) => each.id), ...(originalId ? [originalId] : [])]);
  const left = similar && withoutDuplicates(similar).filter(({ summary }) => !elsewhere.has(summary.id));
  const [original] = originals;
  return {
    similar: left?.slice(0, similarAtMost).map((each) => similarView(each, board, actor, issue)) ?? null,
    aside: asideFound.flatMap((found): AsideView[] => {
      const judgement = aside.find((each) => otherOf(each, issue.id) === found.id);
      if (!judgement) return [];
      const mine = judgement.by.person === actor.person;
      return [{ reference: found.reference, title: found.title, mine, by: mine ? "You" : judgement.by.name }];
    }),
    original: original ? { ...linkedView(board, original, issue, original), ...markedBy(board, issue) } : null,
    duplicates: duplicates.map((each) => linkedView(board, each, each, issue)),
    mayJudge: mayWrite(actor),
    mayMark: may(actor, "mark-duplicate", issue),
  };
}

/** References by id of the originals this issue has or had, as far as the actor may know of them. */
export async function readOriginals(board: Board, actor: Actor, issue: Issue): Promise<ReadonlyMap<string, string>> {
  const ids = issue.history.flatMap((event) =>
    event.type === "duplicate-marked" || event.type === "duplicate-unmarked" ? [event.of] : [],
  );
  const found = ids.length > 0 ? await board.issues.summaries(actor, [...new Set(ids)]) : [];
  return new Map(found.map((each) => [each.id, each.reference]));
}

/** The other issue, and how the duplicate's harm stands to its original's. */
function linkedView(
  board: Board,
  shown: IssueSummary,
  duplicate: Pick<Issue, "harm">,
  original: Pick<Issue, "harm">,
): LinkedView {
  return {
    issue: issueView(shown, board),
    higherHarm: isGradedHigher(duplicate.harm, original.harm) ? duplicate.harm : null,
  };
}

function markedBy(board: Board, { duplicateOf }: Issue): { by: string; when: string } {
  return duplicateOf
    ? { by: duplicateOf.by.name, when: momentWords(duplicateOf.at, board.now()) }
    : { by: "", when: "" };
}
