import type { Expression, Node, Program } from "oxc-parser";
import { isFunction, walk } from "../../../runtime/syntax/parse.ts";
import { type Origins, originsOf, rootOf } from "./origins.ts";

/** A place behind which a path or a table may name something else than before the cell ran. */
export type Change = {
  /** A UTF-16 offset: of loops and functions, which run again, where they begin. */
  readonly at: number;
  /** It makes tables, which are read when a frame of them is, however early that was described. */
  readonly ofTables?: boolean;
  /** Whether nothing changes, given which names of other cells, of Quern and of JavaScript leave all as it is. */
  isNone(isHarmless: (name: string) => boolean): boolean;
};

/** What is left in the cell's text where a magic or a command stood that may change files or folders. */
export const changesOfMagics = (magics: readonly { name: string; end: number }[]): Change[] =>
  magics.filter(({ name }) => !harmlessMagics.has(name)).map(({ end }) => always(end));
const harmlessMagics = new Set(["check", "help", "time", "who"]);

/** All calls that are not known to leave files and tables as they are. */
export function changesIn(program: Program): Change[] {
  const names = originsOf(program);
  const changes: Change[] = [];
  const visit = (node: Node, again: number | undefined): void => {
    const found = changeBy(node, names);
    if (found) changes.push({ ...found, at: again ?? found.at });
    const start = again ?? (node.type === "FunctionDeclaration" ? 0 : runsAgain(node) ? node.start : undefined);
    walk(node, (child) => {
      visit(child, start);
      return false;
    });
  };
  visit(program, undefined);
  return changes;
}

const always = (at: number, ofTables = false): Change => ({ at, ofTables, isNone: () => false });

const runsAgain = (node: Node): boolean =>
  isFunction(node) || node.type === "ClassBody" || /^(?:For|While|DoWhile)\w*Statement$/.test(node.type);

function changeBy(node: Node, names: Origins): Change | undefined {
  const at = node.end;
  switch (node.type) {
    case "CallExpression":
      return changeByCall(node.callee, node.arguments, at, names);
    case "TaggedTemplateExpression":
      return sqlNamed(node.tag)
        ? changeBySql(node.quasi.quasis.map(({ value }) => value.cooked ?? "").join(" ? "), node.tag, at, names)
        : changeByCall(node.tag, [], at, names);
    case "NewExpression":
      return { at, isNone: (isHarmless) => names.isHarmless(rootOf(node.callee), isHarmless) };
    case "AwaitExpression":
      // What began in another cell goes on meanwhile.
      return { at, isNone: (isHarmless) => names.isHarmless(rootOf(node.argument), isHarmless) };
    case "ImportExpression":
      return node.source.type === "Literal" && /^[^./]/.test(String(node.source.value)) ? undefined : always(at);
    case "ImportDeclaration":
      return node.specifiers.length === 0 && /^[./]/.test(node.source.value) ? always(0) : undefined;
    default:
      return undefined;
  }
}

function changeByCall(callee: Expression, given: readonly Node[], at: number, names: Origins): Change | undefined {
  if (isFunction(callee) || callee.type === "Super") return undefined;
  const [text] = given;
  if (sqlNamed(callee)) return changeBySql(text && literalText(text), callee, at, names);
  const path = pathOf(callee);
  const writer = path.find((name) => writers.test(name));
  if (writer !== undefined) return always(at, makers.test(writer));
  const root = rootOf(callee);
  const isBuiltIn = callee.type === "MemberExpression" && builtIn.has(path[0] ?? "");
  const callbacks = given.flatMap((one) => (one.type === "Identifier" ? [one.name] : []));
  return {
    at,
    isNone: (isHarmless) =>
      names.isHarmless(root, isHarmless) ||
      (isBuiltIn && callbacks.every((name) => names.isHarmless(name, isHarmless))),
  };
}

const sqlNamed = (callee: Expression): boolean =>
  callee.type === "Identifier"
    ? callee.name === "sql"
    : callee.type === "MemberExpression" && callee.property.type === "Identifier" && callee.property.name === "sql";

function changeBySql(text: string | undefined, callee: Expression, at: number, names: Origins): Change {
  if (text === undefined || !isQuery(text)) return always(at, true);
  return { at, isNone: (isHarmless) => names.isHarmless(rootOf(callee), isHarmless) };
}

const isQuery = (text: string): boolean =>
  /^(?:\s|--[^\n]*\n|\/\*.*?\*\/|\()*(?:select|with|from|values|table|describe|desc|show|explain|summarize)\b/is.test(
    text,
  ) && !/\b(?:insert|update|delete|merge|create|drop|alter|copy|into)\b/i.test(text);

const literalText = (node: Node): string | undefined =>
  node.type === "Literal" && typeof node.value === "string"
    ? node.value
    : node.type === "TemplateLiteral"
      ? node.quasis.map(({ value }) => value.cooked ?? "").join(" ? ")
      : undefined;

/** Members of frames and of the session that write, or say where things are found. */
const writers = /^(?:write\w*|save\w*|insertInto|mergeInto|foreach\w*|catalog|conf|use|stop|\w+Temp(?:View|Table))$/;
const makers = /^(?:saveAsTable|insertInto|mergeInto|writeTo|catalog|\w+Temp(?:View|Table))$/;

/** The members that a chain of calls goes through, the last first. */
function pathOf(callee: Expression): string[] {
  const path: string[] = [];
  for (let node: Node = callee; ; ) {
    if (node.type === "CallExpression") node = node.callee;
    else if (node.type === "AwaitExpression") node = node.argument;
    else if (node.type === "ChainExpression" || node.type === "TSNonNullExpression") node = node.expression;
    else if (node.type === "MemberExpression") {
      path.push(node.property.type === "Identifier" && !node.computed ? node.property.name : "");
      node = node.object;
    } else return path;
  }
}

/** Methods of JavaScript's own values change nothing but these; their callbacks stand in the cell. */
const builtIn = new Set(
  [Array, String, Number, Map, Set, Date, RegExp, Promise, Iterator, BigInt, Uint8Array].flatMap((type) =>
    Object.getOwnPropertyNames(type.prototype),
  ),
);
