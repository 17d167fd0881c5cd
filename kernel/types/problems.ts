import type { Diagnostic } from "vscode-languageserver-protocol";
import type { CellModule } from "./cell-module.ts";
import { linesOf, type Position } from "./lines.ts";
import type { LiveNames } from "./live-names.ts";
import { type CheckMode, stops } from "./policy.ts";
import type { Problem } from "./problem.ts";
import { columnTested, wordsFor } from "./words.ts";

/** What of the language server's diagnostics stops a cell, in places and words of the cell. */
export async function problemsOf(
  found: readonly Diagnostic[],
  { module, code, mode, live }: { module: CellModule; code: string; mode: CheckMode; live: LiveNames },
  completionsAt: (position: Position) => Promise<readonly string[]>,
): Promise<Problem[]> {
  const lines = linesOf(module.text);
  const problems: Problem[] = [];
  for (const { range, code: given, severity, message: told } of found) {
    const error = Number(given);
    const message = typeof told === "string" ? told : told.value;
    const [start, end] = [lines.offset(range.start), lines.offset(range.end)];
    const tested = error === 2554 ? module.testAt(start) : undefined;
    if (tested) {
      problems.push({ code: 0, message: columnTested(tested.operator), start: tested.start, end: tested.end });
      continue;
    }
    const from = module.toOriginal(start);
    if (severity !== 1 || from === undefined || from >= code.length || !stops(error, message, mode)) continue;
    // `typeof name` may ask whether there is one.
    if ((error === 2304 || error === 2552) && /\btypeof\s+$/.test(code.slice(0, from))) continue;
    const to = module.toOriginal(end) ?? Math.min(from + 1, code.length);
    const words = await wordsFor(error, message, {
      text: code.slice(from, to),
      names: live.all(),
      ownerOf: (name) => (module.facts.values.has(name) ? "this cell" : live.cellOf(name)),
      alternatives: () => completionsAt(lines.position(start + 1)),
    });
    problems.push({ code: error, message: words, start: from, end: to });
  }
  return problems.filter((problem) => !isConsequence(problem, problems)).sort((a, b) => a.start - b.start);
}

const notAssignable = new Set([2322, 2345, 2769]);

/** Where a Column is tested or compared as if it were a value, what that gives does not fit around it, either. */
const isConsequence = ({ code, start, end }: Problem, all: readonly Problem[]): boolean =>
  notAssignable.has(code) &&
  all.some((other) => !notAssignable.has(other.code) && other.start >= start && other.end <= end);
