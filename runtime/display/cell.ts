import type { Cell } from "./table-view.ts";
import { cut, oneLine } from "./text.ts";

/** Characters of a cell, and of the tooltip that holds what a cell cuts: a notebook must not grow by megabytes. */
export const cellCharacters = 60;
const tooltipCharacters = 2000;

export const nullCell: Cell = { text: "null", absent: true };

/** A cell of text that comes from data as it is. Text that could be taken for something else is quoted. */
export function stringCell(text: string, characters = cellCharacters): Cell {
  // What cannot be seen need not be looked at: a cell may hold megabytes.
  const head = text.slice(0, 2 * Math.max(tooltipCharacters, characters));
  const line = oneLine(head);
  const shown = cut(ambiguous(head) ? `"${line}"` : line, characters);
  const isWhole = line === text && !shown.endsWith("…");
  return isWhole ? { text: shown } : { text: shown, full: tooltip(head) };
}

/** A cell of text that we made: numbers, dates, nested values. `full` is a longer form of it. */
export function valueCell(text: string, full = text, characters = cellCharacters): Cell {
  const shown = cut(text, characters);
  return shown === full ? { text: shown } : { text: shown, full: tooltip(full) };
}

const tooltip = (text: string) => cut(text.toWellFormed(), tooltipCharacters);

/** Empty, blank at its ends, the word null, or quoted itself. */
function ambiguous(text: string): boolean {
  return text.trim() !== text || text === "" || /^(null|".*")$/is.test(text);
}
