import { inspect, styleText, types } from "node:util";
import type { Excerpt, Origin } from "../errors.ts";
import { hideSecrets } from "../secrets.ts";
import { codeFrame, positionAt } from "../syntax/code-frame.ts";
import type { CellSyntaxError } from "../syntax/parse.ts";
import { brokenFile } from "./broken-file.ts";
import { visibleText } from "./hidden-names.ts";
import type { CellError } from "./protocol.ts";
import type { Awaiting } from "./run.ts";
import { shadowedHint } from "./shadowed.ts";
import { placeOfExcerpt } from "./sql-place.ts";
import { type CellPosition, cellPosition } from "./stack.ts";
import { KeyboardInterrupt } from "./stopping.ts";

/** What the front end shows for something thrown, which need not be an Error. Never throws itself. */
export function toCellError(thrown: unknown): CellError {
  try {
    return isError(thrown) ? fromError(thrown) : fromValue(thrown);
  } catch (failure) {
    // A getter or a Proxy of the thrown value threw in turn.
    const evalue = `The error cannot be shown: reading it failed with ${plain(failure)}`;
    return { ename: "Error", evalue, traceback: [`${red("Error")}: ${evalue}`] };
  }
}

/** A mistake in the syntax of a cell, with the place. */
export function toSyntaxError(error: CellSyntaxError, source: string, executionCount: number): CellError {
  const start = positionAt(source, error.startUtf16);
  const end = positionAt(source, Math.max(error.endUtf16, error.startUtf16));
  return {
    ename: "SyntaxError",
    evalue: hideSecrets(error.message),
    traceback: [
      `${red("SyntaxError")}: ${hideSecrets(error.message)}`,
      dim(`    at cell [${executionCount}]:${start.line}:${start.column}`),
      "",
      codeFrame(source, start, start.line === end.line && end.column > start.column ? end : undefined),
    ],
  };
}

/** With the place where the cell was: in what was terminated, or else at its await. */
export function interruptedError(terminated = new KeyboardInterrupt(), awaiting?: Awaiting): CellError {
  const error = toCellError(terminated);
  const place = cellPosition(terminated) === undefined ? awaiting?.place() : undefined;
  if (awaiting === undefined || place === undefined) return error;
  const { executionCount, map } = awaiting.script;
  const at = dim(`    at cell [${executionCount}]:${place.line}:${place.column}`);
  return { ...error, traceback: [...error.traceback, at, "", codeFrame(map.source, place)] };
}

const isError = (value: unknown): value is Error => types.isNativeError(value) || value instanceof Error;

function fromValue(thrown: unknown): CellError {
  const evalue = plain(thrown);
  return { ename: "Uncaught", evalue, traceback: [`${red("Uncaught")}: ${evalue}`] };
}

function fromError(error: Error): CellError {
  return { ename: nameOf(error), evalue: messageOf(error), traceback: errorLines(error, new Set()) };
}

function errorLines(error: Error, seen: Set<unknown>): string[] {
  seen.add(error);
  const stack = stackLines(error);
  const message = messageOf(error);
  const lines = [`${red(nameOf(error))}${message === "" ? "" : `: ${message}`}`, ...stack.map(dim)];
  const properties = ownProperties(error);
  if (Object.keys(properties).length > 0) lines.push(hideSecrets(inspect(properties, { colors: true, depth: 2 })));
  lines.push(...placeLines(error));
  const { cause, errors } = error as { cause?: unknown; errors?: unknown };
  if (Array.isArray(errors)) lines.push(...errors.slice(0, 10).flatMap((one) => innerLines("With", one, seen)));
  if (cause !== undefined) lines.push(...innerLines("Caused by", cause, seen));
  return lines;
}

const deepest = 10;

function innerLines(label: string, inner: unknown, seen: Set<unknown>): string[] {
  if (seen.has(inner)) return [`  ${label} the same error again`];
  if (seen.size >= deepest) return [`  ${label} more errors`];
  const lines = isError(inner) ? errorLines(inner, seen) : [hideSecrets(inspect(inner, { colors: true, depth: 2 }))];
  lines[0] = `${label}: ${lines[0]}`;
  return ["", ...lines.map((line) => line.replace(/^/gm, "  "))];
}

/** The line of the cell, or of the file that it imports, that is at fault: for an error of a DataFrame, that of the step which made it. */
function placeLines(error: Error): string[] {
  const broken = brokenFile(error);
  if (broken !== undefined) return ["", codeFrame(broken.source, broken)];
  const place = cellPosition(error);
  const { origin } = error as { origin?: Origin };
  const step = origin && cellPosition(origin);
  const made = step ?? place;
  if (made === undefined) return [];
  const shown = inSql(error, made);
  const isElsewhere = step !== undefined && !(place && isSameLine(place, step));
  const where = isElsewhere ? [`in cell [${step.script.executionCount}], line ${shown.line}:`] : [];
  return ["", ...where, codeFrame(shown.script.map.source, shown)];
}

/** A mistake in SQL text is shown where it stands in the cell, if the text does. */
function inSql(error: Error, made: CellPosition): CellPosition {
  const { excerpt } = error as { excerpt?: Excerpt };
  const found = excerpt && placeOfExcerpt(excerpt, made.script.map.source, made);
  return found === undefined ? made : { ...made, ...found };
}

const isSameLine = (a: CellPosition, b: CellPosition): boolean => a.script === b.script && a.line === b.line;

function nameOf(error: Error): string {
  const name = typeof error.name === "string" && error.name !== "" ? error.name : "Error";
  // A subclass that did not set its name is called Error; its constructor knows better.
  const constructorName = name === "Error" ? error.constructor?.name : undefined;
  return visibleText(constructorName || name);
}

function messageOf(error: Error): string {
  const message = hideSecrets(visibleText(String(error.message)));
  return error instanceof TypeError ? message + shadowedHint(message) : message;
}

const stackLines = (error: Error): string[] =>
  (typeof error.stack === "string" ? error.stack : "")
    .split("\n")
    .filter((line) => /^ {4}at /.test(line))
    .map(hideSecrets);

/** What an error carries beside the usual: `code`, `errno`, the fields of the user's own classes. */
function ownProperties(error: Error): { [name: string]: unknown } {
  const known = new Set(["name", "message", "stack", "cause", "errors", "code"]);
  const entries = Object.entries(error).filter(([name, value]) => !known.has(name) && typeof value !== "function");
  return Object.fromEntries(entries);
}

const plain = (value: unknown): string => hideSecrets(visibleText(inspect(value, { depth: 2, customInspect: false })));
const red = (text: string): string => styleText(["red", "bold"], text, { validateStream: false });
const dim = (text: string): string => styleText("gray", text, { validateStream: false });
