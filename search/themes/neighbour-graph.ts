import { type Graph, graphOf } from "./communities";
import type { Neighbours } from "./neighbours";

/** A graph in which every point is tied to its nearest neighbours, by how close they are; what is opposite is not tied. */
export function neighbourGraph({ k, at, closeness }: Neighbours, count: number): Graph {
  function* pairs(): Iterable<[number, number, number]> {
    for (let point = 0; point < count; point++)
      for (let rank = point * k; rank < (point + 1) * k; rank++)
        if (at[rank]! >= 0 && closeness[rank]! > 0) yield [point, at[rank]!, closeness[rank]!];
  }
  return graphOf(count, pairs());
}
