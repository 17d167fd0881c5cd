import type { Diagnostic, Range } from "vscode-languageserver-protocol";
import type { CellModule } from "../module/cell-module.ts";
import type { LiveNames } from "../module/live-names.ts";
import { linesOf, type Position } from "../server/lines.ts";
import { unknownClash } from "./frame-words.ts";
import { type CheckMode, notAssignable, stops } from "./policy.ts";
import type { Problem } from "./problem.ts";
import { isOfSeveralFrames, isSeveral, namesBeforeCall } from "./several-frames.ts";
import { columnTested, promiseTested, wordsFor, wrongLiteral } from "./words.ts";

/** What the language server and the session are asked for, where a diagnostic wants it. */
export type Lookups = {
  completionsAt(position: Position): Promise<readonly string[]>;
  diagnosticsWithoutNull(text: string): Promise<readonly Diagnostic[]>;
  /** What a hover says there. */
  hoverAt(position: Position): Promise<string>;
  /** Of a name: whether Quern has a function over columns of it. */
  isFunction(name: string): boolean;
  /** Whether Quern exports it, other than as such a function. */
  isExported(name: string): boolean;
};

/** What of the language server's diagnostics stops a cell, in places and words of the cell. */
export async function problemsOf(
  found: readonly Diagnostic[],
  { module, code, mode, live }: { module: CellModule; code: string; mode: CheckMode; live: LiveNames },
  { completionsAt, diagnosticsWithoutNull, hoverAt, isFunction, isExported }: Lookups,
): Promise<Problem[]> {
  // In the module other lines stand before it.
  if (noCheck.test(code)) return [];
  const lines = linesOf(module.text);
  const problems: Problem[] = [];
  const isStopping = (one: Diagnostic): boolean => one.severity === 1 && stops(Number(one.code), textOf(one), mode);
  const isArgumentOfSeveral = async (error: number, from: number): Promise<boolean> => {
    if (!notAssignable.has(error)) return false;
    for (const at of namesBeforeCall(code, from))
      if (isSeveral(await hoverAt(lines.position(module.toVirtual(at))))) return true;
    return false;
  };
  let others: readonly Diagnostic[] | undefined;
  for (const diagnostic of found) {
    const { range, code: given } = diagnostic;
    const error = Number(given);
    const message = textOf(diagnostic);
    const [start, end] = [lines.offset(range.start), lines.offset(range.end)];
    const tested = error === 2554 ? module.testAt(start) : undefined;
    if (tested) {
      const isPromise = message.startsWith("Expected 3 ");
      // A variable may hold one later: `if (!loading) loading = load()`.
      if (isPromise && !tested.isCall) continue;
      const words = isPromise ? promiseTested(tested.operator) : columnTested(tested.operator);
      problems.push({ code: 0, message: words, start: tested.start, end: tested.end });
      continue;
    }
    const from = module.toOriginal(start);
    if (from === undefined || from >= code.length || !isStopping(diagnostic)) continue;
    // Whether null alone is wrong is not to be read from a message.
    const isWritten = /^Type '(?:null|undefined)' is not/.test(message) && nullWritten.test(code.slice(from));
    if (mode !== "strict" && !isWritten && mayBeOfNull(error, message)) {
      others ??= await diagnosticsWithoutNull(module.text);
      if (!others.some((other) => isStopping(other) && overlap(other.range, range))) continue;
    }
    if (mode !== "strict" && (isOfSeveralFrames(error, message) || (await isArgumentOfSeveral(error, from)))) continue;
    let isColumn = false;
    if (ofArithmetic.has(error)) {
      const operand = module.text.slice(start, end);
      const at = nameEnd(operand);
      const isNamed = /[\p{L}\p{N}_$]/u.test(operand[at] ?? "");
      const type = isNamed ? typeIn(await hoverAt(lines.position(start + at)), operand.at(-1) ?? "") : "";
      if (mode !== "strict" && (isNewDate.test(operand) || isDate.test(type))) continue;
      isColumn = type.startsWith("Column<");
    }
    // `typeof name` may ask whether there is one.
    if ((error === 2304 || error === 2552) && /\btypeof\s+$/.test(code.slice(0, from))) continue;
    const to = module.toOriginal(end) ?? Math.min(from + 1, code.length);
    const wrong = error === 2769 ? wrongLiteral(message, code.slice(from, to), code.slice(from)) : undefined;
    const [first, last] = wrong ? [from + wrong.at, from + wrong.at + wrong.text.length] : [from, to];
    const before = code.slice(0, first);
    const callee = /([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*\([^()]*$/u.exec(before);
    const words = await wordsFor(error, wrong?.message ?? message, {
      text: code.slice(first, last),
      callee: callee?.[1],
      hoverOfCallee: () => hoverAt(lines.position(module.toVirtual(callee?.index ?? first))),
      receiver: /(?<![.\p{ID_Continue}$])([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*\.\s*$/u.exec(before)?.[1],
      names: live.all(),
      isColumn,
      isAssigned: /(?:^|[;{}\n])[ \t]*$/.test(code.slice(0, from)) && /^[ \t]*=(?![=>])/.test(code.slice(to)),
      missedBy: live.missedBy,
      isFunction,
      isExported,
      ownerOf: (name) => (module.facts.values.has(name) ? "this cell" : live.cellOf(name)),
      alternatives: () => completionsAt(lines.position(start + 1)),
    });
    problems.push({ code: error, message: words, start: first, end: last });
  }
  return problems.filter((problem) => !isConsequence(problem, problems)).sort((a, b) => a.start - b.start);
}

const noCheck = /^(?:\s*\/\/.*\n)*\s*\/\/\s*@ts-nocheck\b/;

const textOf = ({ message }: Diagnostic): string => (typeof message === "string" ? message : message.value);

/** `delete` of what is not optional is wrong for what it leaves there; a return that is missing is not of null alone. */
const mayBeOfNull = (code: number, message: string): boolean =>
  code === 2790 || (code !== 2366 && /\b(?:null|undefined)\b/.test(message));

/** `n: number = null`: the null is no surprise of the data's. */
const nullWritten = /^[\p{L}\p{N}_$]+\s*:[^=\n]*=\s*(?:null|undefined)[ \t]*(?:[;\r\n]|$)/u;

const overlap = (one: Range, other: Range): boolean =>
  !isBefore(one.end, other.start) && !isBefore(other.end, one.start);
const isBefore = (one: Position, other: Position): boolean =>
  one.line < other.line || (one.line === other.line && one.character <= other.character);

/** The difference of dates, in milliseconds, is what it looks like. */
const ofArithmetic = new Set([2362, 2363]);
const isNewDate = /^new Date\([^()]*\)$/;
/** Where the name ends that tells the type: of a path, of its last call or its element. */
function nameEnd(operand: string): number {
  let at = operand.length - 1;
  const [open, close] = operand.endsWith("]") ? ["[", "]"] : ["(", ")"];
  if (operand[at] !== close) return at;
  for (let depth = 0; at >= 0; at--) {
    if (operand[at] === close) depth++;
    if (operand[at] === open && --depth === 0) break;
  }
  return at - 1;
}

const isDate = /^Date(?: \| (?:null|undefined))*$/;

/** The type that a hover tells of a variable, of what a function gives, of an element: by the operand's last sign. */
function typeIn(hover: string, last: string): string {
  const [, line = ""] = /^```\w*\n(.*)$/m.exec(hover) ?? [];
  if (last === ")") return /^.*\)(?::| =>) (.*)$/.exec(line)?.[1] ?? "";
  const [, type = ""] = /: (.*)$/.exec(line) ?? [];
  return last === "]" ? type.replace(/\[\]$/, "") : type;
}

/** Where a Column is tested or compared as if it were a value, what that gives does not fit around it, either. */
const isConsequence = ({ code, message, start, end }: Problem, all: readonly Problem[]): boolean =>
  (message === unknownClash && all.some((other) => other.message !== unknownClash)) ||
  (notAssignable.has(code) &&
    all.some(
      (other) =>
        other.start >= start &&
        other.end <= end &&
        (!notAssignable.has(other.code) || other.end - other.start < end - start),
    ));
