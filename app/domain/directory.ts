import type { Holding, Organisation, OrganisationCode, Person, Place, Post, Role, Service } from "./organisation";

export interface DirectoryFacts {
  places: readonly Place[];
  organisations: readonly Organisation[];
  services: readonly Service[];
  posts: readonly Post[];
  people: readonly Person[];
  holdings: readonly Holding[];
}

/** Everything one ICS knows about who is where: small enough (5,000 people) to be held whole and asked in memory. */
export class Directory {
  readonly places: readonly Place[];
  readonly organisations: readonly Organisation[];
  readonly services: readonly Service[];
  readonly posts: readonly Post[];
  readonly #organisations: Map<string, Organisation>;
  readonly #services: Map<string, Service>;
  readonly #posts: Map<string, Post>;
  readonly #people: Map<string, Person>;
  readonly #places: Map<string, Place>;
  readonly #holdingsByPost: Map<string, Holding[]>;
  readonly #holdingsByPerson: Map<string, Holding[]>;
  readonly #postsByOrganisation: Map<string, Post[]>;
  readonly #servicesByOrganisation: Map<string, Service[]>;

  constructor(facts: DirectoryFacts) {
    this.places = facts.places;
    this.organisations = facts.organisations;
    this.services = facts.services;
    this.posts = facts.posts;
    this.#organisations = new Map(facts.organisations.map((each) => [each.code, each]));
    this.#services = new Map(facts.services.map((each) => [each.id, each]));
    this.#posts = new Map(facts.posts.map((each) => [each.id, each]));
    this.#people = new Map(facts.people.map((each) => [each.id, each]));
    this.#places = new Map(facts.places.map((each) => [each.id, each]));
    this.#holdingsByPost = groupBy(facts.holdings, (each) => each.post);
    this.#holdingsByPerson = groupBy(facts.holdings, (each) => each.person);
    this.#postsByOrganisation = groupBy(facts.posts, (each) => each.organisation);
    this.#servicesByOrganisation = groupBy(facts.services, (each) => each.organisation);
  }

  organisation(code: OrganisationCode): Organisation | undefined {
    return this.#organisations.get(code);
  }

  /** The organisation that answers today for this code: follows successions to their end. */
  successor(code: OrganisationCode): Organisation | undefined {
    const seen = new Set<string>();
    let organisation = this.#organisations.get(code);
    while (organisation?.succeededBy && !seen.has(organisation.code)) {
      seen.add(organisation.code);
      organisation = this.#organisations.get(organisation.succeededBy) ?? organisation;
    }
    return organisation;
  }

  service(id: string): Service | undefined {
    return this.#services.get(id);
  }

  servicesOf(code: OrganisationCode): readonly Service[] {
    return this.#servicesByOrganisation.get(code) ?? [];
  }

  post(id: string): Post | undefined {
    return this.#posts.get(id);
  }

  postsOf(code: OrganisationCode): readonly Post[] {
    return this.#postsByOrganisation.get(code) ?? [];
  }

  postWithRole(code: OrganisationCode, role: Role): Post | undefined {
    return this.postsOf(code).find((post) => post.role === role);
  }

  person(id: string): Person | undefined {
    return this.#people.get(id);
  }

  place(id: string): Place | undefined {
    return this.#places.get(id);
  }

  /** People who hold this post on the day of `at`, in the order they began. */
  holders(postId: string, at: Date): readonly Person[] {
    return current(this.#holdingsByPost.get(postId), at).flatMap((holding) => this.#people.get(holding.person) ?? []);
  }

  /** Posts this person holds on the day of `at`: the hats they can wear. */
  postsHeldBy(personId: string, at: Date): readonly Post[] {
    return current(this.#holdingsByPerson.get(personId), at).flatMap((holding) => this.#posts.get(holding.post) ?? []);
  }

  /** Everyone who holds a post in this organisation on the day of `at`. */
  peopleIn(code: OrganisationCode, at: Date): readonly Person[] {
    const people = this.postsOf(code).flatMap((post) => this.holders(post.id, at));
    return [...new Set(people)];
  }
}

function current(holdings: readonly Holding[] | undefined, at: Date): readonly Holding[] {
  const day = at.toISOString().slice(0, 10);
  return (holdings ?? []).filter((holding) => holding.from <= day && (!holding.until || day < holding.until));
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
