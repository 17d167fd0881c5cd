import stringWidth from "string-width";
import type { Lines, Point } from "./geometry.ts";
import { cellHeight, cellWidth, parts } from "./units.ts";

/** In pixels. */
export type Box = { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };

export type Letter = { readonly char: string; readonly color: number; readonly bold: boolean };

/** The directions in which a line leaves a cell. */
export const left = 1;
export const right = 2;
export const up = 4;
export const down = 8;
/** Where an axis at the side ends: its last tick is the corner. */
export const corner = 16;

const dotWidth = cellWidth / 2;
const dotHeight = cellHeight / 4;
const partWidth = cellWidth / parts;
const partHeight = cellHeight / parts;

/**
 * A grid of cells, each with what is drawn in it: filled parts, dots of braille, box lines and letters, from the back to
 * the front. Positions are in pixels of the chart; those outside of the grid or of the clip are left out.
 */
export class Canvas {
  readonly columns: number;
  readonly rows: number;
  readonly #left: number;
  readonly #top: number;
  /** The colour of each part, or -1. */
  readonly #parts: Int16Array;
  readonly #dots: Int16Array;
  readonly #links = new Map<number, { bits: number; color: number; dashed: boolean }>();
  readonly #letters = new Map<number, Letter>();
  clip: Box;

  /** A grid for the pixels in a box. */
  constructor({ x1, y1, x2, y2 }: Box) {
    this.#left = Math.floor(x1 / cellWidth);
    this.#top = Math.floor(y1 / cellHeight);
    this.columns = Math.ceil(x2 / cellWidth) - this.#left;
    this.rows = Math.ceil(y2 / cellHeight) - this.#top;
    this.#parts = new Int16Array(this.columns * this.rows * parts * parts).fill(-1);
    this.#dots = new Int16Array(this.columns * this.rows * 8).fill(-1);
    this.clip = this.whole;
  }

  get whole(): Box {
    const [x1, y1] = [this.#left * cellWidth, this.#top * cellHeight];
    return { x1, y1, x2: x1 + this.columns * cellWidth, y2: y1 + this.rows * cellHeight };
  }

  fillBox({ x1, y1, x2, y2 }: Box, color: number): void {
    this.fill(
      [
        [
          [x1, y1],
          [x2, y1],
          [x2, y2],
          [x1, y2],
        ],
      ],
      color,
    );
  }

  /** Fills the inside of closed lines: what a ray crosses them an odd number of times from. */
  fill(lines: Lines, color: number): void {
    const { clip } = this;
    const edges = lines.flatMap((line) =>
      line.map((point, index) => [point, line[(index + 1) % line.length] as Point]),
    );
    const ys = edges.map(([[, y]]: any) => y as number);
    const first = Math.floor((Math.max(clip.y1, min(ys)) - this.#top * cellHeight) / partHeight);
    const last = Math.ceil((Math.min(clip.y2, max(ys)) - this.#top * cellHeight) / partHeight);
    for (let row = first; row < last; row++) {
      const y = this.#top * cellHeight + (row + 0.5) * partHeight;
      if (y < clip.y1 || y >= clip.y2) continue;
      const crossings: number[] = [];
      for (const [[ax, ay], [bx, by]] of edges as [Point, Point][]) {
        if (ay <= y !== by <= y) crossings.push(ax + ((y - ay) / (by - ay)) * (bx - ax));
      }
      crossings.sort((a, b) => a - b);
      for (let index = 0; index + 1 < crossings.length; index += 2)
        this.#fillRow(
          row,
          Math.max(clip.x1, crossings[index] ?? 0),
          Math.min(clip.x2, crossings[index + 1] ?? 0),
          color,
        );
    }
  }

  #fillRow(row: number, from: number, to: number, color: number): void {
    const start = Math.max(0, Math.round((from - this.#left * cellWidth) / partWidth));
    const end = Math.min(this.columns * parts, Math.round((to - this.#left * cellWidth) / partWidth));
    const cellRow = Math.floor(row / parts);
    if (cellRow < 0 || cellRow >= this.rows) return;
    for (let part = start; part < end; part++) {
      const cell = cellRow * this.columns + Math.floor(part / parts);
      this.#parts[cell * parts * parts + (row % parts) * parts + (part % parts)] = color;
    }
  }

  /** A dot of braille: a quarter of a cell's height and half its width. */
  dot(x: number, y: number, color: number): void {
    const { clip } = this;
    // What lies on the far edge of the chart belongs to its last cell.
    const px = x >= clip.x2 && x < clip.x2 + 1 ? clip.x2 - 0.01 : x;
    const py = y >= clip.y2 && y < clip.y2 + 1 ? clip.y2 - 0.01 : y;
    if (px < clip.x1 || py < clip.y1 || px >= clip.x2 || py >= clip.y2) return;
    const column = Math.floor(px / dotWidth) - this.#left * 2;
    const row = Math.floor(py / dotHeight) - this.#top * 4;
    const cell = Math.floor(row / 4) * this.columns + Math.floor(column / 2);
    this.#dots[cell * 8 + (row % 4) * 2 + (column % 2)] = color;
  }

  /** Lines of dots, with gaps where `dash` says lengths of dots and of gaps, in pixels. */
  stroke(lines: Lines, color: number, dash?: readonly number[]): void {
    for (const line of lines) {
      let run = 0;
      for (let index = 1; index < line.length; index++) {
        const [[ax, ay], [bx, by]] = [line[index - 1] as Point, line[index] as Point];
        const length = Math.hypot(bx - ax, by - ay);
        // Dots are 4 pixels apart; the far ends of very long lines are outside.
        const steps = Math.min(20_000, Math.max(1, Math.ceil(length / 2)));
        for (let step = 0; step <= steps; step++) {
          const t = step / steps;
          if (!dash || isOn(run + t * length, dash)) this.dot(ax + t * (bx - ax), ay + t * (by - ay), color);
        }
        run += length;
      }
      if (line.length === 1 && line[0] && lines.length === 1) this.dot(...line[0], color);
    }
  }

  /** A box line through the middle of a cell, in some of the four directions. */
  link(column: number, row: number, directions: number, color: number, dashed = false): void {
    const cell = this.#cell(column, row);
    if (cell === undefined) return;
    const known = this.#links.get(cell);
    this.#links.set(cell, {
      bits: (known?.bits ?? 0) | directions,
      color: known && !color ? known.color : color,
      dashed,
    });
  }

  linked = (column: number, row: number): number => this.#links.get(this.#cell(column, row) ?? -1)?.bits ?? 0;

  /** Letters from a cell on. */
  write(column: number, row: number, text: string, color: number, bold = false): void {
    let at = column;
    for (const { segment } of segments.segment(text)) {
      const width = stringWidth(segment);
      if (width === 0) continue;
      const cells = Array.from({ length: width }, (_, index) => this.#cell(at + index, row));
      at += width;
      if (cells.some((cell) => cell === undefined)) continue;
      for (const [index, cell] of cells.entries())
        this.#letters.set(cell as number, { char: index === 0 ? segment : "", color, bold });
    }
  }

  /** The columns from the first to the last in which there is anything. */
  used(): { readonly first: number; readonly end: number } {
    let [first, end] = [this.columns, 0];
    for (let row = 0; row < this.rows; row++) {
      for (let column = 0; column < this.columns; column++) {
        if (this.#isEmpty(row * this.columns + column)) continue;
        first = Math.min(first, column);
        end = Math.max(end, column + 1);
      }
    }
    return { first: Math.min(first, end) + this.#left, end: end + this.#left };
  }

  #isEmpty(cell: number): boolean {
    if (this.#letters.has(cell) || this.#links.has(cell)) return false;
    const all = parts * parts;
    for (let at = cell * all; at < (cell + 1) * all; at++) if (this.#parts[at] !== -1) return false;
    for (let at = cell * 8; at < (cell + 1) * 8; at++) if (this.#dots[at] !== -1) return false;
    return true;
  }

  /** Whether there are neither letters nor lines in some cells of a row. */
  isFree(column: number, row: number, width: number): boolean {
    for (let at = column; at < column + width; at++) {
      const cell = this.#cell(at, row) ?? -1;
      if (this.#letters.has(cell) || this.#links.has(cell)) return false;
    }
    return true;
  }

  /** What is in a cell; columns and rows are counted from the grid's own corner. */
  at(column: number, row: number) {
    const cell = row * this.columns + column;
    return {
      owners: this.#parts.subarray(cell * parts * parts, (cell + 1) * parts * parts),
      dots: this.#dots.subarray(cell * 8, (cell + 1) * 8),
      link: this.#links.get(cell),
      letter: this.#letters.get(cell),
    };
  }

  #cell(column: number, row: number): number | undefined {
    const [x, y] = [column - this.#left, row - this.#top];
    return x < 0 || y < 0 || x >= this.columns || y >= this.rows ? undefined : y * this.columns + x;
  }
}

const segments = new Intl.Segmenter();
const min = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
const max = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);

function isOn(at: number, dash: readonly number[]): boolean {
  const total = dash.reduce((sum, length) => sum + length, 0);
  if (total <= 0) return true;
  let rest = at % total;
  for (const [index, length] of dash.entries()) {
    if (rest < length) return index % 2 === 0;
    rest -= length;
  }
  return true;
}
