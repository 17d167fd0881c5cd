import { type Moved, moved } from "./measure.ts";
import { endsLine } from "./output.ts";
import type { Block, Picture } from "./surface.ts";

/** A stream's text, or a block, which begins and ends with the line. */
type Piece = Block & { readonly id?: string | undefined; readonly isBlock: boolean; readonly lines: number };

/** What a cell has shown, as far as it may still be on the terminal: the rest has scrolled away and is forgotten. */
export type Recent = ReturnType<typeof createRecent>;

export function createRecent(height: () => number) {
  let pieces: Piece[] = [];
  let lines = 0;
  let inLine = false;

  const drop = (count: number) => {
    for (const { lines: dropped } of pieces.splice(0, count)) lines -= dropped;
  };

  const add = (piece: Piece) => {
    pieces.push(piece);
    lines += piece.lines;
    let [count, below] = [0, lines];
    while (count < pieces.length - 1) {
      below -= (pieces[count] as Piece).lines;
      if (below < height()) break;
      count++;
    }
    drop(count);
  };

  return {
    inLine: () => inLine,
    stream(text: string): void {
      if (text === "") return;
      const last = pieces.at(-1);
      const before = last && !last.isBlock ? last.text : undefined;
      if (before !== undefined) lines -= (pieces.pop() as Piece).lines;
      let whole = (before ?? "") + text;
      if (whole.length > longest) {
        // Longer than any screen: what is above it has scrolled away.
        drop(pieces.length);
        whole = whole.slice(-longest / 2);
      }
      inLine = !endsLine(text);
      const added = before !== undefined && whole.length > text.length ? (last as Piece).lines : 0;
      add({ text: whole, isBlock: false, lines: added + countLines(text) });
    },
    block(block: Block, id?: string): void {
      add({ ...block, id, isBlock: true, lines: heightOf(block) });
      inLine = false;
    },
    /** The place of the last block of that id. */
    find: (id: string): number => pieces.findLastIndex((piece) => piece.id === id),
    replace(index: number, block: Block): void {
      const old = pieces[index] as Piece;
      pieces[index] = { ...old, text: block.text, picture: block.picture, lines: heightOf(block) };
      lines += heightOf(block) - old.lines;
    },
    /** How many rows the cursor is below the start of a piece; undefined if nobody knows. */
    rowsBelow(index: number, columns: number): number | undefined {
      const shown = pieces.slice(index);
      const atLeast = shown.reduce((sum, piece) => sum + piece.lines, 0);
      return atLeast >= height() ? atLeast : end(shown, columns)?.rows;
    },
    /** The column of the cursor; undefined if nobody knows. */
    column(columns: number): number | undefined {
      const last = pieces.at(-1);
      if (!last || last.isBlock) return 0;
      const line = last.text.slice(last.text.lastIndexOf("\n") + 1);
      return moved(line, columns)?.column;
    },
    isEmpty: () => pieces.length === 0,
    textFrom: (index: number): string =>
      pieces
        .slice(index)
        .map(({ text }) => text)
        .join(""),
    /** What takes pictures away that stay when their rows are erased. */
    eraseFrom: (index: number): string =>
      pieces
        .slice(index)
        .map(({ picture }) => picture?.erase ?? "")
        .join(""),
    forget(): void {
      pieces = [];
      lines = 0;
      inLine = false;
    },
  };
}

/** In characters; a screen has some ten thousand, and colours. */
const longest = 400_000;

function end(pieces: readonly Piece[], columns: number): Moved | undefined {
  let at: Moved = { rows: 0, column: 0 };
  for (const { text, picture } of pieces) {
    const next = picture ? pictureMoved(picture) : moved(text, columns, at.column);
    if (!next) return undefined;
    at = { rows: at.rows + next.rows, column: next.column };
  }
  return at;
}

const pictureMoved = ({ rows }: Picture): Moved | undefined => (rows === undefined ? undefined : { rows, column: 0 });

const heightOf = ({ text, picture }: Block): number => picture?.rows ?? countLines(text);

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
