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
  #facts: Indexed;

  constructor(facts: DirectoryFacts) {
    this.#facts = indexed(facts);
  }

  /** Takes newer facts in place of these: whoever holds this directory sees them from now on. */
  replace(facts: DirectoryFacts): void {
    this.#facts = indexed(facts);
  }

  get places(): readonly Place[] {
    return this.#facts.places;
  }

  get organisations(): readonly Organisation[] {
    return this.#facts.organisations;
  }

  get services(): readonly Service[] {
    return this.#facts.services;
  }

  get posts(): readonly Post[] {
    return this.#facts.posts;
  }

  organisation(code: OrganisationCode): Organisation | undefined {
    return this.#facts.organisationByCode.get(code);
  }

  /** The organisation that answers today for this code: follows successions to their end. */
  successor(code: OrganisationCode): Organisation | undefined {
    const seen = new Set<string>();
    let organisation = this.#facts.organisationByCode.get(code);
    while (organisation?.succeededBy && !seen.has(organisation.code)) {
      seen.add(organisation.code);
      organisation = this.#facts.organisationByCode.get(organisation.succeededBy) ?? organisation;
    }
    return organisation;
  }

  service(id: string): Service | undefined {
    return this.#facts.serviceById.get(id);
  }

  servicesOf(code: OrganisationCode): readonly Service[] {
    return this.#facts.servicesByOrganisation.get(code) ?? [];
  }

  post(id: string): Post | undefined {
    return this.#facts.postById.get(id);
  }

  postsOf(code: OrganisationCode): readonly Post[] {
    return this.#facts.postsByOrganisation.get(code) ?? [];
  }

  postWithRole(code: OrganisationCode, role: Role): Post | undefined {
    return this.postsOf(code).find((post) => post.role === role);
  }

  person(id: string): Person | undefined {
    return this.#facts.personById.get(id);
  }

  place(id: string): Place | undefined {
    return this.#facts.placeById.get(id);
  }

  /** People who hold this post on the day of `at`, in the order they began. */
  holders(postId: string, at: Date): readonly Person[] {
    return current(this.#facts.holdingsByPost.get(postId), at).flatMap(
      (holding) => this.#facts.personById.get(holding.person) ?? [],
    );
  }

  /** Posts this person holds on the day of `at`: the hats they can wear. */
  postsHeldBy(personId: string, at: Date): readonly Post[] {
    return current(this.#facts.holdingsByPerson.get(personId), at).flatMap(
      (holding) => this.#facts.postById.get(holding.post) ?? [],
    );
  }

  /** Everyone who holds a post in this organisation on the day of `at`. */
  peopleIn(code: OrganisationCode, at: Date): readonly Person[] {
    const people = this.postsOf(code).flatMap((post) => this.holders(post.id, at));
    return [...new Set(people)];
  }
}

type Indexed = ReturnType<typeof indexed>;

function indexed(facts: DirectoryFacts) {
  return {
    ...facts,
    organisationByCode: new Map(facts.organisations.map((each) => [each.code, each])),
    serviceById: new Map(facts.services.map((each) => [each.id, each])),
    postById: new Map(facts.posts.map((each) => [each.id, each])),
    personById: new Map(facts.people.map((each) => [each.id, each])),
    placeById: new Map(facts.places.map((each) => [each.id, each])),
    holdingsByPost: groupBy(facts.holdings, (each) => each.post),
    holdingsByPerson: groupBy(facts.holdings, (each) => each.person),
    postsByOrganisation: groupBy(facts.posts, (each) => each.organisation),
    servicesByOrganisation: groupBy(facts.services, (each) => each.organisation),
  };
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
