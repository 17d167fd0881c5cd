import { isInterval } from "../../plan/interval-types.ts";
import { boundedDecimal, type DecimalType, isFraction, isInteger } from "../../plan/numeric.ts";
import type { Arg, Template, Templates } from "../dialect.ts";
import { hasOrderKey, orderKey } from "../duckdb-order-key.ts";
import { literalText } from "../literal-argument.ts";
import { decimalQuotient } from "./decimals.ts";
import { spanAverage } from "./intervals.ts";
import { asResult, listed, named, typed } from "./parts.ts";

const count: Template = (args, call) => {
  if (args.length === 0) return `count(*)${call.over}`;
  return `count(${call.distinct ? "DISTINCT " : ""}${args.length === 1 ? listed(args) : tuple(args)})${call.over}`;
};

/** DuckDB counts tuples that have nulls in them, Spark does not. */
const tuple = (args: readonly Arg[]) => {
  const nullable = args.filter((arg) => arg.nullable);
  if (nullable.length === 0) return `row(${listed(args)})`;
  return `CASE WHEN ${nullable.map((arg) => `${arg.operand} IS NOT NULL`).join(" AND ")} THEN row(${listed(args)}) END`;
};

/** HUGEINT and DECIMAL(38) in DuckDB. */
const sum: Template = (args, call) => {
  const type = args[0].type;
  const result = call.result.type;
  // Beyond 38 digits DuckDB's goes on without an error; a sum of sums does not.
  if (result.kind === "decimal" && result.precision === 38) return asResult(`${named("sum")(args, call)} + 0`, call);
  return isInteger(type) || isInterval(type) || type.kind === "decimal"
    ? typed("sum")(args, call)
    : named("sum")(args, call);
};

/** DuckDB's of decimals is a DOUBLE. */
const average: Template = (args, call) => {
  const [{ type }] = args;
  const to = call.result.type;
  if (isInterval(type)) return spanAverage(args, call);
  if (type.kind !== "decimal" || to.kind !== "decimal") return named("avg")(args, call);
  const total = { text: named("sum")(args, call) as string, type: boundedDecimal(38, type.scale) as DecimalType };
  const rows = {
    text: named("count")(args, call) as string,
    type: { kind: "decimal", precision: 19, scale: 0 } as const,
  };
  return `CASE WHEN ${rows.text} > 0 THEN ${decimalQuotient(total, rows, to)} END`;
};

/** Spark leaves nulls out of a collected list, and gives an empty list for no rows. */
const collect =
  (distinct: string): Template =>
  ([x], call) => {
    const filter = x.nullable ? ` FILTER (WHERE ${x.operand} IS NOT NULL)` : "";
    return `coalesce(list(${call.distinct ? "DISTINCT " : distinct}${x.text})${filter}${call.over}, [])`;
  };

/** In order of the rows; a null is a value like any other unless `ignoreNulls` is given. */
const end =
  (name: "first" | "last"): Template =>
  (args, call) => {
    const [x, ignoreNulls] = args;
    const ignored = args.length > 1 && literalText(ignoreNulls, `${call.name}: ignoreNulls`) === "true";
    if (call.over) return `${name}_value(${x.text}${ignored ? " IGNORE NULLS" : ""})${call.over}`;
    return `${name}(${x.text})${ignored ? ` FILTER (WHERE ${x.operand} IS NOT NULL)` : ""}`;
  };

/** What is no finite number makes it NaN in Spark; in DuckDB it is an error. */
const moment =
  (name: string): Template =>
  (args, call) => {
    const fractions = args.filter((arg) => isFraction(arg.given.type));
    if (fractions.length === 0) return named(name)(args, call);
    const values = args.map((arg) =>
      fractions.includes(arg) ? `CASE WHEN isfinite(${arg.text}) THEN ${arg.text} END` : arg.text,
    );
    const isOdd = fractions.map((arg) => `NOT isfinite(${arg.text})`).join(" OR ");
    const counts = args.map((arg) => ` AND ${arg.operand} IS NOT NULL`).join("");
    const finite = `${name}(${call.distinct ? "DISTINCT " : ""}${values.join(", ")})${call.over}`;
    return `CASE WHEN bool_or((${isOdd})${counts})${call.over} THEN CAST('NaN' AS DOUBLE) ELSE ${finite} END`;
  };

/** The correlation of a single pair is NULL in Spark, and NaN in DuckDB. */
const correlation: Template = (args, call) => {
  const value = moment("corr")(args, call) as string;
  return `CASE WHEN regr_count(${args[0].text}, ${args[1].text})${call.over} > 1 THEN ${value} END`;
};

const extreme =
  (name: "min" | "max"): Template =>
  (args, call) => {
    const [{ text, type }] = args;
    if (!hasOrderKey(type)) return named(name)(args, call);
    return `arg_${name}(${text}, ${orderKey(text, type)})${call.over}`;
  };

const extremeBy =
  (name: "arg_max" | "arg_min"): Template =>
  (args, call) => {
    const [value, by, count] = args;
    const key = orderKey(by.text, by.type);
    if (args.length === 2) return `${name}_null(${value.text}, ${key})${call.over}`;
    // Of several there is none that keeps NULLs.
    const kept = `${name}({'v': ${value.text}}, ${key}, ${count.text})${call.over}`;
    return `list_transform(${kept}, lambda k: struct_extract(k, 'v'))`;
  };

const moments = "stddev stddev_samp stddev_pop variance var_samp var_pop covar_samp covar_pop corr".split(" ");

export const aggregateTemplates: Templates = {
  count,
  countDistinct: (args, call) => count(args, { ...call, distinct: true }),
  // DuckDB's count_if is null where every condition is.
  count_if: ([condition], call) => `count(CASE WHEN ${condition.operand} THEN 1 END)${call.over}`,
  sum,
  avg: average,
  mean: average,
  // DuckDB's max_by leaves rows out whose value is null; Spark only those whose order is.
  max_by: extremeBy("arg_max"),
  min_by: extremeBy("arg_min"),
  min: extreme("min"),
  max: extreme("max"),
  first: end("first"),
  any_value: end("first"),
  last: end("last"),
  collect_list: collect(""),
  collect_set: collect("DISTINCT "),
  ...Object.fromEntries(moments.map((name) => [name, moment(name)])),
  corr: correlation,
};
