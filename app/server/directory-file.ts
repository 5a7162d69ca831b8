import { z } from "zod";
import {
  type Organisation,
  type Place,
  type Post,
  placeSchema,
  roles,
  type Service,
  trustKinds,
} from "../domain/organisation";

const isoDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const trustCode = z.string().regex(/^[A-Z0-9]{3}$/);
const role = z.enum(roles);

/** A post every organisation of a kind has. */
const standardPost = z.object({ role, title: z.string(), categories: z.array(z.string()).optional() }).strict();

/**
 * `data/directory.json` as it lies on disk: short rows, one a line, so that a change can be read in a diff. The short
 * name of a practice is null where it is its name, its count is null where none was published.
 */
export const directoryFileSchema = z
  .object({
    format: z.literal("common-thread-directory"),
    v: z.literal(1),
    attribution: z.string(),
    licence: z.string().url(),
    sources: z.array(
      z.object({ file: z.string(), holds: z.string(), extractDate: isoDay.optional(), newestDate: isoDay.optional() }),
    ),
    icb: z.object({ code: z.string(), name: z.string(), shortName: z.string() }).strict(),
    places: z.array(placeSchema),
    /** Sub-ICB locations: code, name, Place ids. */
    areas: z.array(z.tuple([z.string(), z.string(), z.array(z.string()).min(1)])),
    /** Primary care networks: code, name. */
    networks: z.array(z.tuple([z.string().regex(/^U\d{5}$/), z.string()])),
    trusts: z.array(
      z
        .object({
          code: trustCode,
          name: z.string(),
          shortName: z.string(),
          kinds: z.array(z.enum(trustKinds)).min(1),
          places: z.array(z.string()).min(1),
          postcode: z.string(),
          closedAt: isoDay.optional(),
          succeededBy: trustCode.optional(),
        })
        .strict(),
    ),
    /** Trust, kind, name. The id of a service is the trust's code and the kind: `RBL-pharmacy`. */
    services: z.array(z.tuple([trustCode, z.string(), z.string()])),
    standardPosts: z.object({
      practice: z.array(standardPost),
      trust: z.array(standardPost),
      place: z.array(standardPost),
      icb: z.array(standardPost),
    }),
    /** Posts for one service: role, service id, title. */
    servicePosts: z.array(z.tuple([role, z.string(), z.string()])),
    /** Code, name, short name, Place, sub-ICB location, network, registered patients, counted on, postcode. */
    practices: z.array(
      z.tuple([
        z.string().regex(/^[A-Z]\d{5}$/),
        z.string(),
        z.string().nullable(),
        z.string(),
        z.string(),
        z.string().nullable(),
        z.number().int().positive().nullable(),
        isoDay.nullable(),
        z.string(),
      ]),
    ),
  })
  .strict();

export type DirectoryFile = z.infer<typeof directoryFileSchema>;

export interface OpenedDirectory {
  places: Place[];
  organisations: Organisation[];
  services: Service[];
  posts: Post[];
}

/**
 * Opens the directory file: checks its shape and that every code it names exists, and writes its rows out in full.
 * ICB and Places are live; practices and trusts have not yet joined, unless a demonstration says otherwise
 * (`demo-people-file.ts`). Throws with the offending code when the file is not sound.
 */
export function openDirectory(json: unknown): OpenedDirectory {
  const file = directoryFileSchema.parse(json);
  const organisations = organisationsOf(file);
  const codes = unique(
    "organisation",
    organisations.map((each) => each.code),
  );
  const placeIds = new Set(file.places.map((place) => place.id));
  for (const { code, places, succeededBy } of organisations) {
    for (const id of places) mustHave(placeIds, id, `Place of ${code}`);
    if (succeededBy) mustHave(codes, succeededBy, `successor of ${code}`);
  }
  const services = file.services.map(([organisation, kind, name]) => ({
    id: `${organisation}-${kind}`,
    organisation,
    name,
    kind,
  }));
  const serviceIds = unique(
    "service",
    services.map((each) => each.id),
  );
  for (const service of services) mustHave(codes, service.organisation, `trust of ${service.id}`);
  for (const [, id] of file.servicePosts) mustHave(serviceIds, id, "service of a post");
  const posts = [...standardPostsOf(file, organisations), ...servicePostsOf(file), ...networkPostsOf(file)];
  unique(
    "post",
    posts.map((each) => each.id),
  );
  return { places: file.places, organisations, services, posts };
}

function organisationsOf(file: DirectoryFile): Organisation[] {
  const networks = new Map(file.networks);
  const allPlaces = file.places.map((place) => place.id);
  return [
    { ...file.icb, kind: "icb", places: allPlaces, standing: "live" },
    ...file.places.map(
      ({ id, name, code }): Organisation => ({
        code,
        name: `${name} Place`,
        shortName: name,
        kind: "place",
        places: [id],
        standing: "live",
      }),
    ),
    ...file.trusts.map(
      ({ kinds, ...trust }): Organisation => ({ ...trust, kind: "trust", trustKinds: kinds, standing: "not-yet" }),
    ),
    ...file.practices.map(([code, name, shortName, place, subIcb, network, listSize, listSizeAt, postcode]) => {
      const networkName = network === null ? undefined : networks.get(network);
      if (network !== null && networkName === undefined)
        throw new Error(`Directory: no network ${network} of ${code}.`);
      return {
        code,
        name,
        shortName: shortName ?? name,
        kind: "practice",
        places: [place],
        subIcb,
        postcode,
        standing: "not-yet",
        ...(network !== null && networkName !== undefined && { pcn: { code: network, name: networkName } }),
        ...(listSize !== null && listSizeAt !== null && { listSize, listSizeAt }),
      } satisfies Organisation;
    }),
  ];
}

/** Posts of an organisation that is closed would have nobody to fill them: it has none. */
function standardPostsOf(file: DirectoryFile, organisations: readonly Organisation[]): Post[] {
  return organisations
    .filter((organisation) => !organisation.closedAt)
    .flatMap(({ code, kind }) =>
      file.standardPosts[kind].map((post) => ({ id: `${code}:${post.role}`, organisation: code, ...post })),
    );
}

function servicePostsOf(file: DirectoryFile): Post[] {
  return file.servicePosts.map(([role, service, title]) => {
    const organisation = service.slice(0, service.indexOf("-"));
    return { id: `${organisation}:${role}:${service}`, organisation, role, title, services: [service] };
  });
}

/** A network is no organisation here: its clinical director sits with the ICB, under a title that names the network. */
function networkPostsOf(file: DirectoryFile): Post[] {
  return file.networks.map(([code, name]) => ({
    id: networkPostId(file.icb.code, code),
    organisation: file.icb.code,
    role: "pcn-director",
    title: `Clinical director, ${name}`,
  }));
}

export function networkPostId(icb: string, network: string): string {
  return `${icb}:pcn-director:${network}`;
}

function unique(what: string, ids: readonly string[]): Set<string> {
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) throw new Error(`Directory: ${what} ${id} is there twice.`);
    seen.add(id);
  }
  return seen;
}

function mustHave(known: ReadonlySet<string>, id: string, what: string): void {
  if (!known.has(id)) throw new Error(`Directory: ${what}: there is no ${id}.`);
}
