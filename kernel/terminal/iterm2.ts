import type { Box, Drawing, Png } from "./picture.ts";
import { decode, encode, shrink } from "./pixels.ts";

/** https://iterm2.com/documentation-images.html: the whole file in one sequence; sizes are in cells. */
export function iterm2({ bytes }: Png, { columns, rows }: Box): Drawing | undefined {
  const file = bytes.length <= longest ? bytes : smaller(bytes, columns);
  if (!file || file.length > longest) return undefined;
  const keys = `inline=1;size=${file.length};width=${columns};height=${rows};preserveAspectRatio=1`;
  return { text: `\u001b]1337;File=${keys}:${file.toString("base64")}\u0007`, erase: "" };
}

/** In bytes: iTerm2 takes no sequence of more than 1,048,576 characters. */
const longest = 780_000;

/** With pixels enough for a sharp screen. */
function smaller(bytes: Buffer, columns: number): Buffer | undefined {
  const pixels = decode(bytes);
  return pixels && encode(shrink(pixels, columns * 20));
}
