import {
  decodedMappings,
  LEAST_UPPER_BOUND,
  originalPositionFor,
  TraceMap,
  traceSegment,
} from "@jridgewell/trace-mapping";
import type MagicString from "magic-string";
import type { Position } from "../syntax/code-frame.ts";

export type { Position };

/** What an import is replaced by begins with it. */
export const importMark = ";await __quern.bind(";

/**
 * From the positions of a cell's script to those of its TypeScript: first back over our edits, then over the
 * compiler's. Computed when the first error asks.
 */
export class CellMap {
  readonly source: string;
  #edits: MagicString | undefined;
  readonly #javascript: string;
  #edited: TraceMap | undefined;
  #lines: string[] = [];
  readonly #compilerMap: string | undefined;
  #compiled: TraceMap | undefined;
  /** V8 blames a declared name where its initial value fails. Offsets into the JavaScript. */
  readonly #values: ReadonlyMap<number, number>;
  readonly #moved = new Map<string, Position>();

  constructor(
    source: string,
    edits: MagicString,
    compilerMap: string | undefined,
    values: ReadonlyMap<number, number>,
  ) {
    this.source = source;
    this.#edits = edits;
    this.#javascript = edits.original;
    this.#compilerMap = compilerMap;
    this.#values = values;
  }

  /** Undefined for code that is not in the cell's text. */
  original(position: Position): Position | undefined {
    const found = this.#beforeEdits(position);
    if (found === undefined || this.#compilerMap === undefined) return found;
    this.#compiled ??= new TraceMap(this.#compilerMap);
    return lookUp(this.#compiled, found);
  }

  /** The place of an offset into the cell's JavaScript. */
  ofOffset(offset: number): Position | undefined {
    const place = positionAt(this.#javascript, offset);
    if (this.#compilerMap === undefined) return place;
    this.#compiled ??= new TraceMap(this.#compilerMap);
    return lookUp(this.#compiled, place);
  }

  #beforeEdits(position: Position): Position | undefined {
    this.#edited ??= this.#trace();
    const found = lookUp(this.#edited, this.#behindInserted(this.#edited, position));
    return found && (this.#moved.get(placeKey(found)) ?? found);
  }

  /**
   * V8 may blame what we put in front of an expression: the `return`, or the call that an `await` waits for. Every
   * character of the user's has a mapping of its own, so the next one is meant.
   */
  #behindInserted(map: TraceMap, { line, column }: Position): Position {
    const segment = traceSegment(map, line - 1, column - 1);
    if (segment === null || segment[0] === column - 1) return { line, column };
    // An import as a whole was replaced by a call.
    const isReplaced = this.#lines[line - 1]?.startsWith(importMark, segment[0]);
    if (isReplaced) return { line, column };
    const next = decodedMappings(map)[line - 1]?.find(([generated]) => generated >= column);
    return next === undefined ? { line, column } : { line, column: next[0] + 1 };
  }

  #trace(): TraceMap {
    const edits = this.#edits as MagicString;
    this.#edits = undefined;
    this.#lines = edits.toString().split("\n");
    for (const [from, to] of this.#values) {
      this.#moved.set(placeKey(positionAt(edits.original, from)), positionAt(edits.original, to));
    }
    return new TraceMap(edits.generateMap({ hires: true, source: "cell.js" }).toString());
  }
}

function lookUp(map: TraceMap, { line, column }: Position): Position | undefined {
  const place = { line, column: column - 1 };
  let found = originalPositionFor(map, place);
  // Before the first of the user's text on this line stands what the transpiler put there.
  if (found.line === null) found = originalPositionFor(map, { ...place, bias: LEAST_UPPER_BOUND });
  return found.line === null ? undefined : { line: found.line, column: found.column + 1 };
}

const placeKey = ({ line, column }: Position): string => `${line}:${column}`;

export function positionAt(source: string, offsetUtf16: number): Position {
  const before = source.slice(0, offsetUtf16).split(/\r\n|[\n\r\u2028\u2029]/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

export function offsetAt(source: string, { line, column }: Position): number {
  const breaks = [...source.matchAll(/\r\n|[\n\r\u2028\u2029]/g)];
  const before = breaks[line - 2];
  return (before === undefined ? 0 : before.index + before[0].length) + column - 1;
}
