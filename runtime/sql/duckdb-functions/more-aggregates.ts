import { isFraction } from "../../plan/numeric.ts";
import type { Arg, Args, Template, Templates } from "../dialect.ts";
import { duckdbType } from "../duckdb-literal.ts";
import { groupKey } from "../duckdb-order-key.ts";
import { literalText } from "../literal-argument.ts";
import { aggregateTemplates } from "./aggregates.ts";
import { asResult, listed, typed } from "./parts.ts";

const NAN = "CAST('NaN' AS DOUBLE)";

/** The values that are finite, and whether others are there: DuckDB fails with these. */
const finite = (arg: Arg) =>
  isFraction(arg.given.type) ? `CASE WHEN isfinite(${arg.text}) THEN ${arg.text} END` : arg.text;
const withOdd = (arg: Arg, over: string, formula: string) =>
  isFraction(arg.given.type)
    ? `CASE WHEN bool_or(NOT isfinite(${arg.text}))${over} THEN ${NAN} ELSE ${formula} END`
    : formula;

/** Of the whole population, as Spark has it; DuckDB's is of a sample. */
const skewness: Template = ([x], call) => {
  const v = finite(x);
  const distinct = call.distinct ? "DISTINCT " : "";
  const n = `CAST(count(${distinct}${v})${call.over} AS DOUBLE)`;
  const varies = `var_pop(${distinct}${v})${call.over} > 0`;
  const corrected = `skewness(${distinct}${v})${call.over} * (${n} - 2) / sqrt(${n} * (${n} - 1))`;
  return withOdd(
    x,
    call.over,
    `CASE WHEN NOT (${varies}) THEN NULL WHEN ${n} > 2 THEN ${corrected} WHEN ${n} = 2 THEN 0e0 END`,
  );
};

const kurtosis: Template = ([x], call) => {
  const v = finite(x);
  const distinct = call.distinct ? "DISTINCT " : "";
  return withOdd(
    x,
    call.over,
    `CASE WHEN var_pop(${distinct}${v})${call.over} > 0 THEN kurtosis_pop(${distinct}${v})${call.over} END`,
  );
};

/** Rows in which one of both is NULL do not count; what is no finite number makes the result NaN. */
const regression =
  (name: string): Template =>
  ([y, x], call) => {
    // Of the other one it only counts whether it is there.
    const counts = name === "regr_sxx" ? [x] : name === "regr_syy" ? [y] : [y, x];
    const odd = counts.filter((arg) => isFraction(arg.given.type)).map((arg) => `NOT isfinite(${arg.text})`);
    const known = `${y.operand} IS NOT NULL AND ${x.operand} IS NOT NULL`;
    const [a, b] = [y, x].map((arg) =>
      counts.includes(arg) ? finite(arg) : `CASE WHEN ${arg.operand} IS NOT NULL THEN 0e0 END`,
    );
    // NaN where all x are the same.
    const text = `nullif(${name}(${a}, ${b})${call.over}, ${NAN})`;
    if (odd.length === 0) return text;
    return `CASE WHEN bool_or((${odd.join(" OR ")}) AND ${known})${call.over} THEN ${NAN} ELSE ${text} END`;
  };

/** The average of one of them where the other one is there, too. */
const pairAverage =
  (of: 0 | 1): Template =>
  (args, call) => {
    const text = `CASE WHEN ${args[1 - of]?.operand} IS NOT NULL THEN ${args[of].text} END`;
    const value = { ...args[of], text, operand: `(${text})`, nullable: true };
    return (aggregateTemplates.avg as Template)([value] as unknown as Args, call);
  };

const listagg: Template = (args, call) => {
  const separator = args.length > 1 ? args[1].text : "''";
  return `string_agg(${call.distinct ? "DISTINCT " : ""}${args[0].text}, ${separator})${call.over}`;
};

const nth: Template = (args, call) => {
  const ignored = args.length > 2 && literalText(args[2], "nth_value: ignoreNulls") === "true";
  return `nth_value(${args[0].text}, ${args[1].text}${ignored ? " IGNORE NULLS" : ""})${call.over}`;
};

const trySum: Template = (args, call) => {
  if (isFraction(call.result.type)) return `sum(${call.distinct ? "DISTINCT " : ""}${listed(args)})${call.over}`;
  return `TRY_${asResult(`sum(${call.distinct ? "DISTINCT " : ""}${listed(args)})${call.over}`, call)}`;
};

/** DuckDB finds the groups by their text. */
const grouping: Template = (args, call) =>
  asResult(`GROUPING(${args.map(({ fragment, type }) => groupKey(fragment, type).text).join(", ")})`, call);

/** DuckDB gives any of those that are there most often. */
const mode: Template = (args, call) => {
  const [x] = args;
  if (args.length === 1 || literalText(args[1], "mode: deterministic") !== "true") return `mode(${x.text})${call.over}`;
  const isOdd = `isnan(${x.text})`;
  const known = isFraction(x.type) ? `CASE WHEN NOT ${isOdd} THEN ${x.operand} + 0 END` : x.text;
  const entries = `coalesce(map_entries(histogram(${known})${call.over}), [])`;
  // DuckDB's histogram finds NaN equal to what stands beside it.
  const odd = `{'key': CAST('NaN' AS ${duckdbType(x.type)}), 'value': count(CASE WHEN ${isOdd} THEN 1 END)${call.over}}`;
  const all = isFraction(x.type) ? `list_concat(${entries}, [${odd}])` : entries;
  const counts = `list_filter(${all}, lambda e: e['value'] > 0)`;
  const item = "{'n': -CAST(e['value'] AS BIGINT), 'k': e['key']}";
  return `struct_extract(list_sort(list_transform(${counts}, lambda e: ${item}))[1], 'k')`;
};

/** DuckDB's own may be off by a quarter: where a deviation is asked for, it counts. */
const approximateCount: Template = (args, call) => {
  const name = args.length === 1 ? "approx_count_distinct(" : "count(DISTINCT ";
  return `${name}${args[0].text})${call.over}`;
};

export const moreAggregateTemplates: Templates = {
  mode,
  approx_count_distinct: approximateCount,
  grouping,
  grouping_id: grouping,
  skewness,
  kurtosis,
  listagg,
  nth_value: nth,
  try_sum: trySum,
  try_avg: aggregateTemplates.avg as Template,
  regr_avgx: pairAverage(1),
  regr_avgy: pairAverage(0),
  regr_count: typed("regr_count"),
  ...Object.fromEntries(
    "intercept r2 slope sxx sxy syy".split(" ").map((name) => [`regr_${name}`, regression(`regr_${name}`)]),
  ),
};
