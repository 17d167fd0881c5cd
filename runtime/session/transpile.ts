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
import { CellMap, type Edited, type Recipe, type Written } from "./source-map.ts";

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
export const helpers = "__quern";

/**
 * A cell as a script. `hide` says which of the names that it declares, or that earlier cells declared, are kept under
 * another name; `written` is its text where that is not all TypeScript. A mistake in the syntax is a CellSyntaxError.
 */
export async function transpile(
  text: string,
  hide: (declared: Iterable<string>) => ReadonlySet<string>,
  written: Written = { code: text, back: (position) => position },
): Promise<Transpiled> {
  const { code: source, back } = written;
  const typescript = parse(source, "ts");
  const names = declaredNames(typescript);
  const hidden = hide(names.keys());
  const shows = endsInValue(typescript, source);
  const javascript = await toJavaScript(source, typescript);
  const recipe = { typescript: source, javascript: javascript.code, hidden, edit };
  const edited = edit(recipe, typescript, names);
  const map = new CellMap(text, recipe, edited, javascript.map, back);
  return { code: edited.edits.toString(), names, hidden, shows, map };
}

/** All that is done to the JavaScript; done again for an error that comes long after. */
function edit(
  { typescript, javascript, hidden }: Recipe,
  parsed = parse(typescript, "ts"),
  names: ReadonlyMap<string, NameKind> = declaredNames(parsed),
): Edited {
  const program = javascript === typescript ? parsed : parse(javascript, "js");
  const edits = new MagicString(javascript);
  rewriteImports(program, helpers, edits);
  if (endsInValue(parsed, typescript)) returnLast(program, edits);
  assignDeclarations(program, names, edits);
  stopAwaits(program, helpers, edits);
  guardColumns(program, helpers, edits);
  renameHidden(program, hidden, edits);
  edits.prepend(`"use strict";(async (${helpers}) => {`).append("\n})");
  return { edits, values: initialValues(program) };
}

/** Decided by the TypeScript, since compilers put semicolons. */
function endsInValue(program: Program, source: string): boolean {
  const last = program.body.at(-1);
  return last?.type === "ExpressionStatement" && source[last.end - 1] !== ";";
}

/** Through a call, at which an interrupt is heard that came in native code: so it finds the line. */
function returnLast(program: Program, edits: MagicString): void {
  const last = program.body.at(-1);
  if (last?.type !== "ExpressionStatement") return;
  edits.appendRight(last.start, `;return ${helpers}.first((`);
  edits.prependLeft(statementEnd(last.end, edits.original), "));");
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
