import { ownText, type TextOf, textBy, windowText } from "./expression-text.ts";
import type { Expression, WindowSpec } from "./expressions.ts";
import { typeName } from "./type-names.ts";
import { isOfOrder } from "./window-limits.ts";

/**
 * What Spark calls a column that is made of an expression and has no other name: `sum(x)`, `SQRT(x)`, `round(x, 0)`. Callbacks are
 * written as they are: Spark has only `namedlambdavariable()` for all of their arguments.
 */
export const sparkName = (root: Expression): string => textBy(root, ownName);

function ownName(expression: Expression, textOf: TextOf): string {
  if (expression.kind === "call") return nameOfCall(expression, textOf);
  if (expression.kind === "window")
    return `${textOf(expression.call)} OVER (${windowText({ ...expression.over, ...frameOf(expression) }, textOf)})`;
  if (expression.kind === "literal" && expression.type.kind === "double" && typeof expression.value === "number")
    return javaText(expression.value);
  if (expression.kind !== "cast") return ownText(expression, textOf);
  const type = typeName(expression.type);
  const name = expression.onError === "null" ? "TRY_CAST" : "CAST";
  return `${name}(${textOf(expression.input)} AS ${type.includes("struct<") ? type : type.toUpperCase()})`;
}

/** As Java writes a double: 1000.0, 1.0E7. */
function javaText(value: number): string {
  const size = Math.abs(value);
  if (value === 0 || !Number.isFinite(value) || (size >= 1e-3 && size < 1e7))
    return Number.isInteger(value) ? `${value}.0` : String(value);
  const [digits = "", exponent = ""] = value.toExponential().split("e");
  return `${digits.includes(".") ? digits : `${digits}.0`}E${Number(exponent)}`;
}

function nameOfCall(call: Extract<Expression, { kind: "call" }>, textOf: TextOf): string {
  const { name, distinct } = call;
  const args = call.args.map(textOf);
  const [first = "", second = "", third = ""] = args;
  const special = SPECIAL[name]?.(first, second, third, args);
  if (special !== undefined) return special;
  const spelt = RENAMED[name] ?? (UPPER.has(name) ? name.toUpperCase() : undefined);
  const more = args.length === 0 && !name.startsWith("make_") ? [] : (DEFAULTS[name] ?? []).slice(args.length);
  const all = ONE_SHOWN.has(name) ? args.slice(0, 1) : [...args, ...more];
  if (spelt === undefined && all.length === args.length) return ownText(call, textOf);
  return `${spelt ?? name}(${distinct === true ? "DISTINCT " : ""}${all.join(", ")})`;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

const UPPER = words(
  "acos acosh asin asinh atan atan2 atanh cbrt cos cosh cot csc degrees dense_rank e exp expm1 hypot log log10 log1p log2 percent_rank pi power radians regexp regexp_like rlike sec signum sin sinh spark_partition_id sqrt tan tanh",
);

/** What PySpark's functions call, and what that calls itself. */
const RENAMED: { readonly [name: string]: string } = {
  array_agg: "collect_list",
  create_map: "map",
  dateadd: "date_add",
  endsWith: "endswith",
  ilike: "ilike",
  isNaN: "isnan",
  mean: "avg",
  pow: "POWER",
  startsWith: "startswith",
  timestamp_add: "timestampadd",
  timestamp_diff: "timestampdiff",
  to_varchar: "to_char",
};

/** The others are no part of its name. */
const ONE_SHOWN = words(
  "any_value approx_count_distinct first first_value from_csv from_json last last_value schema_of_csv schema_of_json to_csv to_json",
);

/** What is written where an argument is left out, by its position; nothing where one has to be there. */
const DEFAULTS: { readonly [name: string]: readonly string[] } = {
  approx_percentile: ["", "", "10000"],
  bround: ["", "0"],
  from_unixtime: ["", "yyyy-MM-dd HH:mm:ss"],
  listagg: ["", "NULL"],
  locate: ["", "", "1"],
  make_dt_interval: ["0", "0", "0", "0.000000"],
  make_interval: ["0", "0", "0", "0", "0", "0", "0.000000"],
  make_ym_interval: ["0", "0"],
  mask: ["", "X", "x", "n", "NULL"],
  months_between: ["", "", "true"],
  overlay: ["", "", "", "-1"],
  percentile: ["", "", "1"],
  percentile_approx: ["", "", "10000"],
  position: ["", "", "1"],
  regexp_extract_all: ["", "", "1"],
  regexp_instr: ["", "", "0"],
  regexp_replace: ["", "", "", "1"],
  replace: ["", "", ""],
  round: ["", "0"],
  sentences: ["", "", ""],
  sort_array: ["", "true"],
  split: ["", "", "-1"],
  str_to_map: ["", ",", ":"],
  string_agg: ["", "NULL"],
  substr: ["", "", "2147483647"],
  substring: ["", "", "2147483647"],
  to_unix_timestamp: ["", "yyyy-MM-dd HH:mm:ss"],
  unix_timestamp: ["", "yyyy-MM-dd HH:mm:ss"],
};

type Special = (first: string, second: string, third: string, all: readonly string[]) => string | undefined;

const distinctCount: Special = (_first, _second, _third, all) => `count(DISTINCT ${all.join(", ")})`;
const infix =
  (operator: string): Special =>
  (a, b) =>
    `(${a} ${operator} ${b})`;
const rounded =
  (name: string): Special =>
  (a, _b, _c, all) =>
    all.length === 1 ? `${name}(${a})` : undefined;
const trimmed =
  (side: string): Special =>
  (text, characters, _c, all) =>
    all.length === 2 ? `TRIM(${side} ${characters} FROM ${text})` : undefined;
const partOf =
  (name: string): Special =>
  (part, value) =>
    `${name}(${part} FROM ${value})`;

const SPECIAL: { readonly [name: string]: Special } = {
  between: (value, low, high) => `((${value} >= ${low}) AND (${value} <= ${high}))`,
  bitwiseAND: infix("&"),
  bitwiseOR: infix("|"),
  bitwiseXOR: infix("^"),
  bitwise_not: (value) => `~${value}`,
  ceil: rounded("CEIL"),
  countDistinct: distinctCount,
  count_distinct: distinctCount,
  current_time: (_a, _b, _c, all) => (all.length === 0 ? "current_time(6)" : undefined),
  datepart: partOf("datepart"),
  explode: () => "col",
  explode_outer: () => "col",
  extract: partOf("extract"),
  floor: rounded("FLOOR"),
  isnotnull: (value) => `(${value} IS NOT NULL)`,
  isnull: (value) => `(${value} IS NULL)`,
  like: (text, pattern, character) => `${text} LIKE ${pattern}${character === "" ? "" : ` ESCAPE '${character}'`}`,
  log: (value, _b, _c, all) => (all.length === 1 ? `ln(${value})` : undefined),
  ltrim: trimmed("LEADING"),
  ne: (left, right) => `(NOT (${left} = ${right}))`,
  positive: (value) => `(+ ${value})`,
  rlike: (text, pattern) => `RLIKE(${text}, ${pattern})`,
  rtrim: trimmed("TRAILING"),
  time_bucket: (size, time, _c, all) =>
    all.length === 2 ? `time_bucket(${size}, ${time}, TIMESTAMP '1970-01-01 00:00:00')` : undefined,
  trim: trimmed("BOTH"),
  try_to_time: (_a, _b, _c, all) => `try_to_time(to_time(${all.join(", ")}))`,
};

/** Of a window without a frame the one that it has by its order. */
function frameOf({ call, over }: Extract<Expression, { kind: "window" }>): Pick<WindowSpec, "frame"> {
  if (over.frame !== undefined || call.kind !== "call" || call.name === "lag" || call.name === "lead") return {};
  const start = "unbounded preceding";
  if (over.orderBy.length === 0) return { frame: { unit: "rows", start, end: "unbounded following" } };
  const isRank = isOfOrder(call.name) && call.name !== "cume_dist";
  return { frame: { unit: isRank ? "rows" : "range", start, end: 0 } };
}
