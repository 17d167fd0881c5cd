import { alike, asText, guarded } from "./guards.ts";
import { as, changed, partsAs, type Rule, type Rules, refuse } from "./rules.ts";
import { type Fields, isKind, literalOf, partsOf, written } from "./tree.ts";

const TYPES: { readonly [type: string]: string } = {
  boolean: "BOOLEAN",
  tiny_int: "TINYINT",
  small_int: "SMALLINT",
  int: "INT",
  big_int: "BIGINT",
  float: "FLOAT",
  real: "FLOAT",
  double: "DOUBLE",
  var_char: "STRING",
  text: "STRING",
  string: "STRING",
  date: "DATE",
  timestamp: "TIMESTAMP_NTZ",
};

const WHOLE = new Set(["TINYINT", "SMALLINT", "INT", "BIGINT"]);
const WHOLE_RESULTS = new Set(["round", "ceil", "floor", "count", "length", "year", "month", "day"]);

function sparkType(type: Fields): string {
  const name = String(type.data_type);
  if (name === "decimal" && type.precision != null) return `DECIMAL(${type.precision}, ${type.scale ?? 0})`;
  if (name === "timestamp" && type.timezone) return "TIMESTAMP";
  const found = TYPES[name];
  if (found === undefined || (found === "STRING" && type.length != null))
    return refuse(`A cast to ${name.toUpperCase()}`);
  return found;
}

/** DuckDB rounds where Spark cuts off, and writes doubles in another way. */
const cast: Rule = ({ this: value, to }, _, library) => {
  const type = sparkType(to as Fields);
  const [kind = "", fields = {}] = partsOf(value) ?? [];
  let given = value;
  if (type === "STRING") {
    if (["ceil", "floor", "interval"].includes(kind) || /"interval"/.test(JSON.stringify(value)))
      return refuse("The text of what ceil, floor or an INTERVAL give");
    given = asText(library, value);
  }
  const name = kind === "function" ? String(fields.name).toLowerCase() : kind;
  if (WHOLE.has(type) && !WHOLE_RESULTS.has(name) && literalOf(value, "string") === undefined) {
    const isWhole = literalOf(value, "number")?.match(/^\d+$/);
    const fractions = "typeof(_0) IN ('double', 'float') OR typeof(_0) LIKE 'decimal%'";
    if (!isWhole)
      given = guarded(library, value, fractions, [value], "a fraction as a whole number (use round or floor)");
  }
  return written(library, `CAST(_0 AS ${type})`, [given]);
};

/** Typed literals: DATE '…' and TIMESTAMP '…'. */
const literal: Rule = ({ literal_type, value }, node, library) => {
  if (literal_type === "timestamp")
    return written(library, "CAST(_0 AS TIMESTAMP_NTZ)", [{ literal: { literal_type: "string", value } }]);
  if (literal_type === "number" || literal_type === "string" || literal_type === "date") return node;
  return refuse(`A literal of the kind ${String(literal_type)}`);
};

/** Always a DOUBLE in DuckDB. */
const divide: Rule = (fields, _, library) =>
  changed("div", fields, { left: written(library, "CAST(_0 AS DOUBLE)", [fields.left]) });
const average: Rule = (fields, _, library) =>
  changed("avg", fields, { this: written(library, "CAST(_0 AS DOUBLE)", [fields.this]) });

/** DuckDB multiplies a double by a power of ten, rounds that and divides again; Spark rounds what it would print. */
const round: Rule = ({ args }, _, library) => {
  const [value, digits] = args as [unknown, unknown];
  const count = Number(literalOf(digits, "number"));
  if (!(count >= 0 && count < 16)) return refuse("round to a number of digits that is computed or negative");
  const given = guarded(library, value, "typeof(_0) LIKE 'decimal%'", [value], "round of a DECIMAL to some digits");
  return written(library, `(ROUND(CAST(_0 AS DOUBLE) * 1E${count}) / 1E${count})`, [given]);
};

/** Beyond the list, or without the key, there is NULL. */
const subscript: Rule = ({ this: list, index }, _, library) =>
  written(library, "TRY_ELEMENT_AT(_0, _1)", [list, index]);

const choice = (kind: string, fields: Fields, field: string, library: Parameters<Rule>[2]) =>
  changed(kind, fields, { [field]: alike(library, fields[field] as unknown[]) });

const caseRule: Rule = (fields, _, library) => {
  const whens = fields.whens as [unknown, unknown][];
  const results = alike(library, [...whens.map(([, then]) => then), ...(fields.else_ ? [fields.else_] : [])]);
  return changed("case", fields, {
    whens: whens.map(([when], i) => [when, results[i]]),
    else_: fields.else_ ? results.at(-1) : null,
  });
};

const lambda: Rule = (fields) =>
  (fields.parameters as unknown[]).length === 1
    ? changed("lambda", fields, { colon: false })
    : refuse("A lambda with several parameters");

const contains: Rule = ({ args }, _, library) => {
  const [list, value] = args as [unknown, unknown];
  if (!isKind(value, "literal")) return refuse("list_contains of a value that is computed");
  return written(library, "IF(_0 IS NULL, NULL, COALESCE(ARRAY_CONTAINS(_0, _1), FALSE))", [list, value]);
};

const map: Rule = ({ keys, values, with_map_keyword }, _, library) => {
  const names = keys as unknown[];
  const all = names.flatMap((key, i) => [key, (values as unknown[])[i]]);
  const holes = all.map((_, i) => `_${i}`).join(", ");
  if (with_map_keyword) return written(library, `MAP(${holes})`, all);
  if (!names.every((name) => literalOf(name, "string") !== undefined))
    return refuse("A struct whose names are computed");
  return written(library, `NAMED_STRUCT(${holes})`, all);
};

/** What decides is left out where it is NULL. */
const byExtreme =
  (name: string): Rule =>
  (fields, _, library) => {
    const [value, by] = (fields.args ?? [fields.this, fields.expression]) as [unknown, unknown];
    if (fields.filter || fields.distinct) return refuse(`${name} with FILTER or DISTINCT`);
    return written(library, `${name}(_0, IF(_0 IS NULL, NULL, _1))`, [value, by]);
  };

const median: Rule = (fields, _, library) =>
  changed("median", fields, {
    this: guarded(library, fields.this, "typeof(_0) LIKE 'decimal%'", [fields.this], "median of a DECIMAL"),
  });

const series =
  (text: string, count: number): Rule =>
  ({ args }, _, library) =>
    (args as unknown[]).length === count && (args as unknown[]).every((arg) => literalOf(arg, "number")?.match(/^\d+$/))
      ? written(library, text, args as unknown[])
      : refuse("A series with bounds that are computed");

const generator: Rule = ({ args }, _, library) => written(library, "EXPLODE(_0)", args as unknown[]);

/** Names of its own are not the same in both. */
const subquery: Rule = ({ this: query, column_aliases }, node) =>
  isKind(query, "values") && (column_aliases as unknown[]).length === 0
    ? refuse("VALUES without names for its columns")
    : node;

/** A generator beside rows has another form in each. */
const source = (value: unknown): void => {
  const [kind, fields] = partsOf(value) ?? [];
  if (kind === "alias") source(fields?.this);
  else if (kind !== "table" && kind !== "subquery" && kind !== "values") refuse("A function in FROM");
};

const select: Rule = ({ from, joins }, node) => {
  for (const each of ((from as Fields | null)?.expressions ?? []) as unknown[]) source(each);
  for (const join of joins as Fields[]) source(join.this);
  return node;
};

/** `FROM 'file.parquet'`. */
const table: Rule = ({ name }, node) =>
  /[./*]/.test((name as { name: string }).name) ? refuse("A file in FROM: use read.parquet(…) and its like") : node;

export const valueRules: Rules = {
  table,
  select,
  subquery,
  cast,
  literal,
  div: divide,
  avg: average,
  "function round/2": round,
  subscript,
  coalesce: (fields, _, library) => choice("coalesce", fields, "expressions", library),
  "function greatest/2": (fields, _, library) => choice("function", fields, "args", library),
  "function greatest/3": (fields, _, library) => choice("function", fields, "args", library),
  "function least/2": (fields, _, library) => choice("function", fields, "args", library),
  "function least/3": (fields, _, library) => choice("function", fields, "args", library),
  case: caseRule,
  if_func: ({ condition, true_value, false_value }, _, library) =>
    written(library, "IF(_0, _1, _2)", [condition, ...alike(library, [true_value, false_value ?? { null: null }])]),
  lambda,
  map_func: map,
  median,
  log: (fields, node, library) => (fields.base ? node : written(library, "LOG10(_0)", [fields.this])),
  "function list_contains/2": contains,
  "function array_contains/2": contains,
  "function list_has/2": contains,
  "function array_has/2": contains,
  "function list_transform/2": as("TRANSFORM(_0, _1)"),
  "function array_transform/2": as("TRANSFORM(_0, _1)"),
  "function list_filter/2": as("FILTER(_0, _1)"),
  "function array_filter/2": as("FILTER(_0, _1)"),
  "function list_sort/1": as("ARRAY_SORT(_0)"),
  "function array_length/1": as("SIZE(_0)"),
  array_length: partsAs("SIZE(_0)", "this"),
  "function range/1": series("IF(_0 = 0, CAST(ARRAY() AS ARRAY<INT>), SEQUENCE(0, _0 - 1))", 1),
  "function range/2": series("IF(_0 >= _1, CAST(ARRAY() AS ARRAY<INT>), SEQUENCE(_0, _1 - 1))", 2),
  "function generate_series/2": series("IF(_0 > _1, CAST(ARRAY() AS ARRAY<INT>), SEQUENCE(_0, _1))", 2),
  "function unnest/1": generator,
  "function arg_max/2": byExtreme("MAX_BY"),
  "function max_by/2": byExtreme("MAX_BY"),
  "function arg_min/2": byExtreme("MIN_BY"),
  "function min_by/2": byExtreme("MIN_BY"),
  arg_max: byExtreme("MAX_BY"),
  arg_min: byExtreme("MIN_BY"),
  max_by: byExtreme("MAX_BY"),
  min_by: byExtreme("MIN_BY"),
  any_value: (fields) => changed("any_value", fields, { ignore_nulls: true }),
};
