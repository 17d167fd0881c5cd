import { createRequire } from "node:module";
import type { Png, Room } from "./picture.ts";
import { decode, type Pixels, shrink } from "./pixels.ts";
import type { Block } from "./surface.ts";

/**
 * Pixels as DEC's terminals drew them (https://vt100.net/docs/vt3xx-gp/chapter14.html). How many rows they take only the
 * terminal knows: it puts the cursor into the last, and the next is below.
 */
export function sixel({ bytes, width }: Png, { columns }: Room): Block | undefined {
  const pixels = decode(bytes);
  if (!pixels) return undefined;
  const text = encode(shrink(pixels, Math.floor(Math.min(width, columns * cellWidth))));
  return { text: `${text}\r\n`, picture: { rows: undefined, erase: "" } };
}

/** In pixels: narrower than most, so that nothing is cut off at the right. */
const cellWidth = 8;
/** More are known to few terminals. */
const maxColors = 256;

function encode({ width, height, data }: Pixels): string {
  const { introducer, sixelEncode, image2sixel, FINALIZER } = library();
  // The library sorts in what slice() answers: of a Buffer those are the pixels themselves.
  const own = new Uint8Array(data);
  for (const levels of [256, 32]) {
    const few = withLevels(own, levels);
    const palette = paletteOf(few);
    if (palette) return introducer(1) + sixelEncode(few, width, height, palette) + FINALIZER;
  }
  // A photograph: its colours are mixed.
  return image2sixel(own, width, height, maxColors, 1);
}

/** Charts have few colours but for the edges of their letters, which need no more than 32 levels of each. */
const withLevels = (data: Uint8Array, levels: number): Uint8Array =>
  levels === 256
    ? data
    : data.map((value) => Math.round((Math.round((value * (levels - 1)) / 255) * 255) / (levels - 1)));

/** The colours that are seen; undefined if they are too many. */
function paletteOf(data: Uint8Array): [number, number, number][] | undefined {
  const colors = new Set<number>();
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] === 0) continue;
    colors.add(((data[at] as number) << 16) | ((data[at + 1] as number) << 8) | (data[at + 2] as number));
    if (colors.size > maxColors) return undefined;
  }
  // The library wants one.
  if (colors.size === 0) colors.add(0);
  return Array.from(colors, (color) => [color >> 16, (color >> 8) & 255, color & 255]);
}

/** Loaded with the first picture. */
const library = () => createRequire(import.meta.url)("sixel") as typeof import("sixel");
