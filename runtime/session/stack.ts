import { findSourceMap } from "node:module";
import { fileURLToPath } from "node:url";
import { visibleText } from "./hidden-names.ts";
import type { CellMap, Position } from "./source-map.ts";

/** The script of one run. */
export type CellScript = { readonly executionCount: number; readonly map: CellMap };

export type CellPosition = Position & { readonly script: CellScript };

/** The file that cells are in, as far as the module loader knows. */
export const cellsModuleName = "[cells].mts";

const scripts = new Map<string, CellScript>();

/** A name for the script of a run; unlike the number in front of the cell it is never used again. */
export const scriptName = (run: number | string): string => `quern:${run}`;

export function registerScript(name: string, script: CellScript): void {
  scripts.set(name, script);
}

/** The text of the last cell that had this number. */
export const sourceOfCell = (executionCount: number): string | undefined =>
  [...scripts.values()].findLast((script) => script.executionCount === executionCount)?.map.source;

const positions = new WeakMap<object, CellPosition>();

/** The innermost place in a cell that an error, or another object with a captured stack, comes from. */
export function cellPosition(error: object): CellPosition | undefined {
  // V8 writes a stack when it is read for the first time.
  void (error as { stack?: unknown }).stack;
  return positions.get(error);
}

/** The place in a cell that a position in a script stands for. */
export function locate(script: string, position: Position): CellPosition | undefined {
  const found = scripts.get(script);
  const original = found?.map.original(position);
  return found && original && { ...original, script: found };
}

/**
 * From here on all stacks are in the user's terms: `cell [3]:2:5`, the lines of TypeScript files, and no frames of
 * Node's or of Quern's own.
 */
export function mapStacks(): void {
  Error.stackTraceLimit = framesCaptured;
  Error.prepareStackTrace = (error, frames) => {
    const lines = userFrames(frames).map((frame) => `\n    at ${frameText(frame, error)}`);
    return header(error) + lines.join("");
  };
}

/** Enough to reach the user's code through frames of ours. */
const framesCaptured = 40;
const framesShown = 15;

const header = (error: unknown): string => {
  try {
    return visibleText(Error.prototype.toString.call(error));
  } catch {
    return "Error";
  }
};

const runtimeFolder = fileURLToPath(new URL("../", import.meta.url));
const ourPackages = /[\\/]node_modules[\\/](tsx|esbuild|oxc-parser|magic-string)[\\/]/;

function userFrames(frames: readonly NodeJS.CallSite[]): NodeJS.CallSite[] {
  const kinds = frames.map(kindOf);
  // What packages do below a call of Quern's is Quern's business.
  const ours = kinds.lastIndexOf("ours");
  const isKept = (index: number) => kinds[index] === "user" || (kinds[index] === "package" && index > ours);
  const kept = frames.filter((_, index) =>
    kinds[index] === "builtin" ? isWithin(kinds, index, isKept) : isKept(index),
  );
  return kept.slice(0, framesShown);
}

/** Whether a built-in function (`Array.map`, an iterator's `next`) is called by what is shown, and calls only that. */
function isWithin(kinds: readonly Kind[], index: number, isKept: (index: number) => boolean): boolean {
  let [below, above] = [index - 1, index + 1];
  while (kinds[below] === "builtin") below -= 1;
  while (kinds[above] === "builtin") above += 1;
  return (below < 0 || isKept(below)) && (above >= kinds.length || isKept(above));
}

type Kind = "user" | "package" | "ours" | "node" | "builtin";

function kindOf(frame: NodeJS.CallSite): Kind {
  const file = filePath(frame);
  if (file === undefined) return frame.isNative() ? "node" : "builtin";
  if (file.startsWith("node:") || frame.isPromiseAll?.()) return "node";
  if (file.startsWith("quern:")) return isInCell(frame, file) ? "user" : "ours";
  if (file.startsWith(runtimeFolder) || ourPackages.test(file) || file.endsWith(cellsModuleName)) return "ours";
  return /[\\/]node_modules[\\/]/.test(file) ? "package" : "user";
}

/** Code that the compiler added has no place in the cell. */
function isInCell(frame: NodeJS.CallSite, file: string): boolean {
  return locate(file, { line: frame.getLineNumber() ?? 1, column: frame.getColumnNumber() ?? 1 }) !== undefined;
}

function filePath(frame: NodeJS.CallSite): string | undefined {
  // What the inspector evaluates has an empty name.
  const file = frame.getFileName() || frame.getEvalOrigin() || frame.getScriptNameOrSourceURL();
  if (file === undefined || file === null) return undefined;
  return file.startsWith("file:") ? fileURLToPath(file) : file;
}

function frameText(frame: NodeJS.CallSite, error: unknown): string {
  const text = String(frame).replace(/quern:[\w-]+:\d+:\d+/g, (place) => cellText(place, error));
  return visibleText(moduleText(frame, text));
}

function cellText(place: string, error: unknown): string {
  const [, name = "", line, column] = /^(.*):(\d+):(\d+)$/.exec(place) ?? [];
  const found = locate(name, { line: Number(line), column: Number(column) });
  if (found === undefined) return place;
  if (typeof error === "object" && error !== null && !positions.has(error)) positions.set(error, found);
  return `cell [${found.script.executionCount}]:${found.line}:${found.column}`;
}

/** TypeScript files that tsx compiled carry source maps. */
function moduleText(frame: NodeJS.CallSite, text: string): string {
  const file = frame.getFileName();
  const line = frame.getLineNumber();
  const column = frame.getColumnNumber();
  if (!file || file.startsWith("quern:") || line === null || column === null) return text;
  const origin = findSourceMap(file)?.findOrigin(line, column);
  const path = file.startsWith("file:") ? fileURLToPath(file) : file;
  const place =
    origin && "lineNumber" in origin ? `${origin.lineNumber}:${Math.max(origin.columnNumber, 1)}` : `${line}:${column}`;
  // CommonJS that is imported has its path for a name, and shows its address.
  return text.replace(`${frame.getScriptNameOrSourceURL() || file}:${line}:${column}`, `${path}:${place}`);
}
