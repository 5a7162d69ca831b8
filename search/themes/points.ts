/** Unit vectors in one piece of memory: row `i` is `values[i * dimensions ...]`. */
export interface Points {
  readonly count: number;
  readonly dimensions: number;
  readonly values: Float32Array;
}

/** Rows of one length as points. */
export function pointsOf(rows: readonly Float32Array[]): Points {
  const dimensions = rows[0]?.length ?? 0;
  const values = new Float32Array(rows.length * dimensions);
  rows.forEach((row, at) => {
    if (row.length !== dimensions) throw new Error(`vector ${at} has ${row.length} numbers, the first ${dimensions}`);
    values.set(row, at * dimensions);
  });
  return { count: rows.length, dimensions, values };
}

export function rowOf(points: Points, at: number): Float32Array {
  return points.values.subarray(at * points.dimensions, (at + 1) * points.dimensions);
}

/** The mean of all rows: what every text of a board has in common. */
export function meanOf(points: Points): Float32Array {
  const { count, dimensions, values } = points;
  const sums = new Float64Array(dimensions);
  for (let at = 0, i = 0; at < count; at++) for (let d = 0; d < dimensions; d++, i++) sums[d]! += values[i]!;
  return Float32Array.from(sums, (sum) => (count === 0 ? 0 : sum / count));
}

/**
 * Rows less `mean`, of length one again, in place. Texts of one board lie in a narrow cone: without what they share,
 * what tells them apart is seen. A row equal to the mean becomes all zeros, which is near nothing.
 */
export function centre(points: Points, mean: Float32Array): Points {
  for (let at = 0; at < points.count; at++) centreRow(rowOf(points, at), mean);
  return points;
}

export function centreRow(row: Float32Array, mean: Float32Array): Float32Array {
  for (let d = 0; d < row.length; d++) row[d]! -= mean[d]!;
  return scaleToOne(row);
}

/** The row with length one, in place; all zeros stay zeros. */
export function scaleToOne(row: Float32Array): Float32Array {
  let squares = 0;
  for (const value of row) squares += value * value;
  if (squares < 1e-12) return row.fill(0);
  const length = Math.sqrt(squares);
  for (let d = 0; d < row.length; d++) row[d]! /= length;
  return row;
}

export function product(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let d = 0; d < one.length; d++) sum += one[d]! * other[d]!;
  return sum;
}
