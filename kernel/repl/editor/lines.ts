// Places in a text of many lines, in UTF-16 units.

/** Where the cursor's line begins. */
export const lineStart = (text: string, cursor: number): number => text.slice(0, cursor).lastIndexOf("\n") + 1;

/** Where the cursor's line ends, before its line break. */
export function lineEnd(text: string, cursor: number): number {
  const end = text.indexOf("\n", cursor);
  return end < 0 ? text.length : end;
}

/** The place above the cursor in the line before; undefined in the first. */
export function placeAbove(text: string, cursor: number): number | undefined {
  const start = lineStart(text, cursor);
  if (start === 0) return undefined;
  return Math.min(lineStart(text, start - 1) + cursor - start, start - 1);
}

/** The place below the cursor in the line after; undefined in the last. */
export function placeBelow(text: string, cursor: number): number | undefined {
  const end = lineEnd(text, cursor);
  if (end === text.length) return undefined;
  return Math.min(end + 1 + cursor - lineStart(text, cursor), lineEnd(text, end + 1));
}
