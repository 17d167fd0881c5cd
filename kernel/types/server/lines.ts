/** Positions as the language server protocol has them: lines and UTF-16 columns, from 0. */
export type Position = { readonly line: number; readonly character: number };

/** TypeScript's line ends. */
const lineEnd = /\r\n|[\n\r\u2028\u2029]/g;

/** Turns offsets of a text into positions, and back. */
export function linesOf(text: string) {
  const starts = [0, ...Array.from(text.matchAll(lineEnd), ({ index, 0: end }) => index + end.length)];
  return {
    position(offset: number): Position {
      const line = starts.findLastIndex((start) => start <= offset);
      return { line, character: offset - (starts[line] ?? 0) };
    },
    offset: ({ line, character }: Position): number => Math.min((starts[line] ?? text.length) + character, text.length),
  };
}
