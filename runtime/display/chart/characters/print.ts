import { bestBlock } from "./blocks.ts";
import { type Canvas, corner, down, left, right, up } from "./canvas.ts";
import { type Palette, plain } from "./color.ts";
import { parts } from "./units.ts";

type Shown = { readonly char: string; readonly ink?: number; readonly ground?: number; readonly bold?: boolean };

/**
 * The lines of a canvas, without what is empty around the drawing. Colours are those of 256; a colour's `fills` character
 * is drawn in that colour on the same, so that it is seen only where colours are taken away.
 */
export function printCanvas(canvas: Canvas, palette: Palette, fills: ReadonlyMap<number, string>): string[] {
  const rows = Array.from({ length: canvas.rows }, (_, row) =>
    Array.from({ length: canvas.columns }, (_, column) => shownAt(canvas, column, row, fills)),
  );
  const isUsed = (row: readonly Shown[]) => row.some(isInk);
  const first = rows.findIndex(isUsed);
  if (first === -1) return [];
  const last = rows.findLastIndex(isUsed);
  const used = rows.slice(first, last + 1);
  const start = Math.min(...used.map((row) => indexOrEnd(row)));
  return used.map((row) => printRow(row.slice(start), palette));
}

const isInk = ({ char, ground }: Shown) => char !== " " || ground !== undefined;
const indexOrEnd = (row: readonly Shown[]) => {
  const index = row.findIndex(isInk);
  return index === -1 ? row.length : index;
};

function printRow(row: readonly Shown[], palette: Palette): string {
  const cells = row.slice(0, row.findLastIndex(isInk) + 1);
  let line = "";
  let style = "";
  for (const { char, ink = plain, ground, bold = false } of cells) {
    const fore = char === " " ? undefined : inkOn(palette, ink, ground);
    const back = ground === undefined ? undefined : palette.code(ground);
    const wanted = [bold ? "1" : "", fore === undefined ? "" : `38;5;${fore}`, back === undefined ? "" : `48;5;${back}`]
      .filter(Boolean)
      .join(";");
    if (wanted !== style) line += style === "" ? `\x1b[${wanted}m` : wanted === "" ? "\x1b[0m" : `\x1b[0;${wanted}m`;
    style = wanted;
    line += char;
  }
  return style === "" ? line : `${line}\x1b[0m`;
}

/** Black or white for text in the terminal's own colour, where it is on another. */
function inkOn(palette: Palette, ink: number, ground: number | undefined): number | undefined {
  if (ink !== plain || ground === undefined || ground === plain) return palette.code(ink);
  return palette.lightness(ground) > 0.45 ? 16 : 231;
}

function shownAt(canvas: Canvas, column: number, row: number, fills: ReadonlyMap<number, string>): Shown {
  const { owners, dots, link, letter } = canvas.at(column, row);
  const behind = mostOf(owners, (parts * parts) / 2);
  if (letter) return { char: letter.char, ink: letter.color, bold: letter.bold, ground: behind };
  const braille = brailleOf(dots);
  if (braille) return { ...braille, ground: behind };
  const isCovered = link && !(link.bits & (left | right)) && mostOf(owners, (parts * parts) / 4) !== undefined;
  if (link && (!isCovered || (behind !== undefined && isWhole(owners))))
    return { char: lineCharacter(link.bits, link.dashed), ink: link.color, ground: behind };
  const found = bestBlock(owners);
  if (!found) return { char: " " };
  const { char, ink, ground } = found;
  if (char === " " || char === "█") {
    const color = char === " " ? ground : ink;
    const fill = fills.get(color) ?? "█";
    return { char: fill, ink: color, ...(fill !== "█" && { ground: color }) };
  }
  return { char, ink, ...(ground !== -1 && { ground }) };
}

/** The end of a bar is seen rather than the upright line that begins there. */
const isWhole = (owners: ArrayLike<number>) => mostOf(owners, parts * parts - 1) !== undefined;

/** The colour of more than so many parts. */
function mostOf(owners: ArrayLike<number>, more: number): number | undefined {
  const counts = new Map<number, number>();
  for (let index = 0; index < owners.length; index++) {
    const owner = owners[index] ?? -1;
    if (owner !== -1) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most && most[1] > more ? most[0] : undefined;
}

/** Unicode counts braille's dots down the left column, then the right, then the bottom row. */
const dotBits = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];

function brailleOf(dots: ArrayLike<number>): Shown | undefined {
  let code = 0;
  for (const [index, bit] of dotBits.entries()) if (dots[index] !== -1) code |= bit;
  if (code === 0) return undefined;
  return { char: String.fromCodePoint(0x2800 + code), ink: mostOf(dots, 0) ?? plain };
}

const lines = new Map<number, string>([
  [left, "─"],
  [right, "─"],
  [left | right, "─"],
  [up, "│"],
  [down, "│"],
  [up | down, "│"],
  [up | right, "└"],
  [up | left, "┘"],
  [down | right, "┌"],
  [down | left, "┐"],
  [up | down | left, "┤"],
  [up | down | right, "├"],
  [left | right | down, "┬"],
  [left | right | up, "┴"],
  [left | right | up | down, "┼"],
]);

function lineCharacter(bits: number, dashed: boolean): string {
  if (bits & corner) return bits & right ? "└" : "┘";
  const char = lines.get(bits) ?? "┼";
  return dashed && char === "─" ? "╌" : dashed && char === "│" ? "╎" : char;
}
