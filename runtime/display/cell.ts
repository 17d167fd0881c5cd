import type { Cell } from "./table-view.ts";
import { cut, oneLine } from "./text.ts";

/** Characters of a cell, and of the tooltip that holds what a cell cuts: a notebook must not grow by megabytes. */
export const cellCharacters = 60;
const tooltipCharacters = 2000;

export const nullCell: Cell = { text: "null", absent: true };

/** A cell of text that comes from data as it is. Text that could be taken for something else is quoted. */
export function stringCell(text: string): Cell {
  const line = oneLine(text);
  const quoted = ambiguous(text) ? `"${line}"` : line;
  return withTooltip(quoted, text);
}

/** A cell of text that we made: numbers, dates, nested values. `full` is a longer form of it. */
export function valueCell(text: string, full = text): Cell {
  return withTooltip(text, full);
}

function withTooltip(text: string, full: string): Cell {
  const short = cut(text, cellCharacters);
  if (short === text && full === text) return { text };
  const isSameLine = short === text && oneLine(full) === full && full.length <= cellCharacters;
  return isSameLine ? { text: short } : { text: short, full: cut(full.toWellFormed(), tooltipCharacters) };
}

/** Empty, blank at its ends, the word null, or quoted itself. */
function ambiguous(text: string): boolean {
  return text.length < 4096 && (text.trim() !== text || text === "" || /^(null|".*")$/is.test(text));
}
