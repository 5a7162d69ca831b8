const atOnce = 4;

/** Does the same for each of many, a few at a time, so that asking again for everybody slows no page. */
export async function fewAtATime<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const left = items[Symbol.iterator]();
  const work = async () => {
    for (const item of { [Symbol.iterator]: () => left }) await act(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
}
