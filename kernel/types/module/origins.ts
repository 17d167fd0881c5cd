import type { Expression, Node, Program } from "oxc-parser";
import { isFunction, walk } from "../../../runtime/syntax/parse.ts";

/** Of the names that a cell declares, also within functions: where their values come from. */
export type Origins = {
  /** Whether what a chain begins with leaves all as it is, whatever is called on it. */
  isHarmless(root: string | undefined, isHarmless: (name: string) => boolean): boolean;
};

/** The cell's own function, whose body is looked through where it stands; or a frame by its type. */
const looked = Symbol("looked through");

export function originsOf(program: Program): Origins {
  const origins = new Map<string, Set<string | typeof looked | undefined>>();
  const add = (target: Node, origin: string | typeof looked | undefined) => {
    for (const name of namesIn(target)) origins.set(name, (origins.get(name) ?? new Set()).add(origin));
  };
  const originOf = (value: Expression | null) =>
    value && isFunction(value) ? looked : value ? rootOf(value) : undefined;
  walk(program, (node, parent, key) => {
    if (node.type === "VariableDeclarator") add(node.id, originOf(node.init));
    else if (node.type === "AssignmentExpression") add(node.left, originOf(node.right));
    else if (node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") {
      if (node.id) add(node.id, looked);
    }
    if (
      node.type === "ArrowFunctionExpression" ||
      node.type === "FunctionExpression" ||
      node.type === "FunctionDeclaration"
    ) {
      const caller = key === "arguments" && parent.type === "CallExpression" ? rootOf(parent.callee) : undefined;
      for (const parameter of node.params) add(parameter, isTypedAsFrame(parameter) ? looked : caller);
    }
    return true;
  });
  const isHarmlessFrom = (name: string, external: (name: string) => boolean, seen: Set<string>): boolean => {
    if (seen.has(name)) return true;
    seen.add(name);
    const from = origins.get(name);
    if (from === undefined) return external(name);
    return [...from].every((one) => one === looked || (typeof one === "string" && isHarmlessFrom(one, external, seen)));
  };
  return {
    isHarmless: (root, external) => root !== undefined && isHarmlessFrom(root, external, new Set()),
  };
}

/** Those that a pattern declares or assigns. */
export function namesIn(target: Node): string[] {
  if (target.type === "Identifier") return [target.name];
  if (target.type === "MemberExpression") return [];
  const names: string[] = [];
  walk(target, (node, _, key) => {
    if (node.type === "Identifier" && key !== "key") names.push(node.name);
    return key !== "typeAnnotation" && key !== "right";
  });
  return names;
}

function isTypedAsFrame(parameter: Node): boolean {
  const type = "typeAnnotation" in parameter ? parameter.typeAnnotation : undefined;
  const inner =
    type && typeof type === "object" && "typeAnnotation" in type ? (type.typeAnnotation as Node) : undefined;
  return (
    inner?.type === "TSTypeReference" &&
    inner.typeName.type === "Identifier" &&
    /^(?:DataFrame|GroupedData|Columns?|Row)$/.test(inner.typeName.name)
  );
}

/** The name that a chain of calls and members begins with: of `a.b("c").d`, a. */
export function rootOf(expression: Expression): string | undefined {
  let node: Node = expression;
  for (;;) {
    switch (node.type) {
      case "Identifier":
        return node.name;
      case "CallExpression":
        node = node.callee;
        break;
      case "MemberExpression":
        node = node.object;
        break;
      case "TaggedTemplateExpression":
        node = node.tag;
        break;
      case "AwaitExpression":
        node = node.argument;
        break;
      case "ChainExpression":
      case "TSNonNullExpression":
      case "TSAsExpression":
      case "ParenthesizedExpression":
        node = node.expression;
        break;
      default:
        return undefined;
    }
  }
}
