import type { Library } from "./library.ts";
import { isKind, literalOf, mapNodes, type Node, partsOf } from "./tree.ts";

/** Gives expressions without a name that of DuckDB, as far as that is plain: the other engine has names of its own. */
export function withNames(library: Library, tree: Node): Node {
  const [kind, fields] = partsOf(tree) ?? ["", {}];
  if (kind === "select") {
    const expressions = (fields.expressions as Node[]).map((each) => named(library, each));
    return { select: { ...fields, expressions } };
  }
  if (kind === "union" || kind === "intersect" || kind === "except") {
    return { [kind]: { ...fields, left: withNames(library, fields.left as Node) } };
  }
  return tree;
}

const UNNAMED = new Set(["column", "alias", "star", "dot", "subquery"]);

function named(library: Library, expression: Node): Node {
  const [kind = ""] = partsOf(expression) ?? [];
  const name = UNNAMED.has(kind) ? undefined : nameOf(library, expression, kind);
  if (name === undefined) return expression;
  const alias = JSON.parse(JSON.stringify(library.expression("1 AS a"))) as { alias: { alias: object } };
  return { alias: { ...alias.alias, this: expression, alias: { ...alias.alias.alias, name, quoted: true } } };
}

function nameOf(library: Library, expression: Node, kind: string): string | undefined {
  if (kind === "literal") return literalOf(expression, "number") ?? `'${literalOf(expression, "string") ?? ""}'`;
  const plain = mapNodes(expression, (_, __, node) => (isKind(node, "window_function") ? undefined : node));
  if (plain === undefined) return undefined;
  const text = library.generate(expression, "duckdb");
  if (/^COUNT\(\*\)$/i.test(text)) return "count_star()";
  const [, name, args] = /^([A-Z_0-9]+)\(([\p{L}\w, .]*)\)$/u.exec(text) ?? [];
  return name === undefined ? undefined : `${name.toLowerCase()}(${args})`;
}
