import type { Completion } from "../../../runtime/session/protocol.ts";
import type { Completions } from "../../language/complete.ts";
import { widthOf } from "./glyphs.ts";

/** What is put in the place of the word: as much as all matches share; undefined where that adds nothing. */
export function completed(code: string, { matches, startUtf16, endUtf16 }: Completions): string | undefined {
  const word = code.slice(startUtf16, endUtf16);
  const [first, ...others] = matches.map(({ text }) => text);
  if (first === undefined) return undefined;
  const shared = others.reduce(sharedStart, first);
  return shared.length > word.length || (others.length === 0 && shared !== word) ? shared : undefined;
}

/** All matches in columns. */
export function listing(matches: readonly Completion[], columns: number, mostRows: number): string[] {
  const texts = matches.map(({ text }) => text);
  if (texts.length === 0) return [];
  const width = Math.max(...texts.map(widthOf)) + 2;
  const perRow = Math.max(1, Math.floor((columns - 1) / width));
  const rows = Math.ceil(texts.length / perRow);
  const shown = Math.min(rows, Math.max(1, mostRows));
  const lines = Array.from({ length: shown }, (_, row) =>
    texts
      .slice(row * perRow, (row + 1) * perRow)
      .map((text) => text + " ".repeat(width - widthOf(text)))
      .join("")
      .trimEnd(),
  );
  const left = texts.length - shown * perRow;
  return left > 0 ? [...lines, `… and ${left} more`] : lines;
}

function sharedStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}
