import type { FindQuery } from "../../app/domain/find-query";
import { issues } from "./issues";
import type { DirectoryKind, IssueKind, Kind } from "./kind";
import { organisations } from "./organisations";
import { outcomes } from "./outcomes";
import { people } from "./people";
import { replies } from "./replies";
import { services } from "./services";

/** Every kind of thing that can be found, in the order in which they are shown. */
export const allKinds: readonly Kind[] = [issues, replies, outcomes, services, organisations, people];

export const issueKinds: readonly IssueKind[] = allKinds.filter((kind) => kind.from === "issues");
export const directoryKinds: readonly DirectoryKind[] = allKinds.filter((kind) => kind.from === "directory");

/** What a search for everything lists. */
export const leadingKind: IssueKind = issues;

/** The kind of issue that fills the page of a search; none for a kind of the directory. */
export function listedKind(query: Pick<FindQuery, "kind">): IssueKind | undefined {
  return query.kind ? issueKinds.find((each) => each.kind === query.kind) : leadingKind;
}
