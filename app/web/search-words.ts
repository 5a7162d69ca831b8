import { kindNames } from "../components/find-words";
import { categoryGroupOf, categoryOf } from "../domain/category";
import type { Directory } from "../domain/directory";
import type { FindQuery } from "../domain/find-query";
import { harmNames, stateNames } from "../domain/issue";
import { organisationName } from "./issue-view";

/** What a search looks for, in words: "“discharge” in issues, Wirral, New or Accepted". */
export function searchWords(query: FindQuery, directory: Directory): string {
  const narrowed = [
    query.place.map((id) => directory.place(id)?.name ?? id),
    query.organisation.map((code) => organisationName(directory, code)),
    query.service.map((id) => serviceName(directory, id)),
    query.category.map((code) => categoryOf(code)?.name ?? categoryGroupOf(code)?.name ?? code),
    query.state.map((state) => stateNames[state]),
    query.harm.map((harm) => (harm === "none" || harm === "not-known" ? harmNames[harm] : `${harmNames[harm]} harm`)),
    query.year.map((year) => `raised in ${year}`),
    query.theme,
  ];
  const what = query.kind ? kindNames[query.kind].toLowerCase() : "everything";
  const text = query.text ? `“${query.text}” in ${what}` : what;
  return [text, ...narrowed.filter((each) => each.length > 0).map((each) => each.join(" or "))].join("; ");
}

function serviceName(directory: Directory, id: string): string {
  const service = directory.service(id);
  if (!service) return id;
  return `${service.name}, ${directory.organisation(service.organisation)?.shortName ?? service.organisation}`;
}
