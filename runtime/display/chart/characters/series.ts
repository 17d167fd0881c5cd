import type { Canvas } from "./canvas.ts";
import type { Lines } from "./geometry.ts";
import { cellHeight, cellWidth } from "./units.ts";

/** Block characters, which terminals that mend the contrast of text leave as they are. */
const fills = ["█", "▒", "░", "▚", "▓", "▞"];
const symbols = ["●", "■", "▲", "◆", "○", "□", "△", "◇", "★", "☆"];

/** In cells: how far apart the symbols on a line are. */
const spacing = 14;

/** How the series of a chart are told apart without colours: by the numbers of their colours, in the legend's order. */
export class Series {
  readonly #colors: readonly number[];
  readonly #shades: ReadonlyMap<number, string>;
  readonly #filled: boolean;

  constructor(colors: readonly number[], shades: ReadonlyMap<number, string>, filled: boolean) {
    this.#colors = colors;
    this.#shades = shades;
    this.#filled = filled;
  }

  /** The character that fills an area of each colour, where it is not the full block. */
  get fills(): ReadonlyMap<number, string> {
    const series = this.#colors.map((color, index) => [color, at(fills, index)] as const);
    return new Map([...(this.#colors.length > 1 ? series : []), ...this.#shades]);
  }

  symbol = (color: number): string => at(symbols, Math.max(0, this.#colors.indexOf(color)));

  /** Symbols along a line, where there are other lines. */
  markLine(lines: Lines, color: number, canvas: Canvas): void {
    const index = this.#colors.indexOf(color);
    if (index === -1 || this.#colors.length < 2) return;
    const { clip } = canvas;
    const period = spacing * cellWidth;
    const first = Math.floor((((index + 0.5) / this.#colors.length) * period) / 2);
    let next = clip.x1 + first + cellWidth;
    for (const line of lines) {
      for (const [at, [x, y]] of line.entries()) {
        const [px, py] = line[at - 1] ?? [x, y];
        while (x >= next && px <= next && x > px) {
          const row = Math.floor((py + ((next - px) / (x - px)) * (y - py)) / cellHeight);
          const column = Math.floor(next / cellWidth);
          next += period;
          if (row * cellHeight >= clip.y1 && (row + 1) * cellHeight <= clip.y2 && column * cellWidth < clip.x2)
            canvas.write(column, row, this.symbol(color), color);
        }
      }
    }
  }

  drawEntry(column: number, row: number, color: number, canvas: Canvas): void {
    const fill = this.fills.get(color) ?? "█";
    if (!this.#filled) canvas.write(column, row, this.symbol(color), color);
    else if (fill === "█") canvas.write(column, row, fill, color);
    else
      canvas.fillBox(
        { x1: column * cellWidth, y1: row * cellHeight, x2: (column + 1) * cellWidth, y2: (row + 1) * cellHeight },
        color,
      );
  }
}

const at = (characters: readonly string[], index: number) => characters[index % characters.length] as string;
