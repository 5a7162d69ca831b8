import { categoryGroupOf } from "./category";
import type { Directory } from "./directory";
import { belongsInLfpse, type Harm } from "./issue";
import type { Organisation, Post, Role } from "./organisation";

/** Where an issue goes, and why, in words for the sender. */
export interface Route {
  post: Post;
  organisation: Organisation;
  /** Names of the people who hold the post today; empty when nobody does. */
  holders: readonly { id: string; name: string }[];
  why: string;
  /** The organisation it is about is not live: it waits in the Place's queue and an invitation is drafted. */
  waitsForInvitation: boolean;
}

/**
 * Who can act on an issue about this organisation and service, of this kind and harm. In this order: the patient safety
 * lead when harm is moderate or worse; a post that answers for the service; a post that answers for the kind (medicines:
 * the medicines pharmacist); the interface lead (trust) or practice manager (practice);
 * the medical director; and where the organisation is not live or nobody holds any of these, its Place's queue,
 * at last the ICB. A post that nobody holds today is passed over: nothing may be left unowned.
 */
export function routeIssue(
  directory: Directory,
  about: { organisation: string; service?: string | undefined },
  kind: { category?: string | undefined; harm?: Harm | undefined },
  now: Date,
): Route | undefined {
  const organisation = directory.successor(about.organisation);
  if (!organisation) return undefined;
  const held = (post: Post) => directory.holders(post.id, now).length > 0;
  const to = (post: Post, why: string, waitsForInvitation = false): Route | undefined => {
    const home = directory.organisation(post.organisation);
    if (!home) return undefined;
    return { post, organisation: home, holders: directory.holders(post.id, now), why, waitsForInvitation };
  };
  if (organisation.standing === "live") {
    for (const { post, why } of candidates(directory, organisation, about.service, kind)) {
      if (held(post)) return to(post, why);
    }
  }
  const queue = placeQueue(directory, organisation, now);
  if (!queue) return undefined;
  const home = directory.organisation(queue.organisation)?.shortName ?? queue.title;
  const why =
    organisation.standing === "live"
      ? `because nobody at ${organisation.shortName} holds a post that answers for it today`
      : `because ${organisation.shortName} has not joined yet: ${home} looks after it and invites them`;
  return to(queue, why, organisation.standing !== "live");
}

function* candidates(
  directory: Directory,
  organisation: Organisation,
  serviceId: string | undefined,
  { category, harm }: { category?: string | undefined; harm?: Harm | undefined },
): Generator<{ post: Post; why: string }> {
  const posts = directory.postsOf(organisation.code);
  const each = (answers: (post: Post) => boolean | undefined, why: string) =>
    posts.filter(answers).map((post) => ({ post, why }));
  const withRole = (role: Role, why: string) => each((post) => post.role === role, why);
  if (harm && belongsInLfpse(harm))
    yield* withRole(
      "patient-safety-lead",
      "because harm is moderate or worse: patient safety looks at it first, the same day",
    );
  const service = serviceId ? directory.service(serviceId) : undefined;
  if (service)
    yield* each((post) => post.services?.includes(service.id), `because this post answers for ${service.name}`);
  const group = category ? categoryGroupOf(category) : undefined;
  if (group)
    yield* each(
      (post) => post.categories?.includes(group.code),
      `because this post answers for ${group.name.toLowerCase()}`,
    );
  yield* withRole(
    organisation.kind === "practice" ? "practice-manager" : "interface-lead",
    service
      ? `because ${service.name} has no owner named yet: this post passes it to the right team`
      : `because no one service is named: this post passes it to the right team`,
  );
  yield* withRole("gp", "because this practice has no manager named yet");
  yield* withRole("medical-director", "because this organisation has no interface lead named yet");
  yield* withRole("place-lead", "because this post answers for the Place");
  yield* withRole("icb-medical-director", "because this post answers for the ICB");
}

/**
 * The post that looks after issues about organisations that have not joined: the lead of their main Place (the first),
 * and for one that serves every Place, the ICB.
 */
function placeQueue(directory: Directory, organisation: Organisation, now: Date): Post | undefined {
  const everywhere = organisation.places.length === directory.places.length;
  const leads = (everywhere ? [] : organisation.places).flatMap((id) => {
    const place = directory.place(id);
    return (place && directory.postWithRole(place.code, "place-lead")) ?? [];
  });
  const icb = directory.organisations.filter((each) => each.kind === "icb");
  const posts = [...leads, ...icb.flatMap((each) => directory.postWithRole(each.code, "icb-medical-director") ?? [])];
  return posts.find((post) => directory.holders(post.id, now).length > 0);
}
