import {
  decodedMappings,
  LEAST_UPPER_BOUND,
  originalPositionFor,
  TraceMap,
  traceSegment,
} from "@jridgewell/trace-mapping";
import type MagicString from "magic-string";
import { type Position, positionAt } from "../syntax/code-frame.ts";

export type { Position };

/** What an import is replaced by begins with it. */
export const importMark = ";await __quern.bind(";

/** The text of a cell as TypeScript, and the way back from its positions to those of the cell. */
export type Written = { readonly code: string; readonly back: (position: Position) => Position };

/** All that the script of a cell is made from, and how. */
export type Recipe = {
  readonly typescript: string;
  /** Without its types. */
  readonly javascript: string;
  /** The names that are kept under another. */
  readonly hidden: ReadonlySet<string>;
  readonly edit: (recipe: Recipe) => Edited;
};

/** What becomes of the JavaScript of a cell. */
export type Edited = {
  readonly edits: MagicString;
  /** V8 blames a declared name where its initial value fails. Offsets into the JavaScript. */
  readonly values: ReadonlyMap<number, number>;
};

/** Computed when the first error asks. */
type Trace = {
  readonly map: TraceMap;
  readonly lines: readonly string[];
  readonly moved: ReadonlyMap<string, Position>;
};

/** So many maps keep what they were made with; older ones make it again, since a long session has thousands. */
const mostKept = 50;
const kept: CellMap[] = [];

/**
 * From the positions of a cell's script to those of its TypeScript: first back over our edits, then over the
 * compiler's.
 */
export class CellMap {
  readonly source: string;
  readonly #recipe: Recipe;
  #edited: Edited | undefined;
  #trace: Trace | undefined;
  readonly #compilerMap: string | undefined;
  #compiled: TraceMap | undefined;
  readonly #back: Written["back"];

  constructor(source: string, recipe: Recipe, edited: Edited, compilerMap: string | undefined, back: Written["back"]) {
    this.source = source;
    this.#recipe = recipe;
    this.#edited = edited;
    this.#compilerMap = compilerMap;
    this.#back = back;
    this.#keep();
  }

  #keep(): void {
    if (kept.push(this) > mostKept) kept.shift()?.forget();
  }

  /** Drops what can be made again. */
  forget(): void {
    this.#edited = undefined;
    this.#trace = undefined;
    this.#compiled = undefined;
  }

  /** Undefined for code that is not in the cell's text. */
  original(position: Position): Position | undefined {
    const found = this.#beforeEdits(position);
    return found && this.#beforeCompiler(found);
  }

  /** The place of an offset into the cell's JavaScript. */
  ofOffset(offset: number): Position | undefined {
    return this.#beforeCompiler(positionAt(this.#recipe.javascript, offset));
  }

  #beforeCompiler(position: Position): Position | undefined {
    if (this.#compilerMap === undefined) return this.#back(position);
    this.#compiled ??= new TraceMap(this.#compilerMap);
    const found = lookUp(this.#compiled, position);
    return found && this.#back(found);
  }

  #beforeEdits(position: Position): Position | undefined {
    const trace = this.#traced();
    const found = lookUp(trace.map, behindInserted(trace, position));
    return found && (trace.moved.get(placeKey(found)) ?? found);
  }

  #traced(): Trace {
    if (this.#trace === undefined) {
      const isForgotten = this.#edited === undefined;
      this.#trace = traceOf(this.#edited ?? this.#recipe.edit(this.#recipe));
      this.#edited = undefined;
      if (isForgotten) this.#keep();
    }
    return this.#trace;
  }
}

function traceOf({ edits, values }: Edited): Trace {
  const moved = new Map<string, Position>();
  for (const [from, to] of values) {
    moved.set(placeKey(positionAt(edits.original, from)), positionAt(edits.original, to));
  }
  const map = new TraceMap(edits.generateMap({ hires: true, source: "cell.js" }).toString());
  return { map, lines: edits.toString().split("\n"), moved };
}

/**
 * V8 may blame what we put in front of an expression: the `return`, or the call that an `await` waits for. Every
 * character of the user's has a mapping of its own, so the next one is meant.
 */
function behindInserted({ map, lines }: Trace, { line, column }: Position): Position {
  const segment = traceSegment(map, line - 1, column - 1);
  if (segment === null || segment[0] === column - 1) return { line, column };
  // An import as a whole was replaced by a call.
  const isReplaced = lines[line - 1]?.startsWith(importMark, segment[0]);
  if (isReplaced) return { line, column };
  const next = decodedMappings(map)[line - 1]?.find(([generated]) => generated >= column);
  return next === undefined ? { line, column } : { line, column: next[0] + 1 };
}

/** The place that a position comes from, or of what stands behind it in its line. */
export function lookUp(map: TraceMap, { line, column }: Position): Position | undefined {
  const place = { line, column: column - 1 };
  let found = originalPositionFor(map, place);
  // Before the first of the user's text on this line stands what the transpiler put there.
  if (found.line === null) found = originalPositionFor(map, { ...place, bias: LEAST_UPPER_BOUND });
  return found.line === null ? undefined : { line: found.line, column: found.column + 1 };
}

const placeKey = ({ line, column }: Position): string => `${line}:${column}`;

export function offsetAt(source: string, { line, column }: Position): number {
  const breaks = [...source.matchAll(/\r\n|[\n\r\u2028\u2029]/g)];
  const before = breaks[line - 2];
  return (before === undefined ? 0 : before.index + before[0].length) + column - 1;
}
