import { widthOf } from "./width.ts";

/** Where the cursor is, from where it was: rows below, and the column; that of the width is the end of a full row. */
export type Moved = { readonly rows: number; readonly column: number };

/**
 * Where text takes the cursor of a terminal of `columns`, beginning in `column`. Undefined where it moves the cursor in
 * ways that only the terminal knows.
 */
export function moved(text: string, columns: number, column = 0): Moved | undefined {
  const printed = text.replace(harmless, "");
  if (movesCursor.test(printed)) return undefined;
  let at: Moved = { rows: 0, column };
  for (const [index, line] of printed.split("\n").entries()) {
    if (index > 0) at = { rows: at.rows + 1, column: 0 };
    for (const [part, chunk] of line.split("\r").entries()) {
      const next = across(chunk, columns, part > 0 ? { rows: at.rows, column: 0 } : at);
      if (!next) return undefined;
      at = next;
    }
  }
  return at;
}

const [esc, bell] = ["\u001b", "\u0007"];
/** Colours, links, erasing in the line, bells. */
const harmless = new RegExp(
  `${esc}\\[[\\d;:]*m|${esc}\\[[012]?K|${esc}\\]8;[^${bell}${esc}]*(?:${bell}|${esc}\\\\)|${bell}`,
  "g",
);
/** Any other control character but tab, line feed and carriage return. */
const movesCursor = /[^\P{Cc}\t\n\r]/u;
const ascii = /^[ -~]*$/;
let segmenter: Intl.Segmenter | undefined;

/** Within a line. */
function across(text: string, columns: number, at: Moved): Moved | undefined {
  if (text === "") return at;
  const isNarrow = ascii.test(text);
  if (isNarrow || !text.includes("\t")) {
    const end = at.column + (isNarrow ? text.length : widthOf(text));
    if (end <= columns) return { rows: at.rows, column: end };
    if (isNarrow) {
      const wraps = Math.floor((end - 1) / columns);
      return { rows: at.rows + wraps, column: end - wraps * columns };
    }
  }
  let { rows, column } = at;
  segmenter ??= new Intl.Segmenter();
  for (const { segment } of segmenter.segment(text)) {
    if (segment === "\t") {
      // Terminals disagree whether what follows is on this row.
      if (column === columns) return undefined;
      column = Math.min(columns - 1, (Math.floor(column / 8) + 1) * 8);
      continue;
    }
    const width = widthOf(segment);
    // A wide character that has no room at the end of a row goes to the next.
    if (column + width > columns) {
      rows++;
      column = 0;
    }
    column += width;
  }
  return { rows, column };
}
