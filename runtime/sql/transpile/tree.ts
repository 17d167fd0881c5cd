import type { Library } from "./library.ts";

/** A node of the library's syntax tree: an object with one key, its kind. The fields under it hold more of them. */
export type Fields = { readonly [field: string]: unknown };
export type Node = { readonly [kind: string]: Fields | null };

/** Structures of the library's tree that have one field and are no nodes. */
const STRUCTURES: ReadonlySet<string> = new Set([
  "this",
  "expressions",
  "ctes",
  "Preceding",
  "Following",
  "num_buckets",
]);

/** The kind of a node and its fields; undefined for all else. */
export function partsOf(value: unknown): readonly [kind: string, fields: Fields] | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const [kind, ...more] = Object.keys(value);
  if (kind === undefined || more.length > 0 || STRUCTURES.has(kind)) return undefined;
  const fields = (value as Node)[kind];
  if (fields === null) return [kind, {}];
  return typeof fields === "object" && !Array.isArray(fields) ? [kind, fields] : undefined;
}

export const isKind = (value: unknown, kind: string): boolean => partsOf(value)?.[0] === kind;

/** The text of a literal in quotes, or of a number. */
export function literalOf(value: unknown, type: "string" | "number"): string | undefined {
  const parts = partsOf(value);
  return parts?.[0] === "literal" && parts[1].literal_type === type ? String(parts[1].value) : undefined;
}

/** A tree with every node replaced by what `change` makes of it, children first. */
export function mapNodes(value: unknown, change: (kind: string, fields: Fields, node: Node) => unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => mapNodes(each, change));
  if (typeof value !== "object" || value === null) return value;
  const mapped = Object.fromEntries(Object.entries(value).map(([name, field]) => [name, mapNodes(field, change)]));
  const parts = partsOf(mapped);
  return parts === undefined ? mapped : change(parts[0], parts[1], mapped as Node);
}

/** Nodes whose text can stand beside any operator. */
const TIGHT = new Set(
  "column literal function aggregate_function paren cast try_cast null boolean subquery count sum avg min max".split(
    " ",
  ),
);

/** The library writes this type in a way that Spark does not read. */
const NTZ = { data_type: "custom", name: "TIMESTAMP_NTZ" };

const parsed = new Map<string, string>();

/** An expression written as SQL text, with the nodes of `args` for its names `_0`, `_1` … */
export function written(library: Library, text: string, args: readonly unknown[] = []): Node {
  const key = `${library.to}: ${text}`;
  let tree = parsed.get(key);
  if (tree === undefined) {
    tree = JSON.stringify(library.expression(text));
    parsed.set(key, tree);
  }
  return mapNodes(JSON.parse(tree), (kind, fields, node) => {
    if (kind === "cast" && (fields.to as Fields).name === "TIMESTAMPNTZ") return { cast: { ...fields, to: NTZ } };
    if (kind !== "column" || fields.table !== null) return node;
    const index = /^_(\d+)$/.exec((fields.name as { name: string }).name)?.[1];
    if (index === undefined) return node;
    const arg = args[Number(index)];
    return TIGHT.has(partsOf(arg)?.[0] ?? "") ? arg : { paren: { this: arg, trailing_comments: [] } };
  }) as Node;
}
