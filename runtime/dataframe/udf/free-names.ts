import type { Node } from "oxc-parser";
import { boundNames } from "../../syntax/declarations.ts";
import { parse, walk } from "../../syntax/parse.ts";

/** A scope's names, and whether `this` in it is that of a function inside. */
type Scope = { readonly names: ReadonlySet<string>; readonly outer: Scope | undefined; readonly hasThis: boolean };

/**
 * The names that a function's text has from outside; undefined where the text does not say all that the function needs
 * (`this`, `super`, imports), or is no expression (a method, native code).
 */
export function freeNames(source: string): ReadonlySet<string> | undefined {
  let program: Node;
  try {
    program = parse(`(${source}\n)`, "js");
  } catch {
    return undefined;
  }
  const free = new Set<string>();
  const isWhole = visitBelow(program, { names: new Set(), outer: undefined, hasThis: false }, free);
  return isWhole ? free : undefined;
}

function visitBelow(root: Node, scope: Scope, free: Set<string>): boolean {
  let isWhole = true;
  walk(root, (node, parent, key) => {
    if (OUTSIDE.has(node.type) || (node.type === "ThisExpression" && !scope.hasThis)) isWhole = false;
    // A computed key is evaluated outside of what it names, which adds no names that matter.
    if (node.type === "Identifier" && !isPropertyName(parent, key) && !isKnown(node.name, scope)) free.add(node.name);
    const inner = scopeOf(node, scope);
    if (inner === scope) return isWhole;
    isWhole = visitBelow(node, inner, free) && isWhole;
    return false;
  });
  return isWhole;
}

const OUTSIDE: ReadonlySet<string> = new Set([
  "Super",
  "MetaProperty",
  "ImportExpression",
  "AwaitExpression",
  "YieldExpression",
  "WithStatement",
]);

function isKnown(name: string, scope: Scope): boolean {
  for (let one: Scope | undefined = scope; one !== undefined; one = one.outer) if (one.names.has(name)) return true;
  return false;
}

/** The scope that a node begins, with all that is declared in it. */
function scopeOf(node: Node, outer: Scope): Scope {
  switch (node.type) {
    case "ArrowFunctionExpression":
      return { outer, hasThis: outer.hasThis, names: new Set([...parametersOf(node), ...varsIn(node)]) };
    case "FunctionExpression":
    case "FunctionDeclaration": {
      const own = node.id ? [node.id.name] : [];
      return { outer, hasThis: true, names: new Set([...own, "arguments", ...parametersOf(node), ...varsIn(node)]) };
    }
    case "ClassExpression":
    case "ClassDeclaration":
      return { outer, hasThis: true, names: new Set(node.id ? [node.id.name] : []) };
    case "CatchClause":
      return { ...outer, outer, names: new Set(node.param ? boundNames(node.param) : []) };
    case "BlockStatement":
    case "StaticBlock":
      return { ...outer, outer, names: lexicalNames(node.body) };
    case "SwitchStatement":
      return { ...outer, outer, names: lexicalNames(node.cases.flatMap(({ consequent }) => consequent)) };
    case "ForStatement":
      return { ...outer, outer, names: lexicalNames(node.init ? [node.init] : []) };
    case "ForInStatement":
    case "ForOfStatement":
      return { ...outer, outer, names: lexicalNames([node.left]) };
    default:
      return outer;
  }
}

const parametersOf = (node: Extract<Node, { params: unknown }>): string[] =>
  (node.params as any[]).flatMap((parameter) =>
    boundNames(parameter.type === "RestElement" ? parameter.argument : parameter),
  );

/** `var` belongs to the whole function. */
function varsIn(root: Node): string[] {
  const names: string[] = [];
  walk(root, (node) => {
    if (node.type === "VariableDeclaration" && node.kind === "var")
      names.push(...node.declarations.flatMap(({ id }) => boundNames(id)));
    return !FUNCTIONS.has(node.type);
  });
  return names;
}

const FUNCTIONS: ReadonlySet<string> = new Set([
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunctionExpression",
  "StaticBlock",
]);

function lexicalNames(statements: readonly Node[]): Set<string> {
  const names = new Set<string>();
  for (const statement of statements) {
    if (statement.type === "VariableDeclaration" && statement.kind !== "var")
      for (const { id } of statement.declarations) for (const name of boundNames(id)) names.add(name);
    if ((statement.type === "FunctionDeclaration" || statement.type === "ClassDeclaration") && statement.id)
      names.add(statement.id.name);
  }
  return names;
}

function isPropertyName(parent: Node, key: string): boolean {
  switch (parent.type) {
    case "MemberExpression":
      return key === "property" && !parent.computed;
    case "Property":
    case "MethodDefinition":
    case "PropertyDefinition":
      return key === "key" && !parent.computed;
    case "LabeledStatement":
    case "BreakStatement":
    case "ContinueStatement":
      return key === "label";
    default:
      return false;
  }
}
