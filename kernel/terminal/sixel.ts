import { createRequire } from "node:module";
import type { Png, Room } from "./picture.ts";
import { decode, shrink } from "./pixels.ts";
import type { Block } from "./surface.ts";

/**
 * Pixels as DEC's terminals drew them (https://vt100.net/docs/vt3xx-gp/chapter14.html). How many rows they take only the
 * terminal knows: it puts the cursor into the last, and the next is below.
 */
export function sixel({ bytes, width }: Png, { columns }: Room): Block | undefined {
  const pixels = decode(bytes);
  if (!pixels) return undefined;
  const fitted = shrink(pixels, Math.floor(Math.min(width, columns * cellWidth)));
  const { image2sixel } = createRequire(import.meta.url)("sixel") as typeof import("sixel");
  const text = image2sixel(fitted.data, fitted.width, fitted.height, 256, 0);
  return { text: `${text}\r\n`, picture: { rows: undefined, erase: "" } };
}

/** In pixels: narrower than most, so that nothing is cut off at the right. */
const cellWidth = 8;
