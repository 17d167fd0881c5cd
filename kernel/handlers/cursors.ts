import { codePointToUtf16, utf16ToCodePoint } from "../language/positions.ts";

/** How a front end counts positions in code; we count UTF-16 units. */
export type Cursors = {
  toUtf16(code: string, cursor: number): number;
  fromUtf16(code: string, utf16: number): number;
};

/** As the protocol has it. */
const inCodePoints: Cursors = { toUtf16: codePointToUtf16, fromUtf16: utf16ToCodePoint };
const inUtf16: Cursors = { toUtf16: (code, cursor) => Math.min(cursor, code.length), fromUtf16: (_, utf16) => utf16 };

/**
 * VS Code's extension sends and reads its editor's offsets as they are (kernelCompletionProvider.ts): after an emoji
 * they would be a place further on. A kernel that its host of extensions has started has no other front end; one that
 * Jupyter's server starts for it has, and hears code points from them.
 */
export const cursorsOf = ({ VSCODE_HANDLES_UNCAUGHT_ERRORS, JPY_PARENT_PID }: NodeJS.ProcessEnv): Cursors =>
  VSCODE_HANDLES_UNCAUGHT_ERRORS && !JPY_PARENT_PID ? inUtf16 : inCodePoints;
