import { types } from "node:util";
import { declaredNames } from "../syntax/declarations.ts";
import { parse } from "../syntax/parse.ts";
import { declaredIn } from "./names.ts";
import { sourceOfCell } from "./stack.ts";

/** The text that made a value: the declaration in its cell, or what a function of a package is written as. */
export function sourceOf(path: readonly string[], value: unknown): string | undefined {
  const [name] = path;
  if (path.length === 1 && name !== undefined) {
    const declaration = declarationOf(name);
    if (declaration !== undefined) return declaration;
  }
  if (typeof value !== "function" || types.isProxy(value)) return undefined;
  const text = Function.prototype.toString.call(value);
  return text.endsWith("{ [native code] }") ? undefined : text;
}

function declarationOf(name: string): string | undefined {
  const cell = declaredIn(name);
  const source = cell === undefined ? undefined : sourceOfCell(cell);
  if (source === undefined) return undefined;
  try {
    const program = parse(source, "ts");
    const statement = program.body.findLast((one) => declaredNames({ ...program, body: [one] }).has(name));
    return statement && source.slice(statement.start, statement.end);
  } catch {
    // The number was used again by a cell that is no TypeScript.
    return undefined;
  }
}
