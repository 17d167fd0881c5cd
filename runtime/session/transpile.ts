import MagicString from "magic-string";
import type { Program } from "oxc-parser";
import { declaredNames, type NameKind } from "../syntax/declarations.ts";
import { parse } from "../syntax/parse.ts";
import { assignDeclarations } from "./assignments.ts";
import { stopAwaits } from "./awaits.ts";
import { guardColumns } from "./column-guard.ts";
import { renameHidden } from "./hidden-names.ts";
import { rewriteImports } from "./imports.ts";
import { toJavaScript } from "./javascript.ts";
import { CellMap } from "./source-map.ts";

export type Transpiled = {
  /** A script whose value is an async function of the cell's helpers; it returns the value to show. */
  readonly code: string;
  /** What the cell declares, in order. */
  readonly names: ReadonlyMap<string, NameKind>;
  /** Those which have to be kept under their hidden name. */
  readonly hidden: ReadonlySet<string>;
  /** Whether the cell ends in an expression whose value is to be shown. */
  readonly shows: boolean;
  readonly map: CellMap;
};

/** What the helpers are called in the code of a cell. */
const helpers = "__quern";

/**
 * A cell as a script. `hide` says which of the names that it declares, or that earlier cells declared, are kept under
 * another name. A mistake in the syntax is a CellSyntaxError.
 */
export async function transpile(
  source: string,
  hide: (declared: Iterable<string>) => ReadonlySet<string>,
): Promise<Transpiled> {
  const typescript = parse(source, "ts");
  const names = declaredNames(typescript);
  const hidden = hide(names.keys());
  const shows = endsInValue(typescript, source);
  const javascript = await toJavaScript(source, typescript);
  const program = javascript.code === source ? typescript : parse(javascript.code, "js");

  const edits = new MagicString(javascript.code);
  rewriteImports(program, helpers, edits);
  if (shows) returnLast(program, edits);
  assignDeclarations(program, names, edits);
  stopAwaits(program, helpers, edits);
  guardColumns(program, helpers, edits);
  renameHidden(program, hidden, edits);
  edits.prepend(`"use strict";(async (${helpers}) => {`).append("\n})");
  const map = new CellMap(source, edits, javascript.map, initialValues(program));
  return { code: edits.toString(), names, hidden, shows, map };
}

/** Decided by the TypeScript, since compilers put semicolons. */
function endsInValue(program: Program, source: string): boolean {
  const last = program.body.at(-1);
  return last?.type === "ExpressionStatement" && source[last.end - 1] !== ";";
}

function returnLast(program: Program, edits: MagicString): void {
  const last = program.body.at(-1);
  if (last?.type !== "ExpressionStatement") return;
  edits.appendRight(last.start, ";return (");
  edits.prependLeft(statementEnd(last.end, edits.original), ");");
}

/** Before the semicolon that a compiler may have put. */
const statementEnd = (end: number, code: string): number => (code[end - 1] === ";" ? end - 1 : end);

/** From the name of each declaration to its initial value, where errors are told. */
function initialValues(program: Program): Map<number, number> {
  const values = new Map<number, number>();
  for (const statement of program.body) {
    const init = statement.type === "VariableDeclaration" ? statement.declarations[0]?.init : undefined;
    const id = statement.type === "VariableDeclaration" ? statement.declarations[0]?.id : undefined;
    if (init && id) values.set(id.start, init.start);
  }
  return values;
}
