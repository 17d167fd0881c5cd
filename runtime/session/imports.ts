import type MagicString from "magic-string";
import type { ImportAttribute, Node, Program, Statement } from "oxc-parser";
import { hoistingPoint, walk } from "../syntax/parse.ts";

/**
 * Imports, which V8 accepts in modules only, become calls of the cell's helpers: `import { a as b } from "x"` is
 * `await helpers.bind("x", attributes, { b: "a" })`, which also sets the names. They run first, as in a module, but for
 * those behind a magic, which may be what installs the package.
 */
export function rewriteImports(program: Program, helpers: string, edits: MagicString): void {
  let hoistTo = hoistingPoint(program);
  for (const [index, statement] of program.body.entries()) {
    if (isMagic(statement, helpers)) hoistTo = program.body[index + 1]?.start ?? program.end;
    const call = staticImport(statement, helpers);
    if (call === undefined) continue;
    edits.overwrite(statement.start, statement.end, call);
    if (statement.start > hoistTo) edits.move(statement.start, statement.end, hoistTo);
  }
  walk(program, (node) => rewriteExpression(node, helpers, edits));
}

/** `await helpers.magic(0)`; see magics/write-calls.ts. */
function isMagic(statement: Statement, helpers: string): boolean {
  if (statement.type !== "ExpressionStatement" || statement.expression.type !== "AwaitExpression") return false;
  const call = statement.expression.argument;
  if (call.type !== "CallExpression" || call.callee.type !== "MemberExpression") return false;
  const { object, property } = call.callee;
  return object.type === "Identifier" && object.name === helpers && "name" in property && property.name === "magic";
}

function staticImport(statement: Statement, helpers: string): string | undefined {
  switch (statement.type) {
    case "ImportDeclaration": {
      const names = Object.fromEntries(
        statement.specifiers.map((specifier) => {
          if (specifier.type === "ImportDefaultSpecifier") return [specifier.local.name, "default"];
          if (specifier.type === "ImportNamespaceSpecifier") return [specifier.local.name, "*"];
          return [specifier.local.name, nameOf(specifier.imported)];
        }),
      );
      return importCall(helpers, statement.source.value, statement.attributes, names, statement.start);
    }
    case "ExportAllDeclaration":
      return importCall(helpers, statement.source.value, statement.attributes, {}, statement.start);
    case "ExportNamedDeclaration":
      return statement.source === null
        ? undefined
        : importCall(helpers, statement.source.value, statement.attributes, {}, statement.start);
    default:
      return undefined;
  }
}

/** `import { "any text" as name }` is allowed. */
const nameOf = (name: { type: string; name?: string; value?: unknown }): string => name.name ?? String(name.value);

function importCall(helpers: string, from: string, attributes: ImportAttribute[], names: object, at: number): string {
  const given = Object.fromEntries(attributes.map(({ key, value }) => [nameOf(key), value.value]));
  return `;await ${helpers}.bind(${[from, given, names, at].map((part) => JSON.stringify(part)).join(", ")});`;
}

function rewriteExpression(node: Node, helpers: string, edits: MagicString): void {
  if (node.type === "ImportExpression") {
    // The keyword alone: the parentheses and what is in them stay.
    edits.overwrite(node.start, node.start + "import".length, `${helpers}.import`);
  } else if (node.type === "MetaProperty" && node.meta.name === "import") {
    edits.overwrite(node.start, node.end, `${helpers}.meta`);
  }
}
