import { countOf, timeWords } from "../components/clock-words";
import type { FacePerson } from "../components/face";
import type { IssueView } from "../components/issue-view";
import { categoryOf } from "../domain/category";
import type { Directory } from "../domain/directory";
import { type Side, sideOfKind } from "../domain/organisation";
import type { IssueSummary } from "../domain/ports";
import type { Board } from "./load-context";

type ViewedFrom = Pick<Board, "directory" | "now">;

/** A summary with its codes looked up: what a card or a row shows. */
export function issueView(issue: IssueSummary, board: ViewedFrom): IssueView {
  const { directory } = board;
  return {
    id: issue.id,
    reference: issue.reference,
    version: issue.version,
    title: issue.title,
    state: issue.state,
    harm: issue.harm,
    kind: categoryOf(issue.category)?.name ?? "Other",
    from: { name: organisationName(directory, issue.raisedFor), side: sideOfCode(directory, issue.raisedFor) },
    about: aboutView(directory, issue.about),
    affected: affectedWords(directory, issue.affected),
    others: issue.affected.filter((code) => code !== issue.raisedFor).length,
    owner: ownerFace(board, issue.owner),
    time: timeWords(issue, board.now()),
    restricted: issue.visibility === "system" ? null : issue.visibility,
    changed: issue.outcome?.changed ?? null,
    forWhom: issue.outcome?.forWhom ?? null,
    original: issue.original?.reference ?? null,
  };
}

/** The side of an organisation by its code. Unknown codes stand with the system. */
export function sideOfCode(directory: Directory, code: string | undefined): Side {
  const organisation = code ? directory.organisation(code) : undefined;
  return organisation ? sideOfKind(organisation.kind) : "system";
}

/** The full name, or the code where the directory does not know it. */
export function organisationName(directory: Directory, code: string): string {
  return directory.organisation(code)?.name ?? code;
}

/** "Pharmacy, WUTH": the service with its organisation's short name, or the organisation alone. */
export function aboutView(
  directory: Directory,
  about: { organisation: string; service?: string | undefined },
): IssueView["about"] {
  const organisation = directory.organisation(about.organisation);
  const service = about.service ? directory.service(about.service) : undefined;
  const name = organisation?.name ?? about.organisation;
  return {
    name: service ? `${service.name}, ${organisation?.shortName ?? about.organisation}` : name,
    side: sideOfCode(directory, about.organisation),
  };
}

/** Who holds the owning post today; several holders are named by the post. Null when nobody does. */
export function ownerFace(
  { directory, now }: ViewedFrom,
  owner: { post: string; organisation: string },
): FacePerson | null {
  const holders = directory.holders(owner.post, now());
  const side = sideOfCode(directory, owner.organisation);
  const [first, second] = holders;
  if (!first) return null;
  return { name: second ? (directory.post(owner.post)?.title ?? first.name) : first.name, side };
}

/** Breadth in words: practices first, since they are what a theme is measured by. */
function affectedWords(directory: Directory, codes: readonly string[]): string | null {
  const practices = codes.filter((code) => sideOfCode(directory, code) === "practice").length;
  return practices > 0 ? countOf(practices, "practice") : null;
}
