import onnxProto from "onnx-proto";
import { InferenceSession, Tensor } from "onnxruntime-node";
import type { Points } from "./points";

/** The nearest others of every point, nearest first; -1 where there are fewer. Row `i` is `at[i * k ...]`. */
export interface Neighbours {
  readonly k: number;
  readonly at: Int32Array;
  /** Cosines, in the same places. */
  readonly closeness: Float32Array;
}

/** Products held at once: about 100 MB at a time, whatever the number of points. */
const productsAtOnce = 25_000_000;

/**
 * The exact `k` nearest neighbours of every point by cosine: every product with every other, in blocks, by the runtime
 * that also runs the sentence encoder (a matrix product and a choice of the largest, 70 times faster than by hand).
 */
export async function nearestNeighbours(
  points: Points,
  k: number,
  onProgress: (done: number) => void = () => undefined,
): Promise<Neighbours> {
  const { count, dimensions, values } = points;
  const at = new Int32Array(count * k).fill(-1);
  const closeness = new Float32Array(count * k);
  if (count < 2) return { k, at, closeness };
  const asked = Math.min(k + 1, count);
  const session = await InferenceSession.create(productsAndLargest(asked), { intraOpNumThreads: 2 });
  const all = new Tensor("float32", values, [count, dimensions]);
  const step = Math.max(1, Math.min(count, Math.floor(productsAtOnce / count)));
  try {
    for (let from = 0; from < count; from += step) {
      const rows = Math.min(step, count - from);
      const block = values.subarray(from * dimensions, (from + rows) * dimensions);
      const found = await session.run({ block: new Tensor("float32", block, [rows, dimensions]), all });
      const cosines = numbersOf(found.largest);
      const indices = placesOf(found.where);
      for (let row = 0; row < rows; row++) {
        const self = from + row;
        for (let rank = 0, kept = 0; rank < asked && kept < k; rank++) {
          const other = Number(indices[row * asked + rank]);
          if (other === self) continue;
          at[self * k + kept] = other;
          closeness[self * k + kept] = cosines[row * asked + rank]!;
          kept++;
        }
      }
      onProgress(from + rows);
    }
  } finally {
    await session.release();
  }
  return { k, at, closeness };
}

function numbersOf(tensor: Tensor | undefined): Float32Array {
  if (tensor?.data instanceof Float32Array) return tensor.data;
  throw new Error("the runtime gave no numbers");
}

function placesOf(tensor: Tensor | undefined): BigInt64Array {
  if (tensor?.data instanceof BigInt64Array) return tensor.data;
  throw new Error("the runtime gave no places");
}

/** A network of two steps: `block` times `all` turned, and the largest of each row with where they stand. */
function productsAndLargest(asked: number): Uint8Array {
  const { onnx } = onnxProto;
  const { FLOAT, INT64 } = onnx.TensorProto.DataType;
  const { INT } = onnx.AttributeProto.AttributeType;
  const matrix = (elemType: number, rows: string, columns: string) => ({
    tensorType: { elemType, shape: { dim: [{ dimParam: rows }, { dimParam: columns }] } },
  });
  const howMany = new Uint8Array(BigInt64Array.of(BigInt(asked)).buffer);
  return onnx.ModelProto.encode(
    onnx.ModelProto.create({
      irVersion: 8,
      opsetImport: [{ domain: "", version: 17 }],
      graph: {
        name: "nearest",
        initializer: [{ name: "asked", dims: [1], dataType: INT64, rawData: howMany }],
        input: [
          { name: "block", type: matrix(FLOAT, "rows", "d") },
          { name: "all", type: matrix(FLOAT, "n", "d") },
        ],
        node: [
          {
            opType: "Gemm",
            input: ["block", "all"],
            output: ["products"],
            attribute: [{ name: "transB", i: 1, type: INT }],
          },
          { opType: "TopK", input: ["products", "asked"], output: ["largest", "where"] },
        ],
        output: [
          { name: "largest", type: matrix(FLOAT, "rows", "k") },
          { name: "where", type: matrix(INT64, "rows", "k") },
        ],
      },
    }),
  ).finish();
}
