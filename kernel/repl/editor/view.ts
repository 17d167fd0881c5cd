import { highlight, paint, styled } from "./highlight.ts";
import { layOut, type Prompts, type Row, rowOf, shownOf } from "./layout.ts";
import type { DrawnRow, Picture } from "./region.ts";

/** All that is seen of the editor. */
export type View = {
  readonly prompts: Prompts;
  readonly kind: "code" | "text" | "secret";
  readonly text: string;
  readonly cursor: number;
  readonly above: readonly string[];
  readonly below: readonly string[];
  readonly colors: boolean;
};

/** The editor as it is drawn in a terminal of this size; of a text that is higher, the part around the cursor. */
export function pictureOf(view: View, columns: number, height: number): Picture {
  const { prompts, colors, kind } = view;
  const text = kind === "secret" ? "" : view.text;
  const rows = layOut(text, prompts, columns);
  const cursor = Math.min(view.cursor, text.length);
  const cursorRow = rowOf(rows, cursor);
  const spans = colors && kind === "code" ? highlight(text) : [];
  const draw = ({ prompt, start }: Row, end: number) =>
    (colors && kind === "code" ? styled("cyan", prompt) : prompt) + paint(text, spans, start, end, shownOf);

  const first = firstShown(rows.length, cursorRow, Math.max(1, height - 1));
  const shown = rows.slice(first, first + Math.max(1, height - 1));
  const drawn = shown.map((row, index) => ({
    text: draw(row, row.end),
    isContinuation: row.isContinuation && index > 0,
  }));
  const room = Math.max(0, height - 1 - drawn.length);
  const beside = (lines: readonly string[]) =>
    lines.flatMap((text) => text.split("\n")).map((line) => asRow(line, columns, colors));
  const above = room === 0 ? [] : beside(view.above).slice(-room);
  const below = beside(view.below).slice(0, Math.max(0, room - above.length));
  const at = rows[cursorRow] as Row;
  return {
    rows: [...above, ...drawn, ...below],
    cursor: { row: above.length + cursorRow - first, before: draw(at, cursor) },
  };
}

/** The first of the rows that are shown where there is room for `height` of them. */
const firstShown = (count: number, cursorRow: number, height: number): number =>
  Math.max(0, Math.min(cursorRow - Math.floor(height / 2), count - height));

/** One line beside what is edited, cut where the terminal ends. */
function asRow(line: string, columns: number, colors: boolean): DrawnRow {
  const [row] = layOut(line, { first: "", next: "" }, columns - 1);
  const text = shownOf(line.slice(0, row?.end ?? 0));
  return { text: colors ? styled("dim", text) : text, isContinuation: false };
}
