import { glyphsOf, widthOf } from "./glyphs.ts";

/** One row of the terminal. */
export type Row = {
  /** In front of the first row of a line; its continuations have none. */
  readonly prompt: string;
  /** The part of the text that stands in it; what is drawn may differ, see {@link glyphsOf}. */
  readonly start: number;
  readonly end: number;
  /** The row before it is full and of the same line: the terminal wraps by itself. */
  readonly isContinuation: boolean;
};

/** The prompt of the first line, and that of each that follows. */
export type Prompts = { readonly first: string; readonly next: string };

/** The rows that a text takes in a terminal of so many columns; one at least. */
export function layOut(text: string, prompts: Prompts, columns: number): Row[] {
  const rows: Row[] = [];
  let start = 0;
  for (const [index, line] of text.split("\n").entries()) {
    let prompt = index === 0 ? prompts.first : prompts.next;
    let used = widthOf(prompt);
    let end = start;
    let isContinuation = false;
    const finish = () => {
      rows.push({ prompt, start, end, isContinuation });
      prompt = "";
      used = 0;
      start = end;
      isContinuation = true;
    };
    for (const glyph of glyphsOf(line)) {
      if (used + glyph.columns > columns && used > 0) finish();
      used += glyph.columns;
      end += glyph.lengthUtf16;
    }
    const isLast = end === text.length;
    finish();
    // The cursor behind a full row stands in a row of its own.
    if (isLast && usedBy(rows.at(-1), text) >= columns) finish();
    start = end + 1;
  }
  return rows;
}

function usedBy(row: Row | undefined, text: string): number {
  if (!row) return 0;
  const columns = glyphsOf(text.slice(row.start, row.end)).reduce((sum, glyph) => sum + glyph.columns, 0);
  return widthOf(row.prompt) + columns;
}

/** The row in which the cursor stands. */
export function rowOf(rows: readonly Row[], cursor: number): number {
  const behind = rows.findIndex((row) => row.start > cursor);
  return behind < 0 ? rows.length - 1 : behind - 1;
}

/** What is drawn for a part of the text. */
export const shownOf = (text: string): string =>
  glyphsOf(text)
    .map(({ shown }) => shown)
    .join("");
