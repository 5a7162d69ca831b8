import { crc32, deflateSync, inflateSync } from "node:zlib";

/**
 * A screenshot with 256 colours: a third of the size, and of pages drawn in few colours hardly to be told apart. Takes
 * the 8-bit RGB and RGBA files that browsers write (PNG specification, third edition), nothing else.
 */
export function shrinkPng(file: Buffer): Buffer {
  const { width, height, channels, data } = read(file);
  const pixels = unfilter(inflateSync(data), width, height, channels);
  const palette = commonest(pixels, channels, 256);
  const rows = Buffer.alloc((width + 1) * height);
  const known = new Map<number, number>();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = colourAt(pixels, (y * width + x) * channels);
      let index = known.get(colour);
      if (index === undefined) {
        index = nearest(palette, colour);
        known.set(colour, index);
      }
      rows[y * (width + 1) + 1 + x] = index;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    file.subarray(0, 8),
    chunk("IHDR", header),
    chunk("PLTE", colours),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function read(file: Buffer) {
  const width = file.readUInt32BE(16);
  const height = file.readUInt32BE(20);
  const channels = { 2: 3, 6: 4 }[file[25] ?? 0];
  if (file[24] !== 8 || !channels || file[28] !== 0) throw new Error("this kind of PNG is not read here");
  const data: Buffer[] = [];
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    if (file.toString("latin1", at + 4, at + 8) === "IDAT") data.push(file.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return { width, height, channels, data: Buffer.concat(data) };
}

/** Takes back what each row's filter did: none, left, up, their mean, or Paeth's choice of the three. */
function unfilter(filtered: Buffer, width: number, height: number, channels: number): Buffer {
  const stride = width * channels;
  const pixels = Buffer.alloc(stride * height);
  const at = (y: number, i: number) => (y < 0 || i < 0 ? 0 : (pixels[y * stride + i] ?? 0));
  for (let y = 0; y < height; y++) {
    const filter = filtered[y * (stride + 1)];
    for (let i = 0; i < stride; i++) {
      const left = at(y, i - channels);
      const up = at(y - 1, i);
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, i < channels ? 0 : at(y - 1, i - channels))];
      pixels[y * stride + i] = ((filtered[y * (stride + 1) + 1 + i] ?? 0) + (guess[filter ?? 0] ?? 0)) & 255;
    }
  }
  return pixels;
}

function paeth(left: number, up: number, upLeft: number): number {
  const guess = left + up - upLeft;
  const [byLeft, byUp, byUpLeft] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - upLeft)];
  if (byLeft <= byUp && byLeft <= byUpLeft) return left;
  return byUp <= byUpLeft ? up : upLeft;
}

function colourAt(pixels: Buffer, at: number): number {
  return ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
}

function commonest(pixels: Buffer, channels: number, count: number): number[] {
  const seen = new Map<number, number>();
  for (let at = 0; at < pixels.length; at += channels) {
    const colour = colourAt(pixels, at);
    seen.set(colour, (seen.get(colour) ?? 0) + 1);
  }
  return [...seen]
    .sort((a, b) => b[1] - a[1])
    .slice(0, count)
    .map(([colour]) => colour);
}

function nearest(palette: readonly number[], colour: number): number {
  let best = 0;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const [index, each] of palette.entries()) {
    const red = (each >> 16) - (colour >> 16);
    const green = ((each >> 8) & 255) - ((colour >> 8) & 255);
    const blue = (each & 255) - (colour & 255);
    const distance = red * red + green * green + blue * blue;
    if (distance < bestDistance) [best, bestDistance] = [index, distance];
  }
  return best;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
