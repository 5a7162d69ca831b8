import { type HerePerson, typingForMs } from "../protocol";

/** Who a connection stands for. */
export type HereAs = Omit<HerePerson, "typing">;

interface Place {
  as: HereAs;
  /** Runs out when nothing more is typed. */
  typing: NodeJS.Timeout | undefined;
}

/** Who looks at which issue on this node. Several connections of one person count once. */
export class Presence {
  #issues = new Map<string, Map<string, Place>>();
  #tell: (issue: string, people: HerePerson[]) => void;
  #typingForMs: number;

  constructor(tell: (issue: string, people: HerePerson[]) => void, typingLastsMs = typingForMs) {
    this.#tell = tell;
    this.#typingForMs = typingLastsMs;
  }

  arrive(issue: string, connection: string, as: HereAs): void {
    const places = this.#issues.get(issue) ?? new Map<string, Place>();
    this.#issues.set(issue, places);
    places.set(connection, { as, typing: places.get(connection)?.typing });
    this.#tell(issue, this.of(issue));
  }

  leave(issue: string, connection: string): void {
    const places = this.#issues.get(issue);
    const place = places?.get(connection);
    if (!places || !place) return;
    clearTimeout(place.typing);
    places.delete(connection);
    if (places.size === 0) this.#issues.delete(issue);
    this.#tell(issue, this.of(issue));
  }

  typing(issue: string, connection: string, on: boolean): void {
    const place = this.#issues.get(issue)?.get(connection);
    if (!place) return;
    const was = place.typing !== undefined;
    clearTimeout(place.typing);
    place.typing = on ? setTimeout(() => this.typing(issue, connection, false), this.#typingForMs) : undefined;
    place.typing?.unref();
    if (was !== on) this.#tell(issue, this.of(issue));
  }

  of(issue: string): HerePerson[] {
    const people = new Map<string, HerePerson>();
    for (const { as, typing } of this.#issues.get(issue)?.values() ?? []) {
      const known = people.get(as.person);
      people.set(as.person, { ...as, typing: typing !== undefined || (known?.typing ?? false) });
    }
    return [...people.values()];
  }

  close(): void {
    for (const places of this.#issues.values()) for (const place of places.values()) clearTimeout(place.typing);
    this.#issues.clear();
  }
}
