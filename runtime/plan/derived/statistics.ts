import { AnalysisError } from "../../errors.ts";
import type { Expression } from "../expressions.ts";
import { didYouMean } from "../nearest.ts";
import type { Named, Plan } from "../nodes.ts";
import { isNumeric } from "../numeric.ts";
import type { Field } from "../types.ts";
import { fieldsNamed } from "./fields.ts";
import { call, column, type Deriving, type RuleOf, textLiteral } from "./rule.ts";

const statistics: { readonly [name: string]: (field: Field) => Expression } = {
  count: ({ name }) => call("count", column(name)),
  count_distinct: ({ name }) => call("countDistinct", column(name)),
  approx_count_distinct: ({ name }) => call("approx_count_distinct", column(name)),
  mean: (field) => call("avg", asNumber(field)),
  stddev: (field) => call("stddev", asNumber(field)),
  min: ({ name }) => call("min", column(name)),
  max: ({ name }) => call("max", column(name)),
};

/** As Spark's: a row for each statistic, everything as text; of texts that are numbers, mean and stddev too. */
export function deriveStatistics(rule: RuleOf<"describe" | "summary">, { input, schema, make }: Deriving): Plan {
  const fields = fieldsNamed(rule.method, schema, rule.subset).filter(
    ({ type }) => isNumeric(type) || type.kind === "string",
  );
  const wanted = rule.statistics.map((name) => ({ name, of: statisticOf(rule.method, name) }));
  if (fields.length === 0) {
    const names = wanted.map(({ name }) => textLiteral(name));
    const one = make({
      kind: "limit",
      input: make({ kind: "range", start: 0n, end: 1n, step: 1n }),
      count: 1,
      offset: 0,
    });
    return make({ kind: "project", input: one, columns: [{ name: "summary", expression: exploded(names) }] });
  }
  const aggregates = wanted.flatMap(({ of }, row) =>
    fields.map((field, at): Named => ({ name: `${row} ${at}`, expression: asText(of(field)) })),
  );
  const values = make({ kind: "aggregate", input, groups: [], aggregates });
  const rows = wanted.map(({ name }, row) =>
    call(
      "struct",
      { kind: "alias", name: "summary", input: textLiteral(name) },
      ...fields.map((field, at): Expression => ({ kind: "alias", name: field.name, input: column(`${row} ${at}`) })),
    ),
  );
  const made = make({ kind: "project", input: values, columns: [{ name: "row", expression: exploded(rows) }] });
  const [summary, ...others] = ["summary", ...fields.map(({ name }) => name)].map(
    (name): Named => ({ name, expression: { kind: "field", input: column("row"), name } }),
  ) as [Named, ...Named[]];
  // An element might be null, but a statistic's name is none.
  const columns = [{ ...summary, expression: call("coalesce", summary.expression, textLiteral("")) }, ...others];
  return make({ kind: "project", input: made, columns });
}

const exploded = (items: readonly Expression[]): Expression => call("explode", call("array", ...items));

const asText = (input: Expression): Expression => ({ kind: "cast", input, type: { kind: "string" }, onError: "fail" });

const asNumber = ({ name, type }: Field): Expression =>
  type.kind === "string"
    ? { kind: "cast", input: column(name), type: { kind: "double" }, onError: "null" }
    : column(name);

function statisticOf(method: string, name: string): (field: Field) => Expression {
  const known = statistics[name];
  if (known !== undefined) return known;
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(name)?.[1];
  if (percent !== undefined && Number(percent) <= 100) {
    const part: Expression = { kind: "literal", value: Number(percent) / 100, type: { kind: "double" } };
    return (field) => call("percentile_approx", asNumber(field), part);
  }
  const names = Object.keys(statistics);
  throw new AnalysisError(
    "STATISTIC",
    `${method}: there is no statistic "${name}". There are ${names.join(", ")} and percentiles ("25%").${didYouMean(name, names)}`,
  );
}
