import { codeFrameColumns } from "@babel/code-frame";
import { hideSecretsInPlace } from "../secrets.ts";

/** From 1; columns in UTF-16 units. */
export type Position = { readonly line: number; readonly column: number };

/** The line of a cell with its neighbours and a mark under the column, coloured; without passwords: it is an output. */
export function codeFrame(source: string, start: Position, end?: Position): string {
  // It counts columns from 0.
  const zeroBased = ({ line, column }: Position): Position => ({ line, column: column - 1 });
  const place = { start: zeroBased(start), ...(end && { end: zeroBased(end) }) };
  return codeFrameColumns(hideSecretsInPlace(source), place, { forceColor: true, linesAbove: 2, linesBelow: 1 });
}

/** Where a UTF-16 offset is; lines end where TypeScript ends them. */
export function positionAt(source: string, offsetUtf16: number): Position {
  const before = source.slice(0, offsetUtf16).split(/\r\n|[\n\r\u2028\u2029]/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
