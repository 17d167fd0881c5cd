import { styleText } from "node:util";
import type { CellError } from "../../../runtime/session/protocol.ts";
import { codeFrame, positionAt } from "../../../runtime/syntax/code-frame.ts";

/** What the type check finds in a cell. Offsets are UTF-16. */
export type Problem = {
  /** TypeScript's number; 0 for what Quern finds itself. */
  readonly code: number;
  readonly message: string;
  readonly start: number;
  readonly end: number;
};

/** More are counted. */
const shownProblems = 5;

/** As the cell's error. */
export function asCellError(problems: readonly Problem[], source: string, executionCount: number): CellError {
  const [first] = problems;
  const more = problems.length - shownProblems;
  return {
    ename: "TypeCheckError",
    evalue: first ? titleOf(first) : "",
    traceback: [
      ...problems.slice(0, shownProblems).flatMap((problem) => [...problemLines(problem, source, executionCount), ""]),
      ...(more > 0 ? [`and ${more} more`] : []),
      dim("The cell was not run. `%check warn` or `%check off` lets cells run all the same."),
    ],
  };
}

/** As a warning beside the output of the cell. */
export const asWarning = (problems: readonly Problem[], source: string, executionCount: number): string =>
  `${problems.flatMap((problem) => problemLines(problem, source, executionCount)).join("\n")}\n`;

const titleOf = ({ code, message }: Problem): string => (code === 0 ? message : `${message} (TS${code})`);

function problemLines(problem: Problem, source: string, executionCount: number): string[] {
  const start = positionAt(source, problem.start);
  const end = positionAt(source, Math.max(problem.end, problem.start));
  const isWithinLine = start.line === end.line && end.column > start.column;
  return [
    `${styleText(["red", "bold"], "TypeCheckError", { validateStream: false })}: ${titleOf(problem)}`,
    dim(`    at cell [${executionCount}]:${start.line}:${start.column}`),
    "",
    codeFrame(source, start, isWithinLine ? end : undefined),
  ];
}

const dim = (text: string): string => styleText("gray", text, { validateStream: false });
