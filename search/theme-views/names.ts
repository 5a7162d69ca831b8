/** Names as small numbers, so that columns hold numbers only. */
export class Names {
  readonly all: string[] = [];
  readonly #numbers = new Map<string, number>();

  of(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.all.length;
    this.all.push(name);
    this.#numbers.set(name, number);
    return number;
  }

  /** -1: no such name was ever seen. */
  find(name: string): number {
    return this.#numbers.get(name) ?? -1;
  }

  get count(): number {
    return this.all.length;
  }
}
