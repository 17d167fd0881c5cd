import { createRequire } from "node:module";

/** RGBA, row by row. */
export type Pixels = { readonly width: number; readonly height: number; readonly data: Buffer };

/** The pixels of a PNG; undefined for a broken one. */
export function decode(png: Buffer): Pixels | undefined {
  try {
    return library().PNG.sync.read(png);
  } catch {
    return undefined;
  }
}

export function encode({ width, height, data }: Pixels): Buffer {
  const { PNG } = library();
  const png = new PNG({ width, height });
  data.copy(png.data);
  return PNG.sync.write(png);
}

/** Not wider than `maxWidth`: each new pixel is the mean of those that it covers. */
export function shrink(pixels: Pixels, maxWidth: number): Pixels {
  if (pixels.width <= maxWidth) return pixels;
  const width = Math.max(1, maxWidth);
  const height = Math.max(1, Math.round((pixels.height * width) / pixels.width));
  const data = Buffer.alloc(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const mean = meanOf(pixels, covered(x, width, pixels.width), covered(y, height, pixels.height));
      data.set(mean, (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

type Span = readonly [from: number, to: number];

const covered = (at: number, length: number, original: number): Span => {
  const from = Math.floor((at * original) / length);
  return [from, Math.max(from + 1, Math.floor(((at + 1) * original) / length))];
};

/** Transparent pixels have no colour to add. */
function meanOf({ data, width }: Pixels, [left, right]: Span, [top, bottom]: Span): [number, number, number, number] {
  let [red, green, blue, alpha] = [0, 0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let at = (y * width + left) * 4; at < (y * width + right) * 4; at += 4) {
      const weight = data[at + 3] as number;
      red += (data[at] as number) * weight;
      green += (data[at + 1] as number) * weight;
      blue += (data[at + 2] as number) * weight;
      alpha += weight;
    }
  }
  const count = (right - left) * (bottom - top);
  return alpha === 0 ? [0, 0, 0, 0] : [red / alpha, green / alpha, blue / alpha, alpha / count];
}

/** Loaded with the first picture. */
const library = () => createRequire(import.meta.url)("pngjs") as typeof import("pngjs");
