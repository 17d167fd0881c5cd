import { isInteger } from "../../plan/numeric.ts";
import type { Arg, Template, Templates } from "../dialect.ts";
import { literalText } from "../literal-argument.ts";
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
  return isInteger(type) || type.kind === "decimal" ? typed("sum")(args, call) : named("sum")(args, call);
};

const average: Template = (args, call) =>
  call.result.type.kind === "decimal" ? typed("avg")(args, call) : named("avg")(args, call);

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

export const aggregateTemplates: Templates = {
  count,
  countDistinct: (args, call) => count(args, { ...call, distinct: true }),
  // DuckDB's count_if is null where every condition is.
  count_if: ([condition], call) => `count(CASE WHEN ${condition.operand} THEN 1 END)${call.over}`,
  sum,
  avg: average,
  mean: average,
  // DuckDB's max_by leaves rows out whose value is null; Spark only those whose order is.
  max_by: named("arg_max_null"),
  min_by: named("arg_min_null"),
  first: end("first"),
  any_value: end("first"),
  last: end("last"),
  collect_list: collect(""),
  collect_set: collect("DISTINCT "),
  percentile: ([x, part], call) => asResult(`quantile_cont(${x.text}, ${part.text})${call.over}`, call),
  median: ([x], call) => asResult(`median(${call.distinct ? "DISTINCT " : ""}${x.text})${call.over}`, call),
};
