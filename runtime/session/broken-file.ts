import { readFileSync } from "node:fs";
import { positionAt } from "../syntax/code-frame.ts";
import { CellSyntaxError, parse } from "../syntax/parse.ts";

/** The place in an imported file that an import failed at. */
export type BrokenFile = { readonly source: string; readonly line: number; readonly column: number };

const places = new WeakMap<object, BrokenFile>();

/** Where the file is wrong that an import failed of. */
export const brokenFile = (error: object): BrokenFile | undefined => places.get(error);

/**
 * A mistake in one of the files that were being loaded, as an error that names its line; undefined for every other
 * failure. The compiler's error has its own stack, and V8's has no place at all.
 */
export function asBrokenFile(error: unknown, files: Iterable<string>): SyntaxError | undefined {
  const message = error instanceof Error && error.name === "TransformError" ? error.message : "";
  const [, file, line, column, text] = /^(.+):(\d+):(\d+): ERROR: (.+)$/m.exec(message) ?? [];
  if (file && text) return fromCompiler(text, named(file, files), Number(line), Number(column));
  if (!(error instanceof SyntaxError)) return undefined;
  return missingExport(error, files) ?? fromParser(error, files);
}

/** esbuild is told of every file that it is a .ts. */
function named(file: string, files: Iterable<string>): string {
  const all = [...files];
  return all.find((one) => one === file) ?? all.find((one) => one.replace(/\.[cm]ts$/, ".ts") === file) ?? file;
}

/** It counts columns from 0, in bytes. */
function fromCompiler(text: string, file: string, line: number, column: number): SyntaxError {
  const before = Buffer.from(textOf(file).split("\n")[line - 1] ?? "").toString("utf8", 0, column).length;
  return placed(text, file, line, before + 1);
}

function missingExport(error: SyntaxError, files: Iterable<string>): SyntaxError | undefined {
  const [, from, name] =
    /^The requested module '(.+)' does not provide an export named '(.+)'/.exec(error.message) ?? [];
  if (from === undefined || name === undefined) return undefined;
  for (const file of files) {
    const source = textOf(file);
    for (const match of source.matchAll(/\b(?:import|export)\b[^;'"]*?from\s*["']([^"']+)["']/g)) {
      if (match[1] !== from || !new RegExp(`(^|[^\\w$])${RegExp.escape(name)}($|[^\\w$])`).test(match[0])) continue;
      const { line, column } = positionAt(source, match.index);
      return placed(`"${from}" does not export "${name}"`, file, line, column);
    }
  }
  return undefined;
}

function fromParser(error: SyntaxError, files: Iterable<string>): SyntaxError | undefined {
  for (const file of files) {
    if (!/\.[cm]?js$/.test(file)) continue;
    const source = textOf(file);
    try {
      parse(source, "js");
    } catch (mistake) {
      if (!(mistake instanceof CellSyntaxError)) continue;
      const { line, column } = positionAt(source, mistake.startUtf16);
      return placed(error.message, file, line, column);
    }
  }
  return undefined;
}

function placed(text: string, file: string, line: number, column: number): SyntaxError {
  const error = new SyntaxError(text);
  const frames = (error.stack ?? "").split("\n").filter((one) => /^ {4}at /.test(one));
  error.stack = [`SyntaxError: ${text}`, `    at ${file}:${line}:${column}`, ...frames].join("\n");
  const source = textOf(file);
  if (source !== "") places.set(error, { source, line, column });
  return error;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
