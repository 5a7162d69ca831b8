import { mongo } from "mongoose";

/** Lists of numbers as the store keeps them: their bytes, little endian. */
export function binary(numbers: Float32Array | Uint32Array | Uint8Array): mongo.Binary {
  return new mongo.Binary(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
}

export function floatsOf(bytes: mongo.Binary): Float32Array {
  return new Float32Array(aligned(bytes));
}

export function integersOf(bytes: mongo.Binary): Uint32Array {
  return new Uint32Array(aligned(bytes));
}

/** A copy, because numbers of four bytes must begin at a multiple of four. */
function aligned(bytes: mongo.Binary): ArrayBuffer {
  return new Uint8Array(bytes.value()).buffer;
}
