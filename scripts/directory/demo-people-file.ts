import { z } from "zod";
import type { DirectoryFacts } from "../../app/domain/directory";
import { holdingSchema, personSchema } from "../../app/domain/organisation";
import type { OpenedDirectory } from "../../app/server/directory-file";

const demoPersonSchema = personSchema
  .extend({
    demo: z.literal(true),
    /** Offered at the demonstration's sign-in, with this line beside the name. */
    signIn: z.literal(true).optional(),
    line: z.string().optional(),
  })
  .strict()
  .refine((person) => (person.signIn === true) === (person.line !== undefined), "signIn and line come together");

/** `data/demo/people.json`: who has joined and who holds which post in the demonstration. */
export const demoPeopleFileSchema = z
  .object({
    demo: z.literal(true),
    note: z.string(),
    live: z.array(z.string()),
    invited: z.array(z.string()),
    people: z.array(demoPersonSchema),
    holdings: z.array(holdingSchema.strict()),
  })
  .strict();
export type DemoPeopleFile = z.infer<typeof demoPeopleFileSchema>;

export interface DemoDirectory {
  facts: DirectoryFacts;
  /** People to pick from at the demonstration's sign-in, in the order to show them. */
  signIn: { person: string; line: string }[];
}

/**
 * The directory of the demonstration: the opened directory, with the standing and the people of the demo file. Throws
 * with the offending code when the file names a post, person or organisation that does not exist.
 */
export function openDemoDirectory(directory: OpenedDirectory, json: unknown): DemoDirectory {
  const file = demoPeopleFileSchema.parse(json);
  const codes = new Set(directory.organisations.map((organisation) => organisation.code));
  const posts = new Set(directory.posts.map((post) => post.id));
  const people = new Set(file.people.map((person) => person.id));
  if (people.size !== file.people.length) throw new Error("Demo people: an id is there twice.");
  for (const code of [...file.live, ...file.invited]) {
    if (!codes.has(code)) throw new Error(`Demo people: there is no organisation ${code}.`);
  }
  for (const { post, person } of file.holdings) {
    if (!posts.has(post)) throw new Error(`Demo people: there is no post ${post}.`);
    if (!people.has(person)) throw new Error(`Demo people: there is no person ${person}.`);
  }
  const live = new Set(file.live);
  const invited = new Set(file.invited);
  const organisations = directory.organisations.map((organisation) => {
    if (live.has(organisation.code)) return { ...organisation, standing: "live" as const };
    return invited.has(organisation.code) ? { ...organisation, standing: "invited" as const } : organisation;
  });
  return {
    facts: {
      ...directory,
      organisations,
      people: file.people.map(({ id, name, demo }) => ({ id, name, demo })),
      holdings: file.holdings,
    },
    signIn: file.people.flatMap(({ id, line }) => (line === undefined ? [] : [{ person: id, line }])),
  };
}
