import type { Library } from "./library.ts";
import { isKind, literalOf, type Node, partsOf, written } from "./tree.ts";

/**
 * A translator knows no types, and some meanings hang on them. A guard is a condition over `typeof`, which Spark works
 * out before it runs anything: where the type is one for which the answer would differ, the query fails and says so.
 */
export function guarded(
  library: Library,
  value: unknown,
  condition: string,
  args: readonly unknown[],
  what: string,
): Node {
  const message = {
    literal: { literal_type: "string", value: `${what} gives something else in DuckDB's SQL than in Spark's` },
  };
  const all = [value, message, ...args];
  const shifted = condition.replace(/_(\d+)/g, (_, index) => `_${Number(index) + 2}`);
  return written(library, `IF(${shifted}, RAISE_ERROR(_1), _0)`, all);
}

const FLOATS = "typeof(_0) IN ('double', 'float')";
const NESTED =
  "typeof(_0) LIKE 'array%' OR typeof(_0) LIKE 'map%' OR typeof(_0) LIKE 'struct%' OR typeof(_0) IN ('binary', 'timestamp')";

/** A value that becomes text: doubles, times with a zone and nested values are written differently. */
export function asText(library: Library, value: unknown, { lists = false } = {}): unknown {
  if (isText(value)) return value;
  const condition = lists ? FLOATS : `${FLOATS} OR ${NESTED}`;
  return guarded(library, value, condition, [value], "a DOUBLE, TIMESTAMPTZ or nested value as text");
}

/** Values of which one is taken: DuckDB makes all text where one is, Spark all numbers. */
export function alike(library: Library, values: readonly unknown[]): readonly unknown[] {
  const others = values.filter((value) => !isText(value) && !isKind(value, "null"));
  const [first, ...rest] = others;
  if (first === undefined || rest.length === 0) return values;
  const condition = rest.map((_, i) => `(typeof(_0) = 'string') <> (typeof(_${i + 1}) = 'string')`).join(" OR ");
  const guard = guarded(library, first, condition, others, "a choice between a text and another value");
  return values.map((value) => (value === first ? guard : value));
}

/** Surely a text, or nothing. */
const isText = (value: unknown): boolean => {
  const [kind, fields] = partsOf(value) ?? [];
  if (kind === "paren") return isText(fields?.this);
  return literalOf(value, "string") !== undefined || TEXTS.has(kind ?? "");
};

const TEXTS = new Set("upper lower trim ltrim rtrim substring concat".split(" "));
