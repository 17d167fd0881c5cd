import type { CallExpression, Expression, Node, Program, TaggedTemplateExpression } from "oxc-parser";
import type { LiteralSource } from "../../../runtime/session/protocol.ts";
import { walk } from "../../../runtime/syntax/parse.ts";
import type { CellFacts } from "./facts.ts";
import { namesIn } from "./origins.ts";

/** A call that gives a frame whose columns can be looked up, since all that it is given stands in the cell's text. */
export type SourceCall = {
  readonly source: LiteralSource;
  /** Where the type argument goes, a UTF-16 offset. */
  readonly typeAt: number;
  /** The preloaded name that the call begins with. */
  readonly root: string;
  /** A path of it stands elsewhere in the cell, too. */
  readonly isRepeated: boolean;
};

type Found = Omit<SourceCall, "isRepeated">;

type Read = Extract<LiteralSource, { kind: "read" }>;
const formats: readonly string[] = ["parquet", "csv", "json"] satisfies Read["format"][];
const isFormat = (name: unknown): name is Read["format"] => formats.includes(name as string);

export function literalSources(program: Program): SourceCall[] {
  const calls: Found[] = [];
  const texts = new Map<string, number>();
  const bound = new Set<string>();
  walk(program, (node) => {
    for (const pattern of declaredBy(node)) for (const name of namesIn(pattern)) bound.add(name);
    if (node.type === "Literal" && typeof node.value === "string")
      texts.set(node.value, (texts.get(node.value) ?? 0) + 1);
    const call =
      node.type === "CallExpression"
        ? calledSource(node)
        : node.type === "TaggedTemplateExpression"
          ? tagged(node)
          : undefined;
    if (call) calls.push(call);
    return true;
  });
  const isRepeated = (text: string): boolean => (texts.get(text) ?? 0) > 1;
  // A parameter, or a variable of some block, may be what the name stands for.
  const own = calls.filter(({ root }) => !bound.has(root));
  return own.map((call) => ({
    ...call,
    isRepeated: call.source.kind === "read" && call.source.paths.some(isRepeated),
  }));
}

/** What a node declares, as patterns. */
function declaredBy(node: Node): Node[] {
  switch (node.type) {
    case "VariableDeclarator":
      return [node.id];
    case "CatchClause":
      return node.param ? [node.param] : [];
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return [...(node.id ? [node.id] : []), ...node.params];
    case "ClassDeclaration":
      return node.id ? [node.id] : [];
    default:
      return [];
  }
}

/**
 * Those that can be looked up before the cell runs: the names that they begin with are Quern's, SQL text names nothing
 * that the cell makes, and nothing before them may have changed what they name. `isHarmless` says it of what is called.
 */
export function sourcesToLookUp(
  { sources, changes, values, assigned }: CellFacts,
  isTaken: (name: string) => boolean,
  isHarmless: (name: string) => boolean,
): SourceCall[] {
  const effective = changes.filter((change) => !change.isNone(isHarmless));
  const unchangedUntil = Math.min(...effective.map(({ at }) => at));
  const makesTables = effective.some(({ ofTables }) => ofTables);
  const own = [...values.keys(), ...assigned];
  return sources.filter(({ root, source, typeAt, isRepeated }) => {
    if (values.has(root) || isTaken(root)) return false;
    if (source.kind === "schema") return true;
    if (typeAt >= unchangedUntil) return false;
    // A frame of what the cell writes later reads that when it is used.
    if (source.kind === "read") return effective.length === 0 || !isRepeated;
    const text = source.kind === "sql" ? source.text : source.name;
    return !makesTables && !own.some((name) => text.toLowerCase().includes(name.toLowerCase()));
  });
}

function calledSource(call: CallExpression): Found | undefined {
  const { callee } = call;
  if (call.typeArguments || call.optional) return undefined;
  const values = call.arguments.map(literal);
  const typeAt = callee.end;
  if (callee.type === "Identifier") {
    const source = ofSession(callee.name, values);
    return source && { source, typeAt, root: callee.name };
  }
  if (callee.type !== "MemberExpression" || callee.computed || callee.property.type !== "Identifier") return undefined;
  const { object, property } = callee;
  if (object.type === "Identifier" && object.name === "spark") {
    const source = ofSession(property.name, values);
    return source && { source, typeAt, root: "spark" };
  }
  const reader = isFormat(property.name) || property.name === "load" ? settingsOf(object) : undefined;
  const paths = values.flat();
  if (reader === undefined || paths.length === 0 || !paths.every(isText)) return undefined;
  const { root, ...settings } = reader;
  const format = property.name === "load" ? settings.format : property.name;
  return isFormat(format) ? { source: { kind: "read", ...settings, format, paths }, typeAt, root } : undefined;
}

function ofSession(method: string, values: readonly Value[]): LiteralSource | undefined {
  const text = values.at(-1);
  if (!isText(text) || values.length !== (method === "createDataFrame" ? 2 : 1)) return undefined;
  if (method === "createDataFrame") return { kind: "schema", text };
  if (method === "table") return { kind: "table", name: text };
  return method === "sql" ? { kind: "sql", text } : undefined;
}

function tagged({ tag, quasi, typeArguments }: TaggedTemplateExpression): Found | undefined {
  const [only] = quasi.quasis;
  const isSql = tag.type === "Identifier" && tag.name === "sql";
  if (!isSql || typeArguments || quasi.expressions.length > 0 || typeof only?.value.cooked !== "string")
    return undefined;
  return { source: { kind: "sql", text: only.value.cooked }, typeAt: tag.end, root: "sql" };
}

type Settings = Pick<Read, "options" | "schema"> & { readonly root: string; readonly format: string };

/** Of `read.option("sep", ";").schema("id LONG")`. */
function settingsOf(reader: Expression): Settings | undefined {
  const options: { [name: string]: string | number | boolean } = {};
  let schema: string | undefined;
  let format: string | undefined;
  let node: Node = reader;
  while (node.type === "CallExpression") {
    const callee: Expression = node.callee;
    if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return undefined;
    const [first, second] = node.arguments.map(literal);
    if (callee.property.name === "option" && typeof first === "string" && isOption(second)) options[first] ??= second;
    else if (callee.property.name === "schema" && typeof first === "string") schema ??= first;
    else if (callee.property.name === "format" && typeof first === "string") format ??= first;
    else if (callee.property.name === "options" && isOptions(first)) Object.assign(options, { ...first, ...options });
    else return undefined;
    node = callee.object;
  }
  const root = rootOfReader(node);
  if (root === undefined) return undefined;
  return { root, options, format: format?.toLowerCase() ?? "parquet", ...(schema === undefined ? {} : { schema }) };
}

function rootOfReader(node: Node): string | undefined {
  if (node.type === "Identifier") return node.name === "read" ? "read" : undefined;
  const isSparks =
    node.type === "MemberExpression" &&
    node.object.type === "Identifier" &&
    node.object.name === "spark" &&
    node.property.type === "Identifier" &&
    node.property.name === "read";
  return isSparks ? "spark" : undefined;
}

type Value = string | number | boolean | readonly Value[] | { readonly [name: string]: unknown } | undefined;
const isText = (value: Value): value is string => typeof value === "string" && value !== "";
const isOption = (value: Value): value is string | number | boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";
const isOptions = (value: Value): value is { [name: string]: string | number | boolean } =>
  typeof value === "object" && !Array.isArray(value) && Object.values(value).every((one) => isOption(one as Value));

/** The value of a literal, of a template without expressions, or of an array or object of such. */
function literal(node: Node): Value {
  if (node.type === "Literal") return isOption(node.value as Value) ? (node.value as Value) : undefined;
  if (node.type === "TemplateLiteral" && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined;
  if (node.type === "ArrayExpression") return node.elements.map((one) => (one === null ? undefined : literal(one)));
  if (node.type !== "ObjectExpression") return undefined;
  const entries: [string, Value][] = [];
  for (const property of node.properties) {
    if (property.type !== "Property" || property.computed) return undefined;
    const { key } = property;
    const name = key.type === "Identifier" ? key.name : key.type === "Literal" ? String(key.value) : undefined;
    if (name === undefined) return undefined;
    entries.push([name, literal(property.value)]);
  }
  return Object.fromEntries(entries);
}
