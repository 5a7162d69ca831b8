import { Directory, type DirectoryFacts } from "../../app/domain/directory";
import { openDirectory } from "../../app/server/directory-file";
import type { DemoPerson } from "../../app/web/load-context";
import peopleJson from "../../data/demo/people.json";
import directoryJson from "../../data/directory.json";
import { openDemoDirectory } from "../directory/demo-people-file";

/** The directory with the people of the demonstration, and those one can sign in as. */
export function openDemo(): { facts: DirectoryFacts; people: DemoPerson[] } {
  const { facts, signIn } = openDemoDirectory(openDirectory(directoryJson), peopleJson);
  const directory = new Directory(facts);
  const people = signIn.map(({ person, line }) => {
    const posts = directory.postsHeldBy(person, new Date());
    const organisation = directory.organisation(posts[0]?.organisation ?? "");
    return {
      person,
      name: directory.person(person)?.name ?? person,
      what: [posts[0]?.title, organisation?.shortName].filter(Boolean).join(", "),
      about: line,
    };
  });
  return { facts, people };
}
