import type MagicString from "magic-string";
import type { Expression, Node, Program } from "oxc-parser";
import { walk } from "../syntax/parse.ts";
import { couldBeColumn, testedBy } from "../syntax/tested.ts";

/**
 * `f.a.gt(1) && f.b.lt(2)` is a JavaScript expression whose value is its second condition alone, since a Column is
 * always true. So what is tested anywhere in a cell, and could be a Column, is handed to a guard, which throws for one.
 */
export function guardColumns(program: Program, helpers: string, edits: MagicString): void {
  const guard = (expression: Expression, operator: string): void => {
    if (!couldBeColumn(expression)) return;
    edits.appendRight(expression.start, `${helpers}.test(`);
    edits.prependLeft(expression.end, `, ${JSON.stringify(operator)})`);
  };
  walk(program, (node, parent) => {
    if (parent === program && isCompilerHelper(node)) return false;
    for (const [tested, operator] of testedBy(node)) guard(tested, operator);
    return true;
  });
}

/** `var __decoratorStart = …`, which esbuild puts before a class with decorators. */
function isCompilerHelper(node: Node): boolean {
  return (
    node.type === "VariableDeclaration" &&
    node.declarations.every(({ id }) => id.type === "Identifier" && id.name.startsWith("__"))
  );
}
