import { AnalysisError } from "../../errors.ts";
import type { Expression } from "../expressions.ts";
import type { Named, Plan } from "../nodes.ts";
import type { SqlType } from "../types.ts";
import { call, caseOf, column, type Make, makeAt, type PivotValue, type RuleOf, textLiteral } from "./rule.ts";

/** The most columns that a pivot makes of what is in the data: Spark's spark.sql.pivotMaxValues. */
export const mostPivotValues = 10_000;

type Names = { readonly groups: readonly string[]; readonly aggregates: readonly string[] };

const pivotKey = "__quern_pivot";
const pivotCell = (index: number): string => `__quern_cell_${index}`;

/** The step before: a row for each group and value, with the aggregates. */
export const cellsPlan = (
  input: Plan,
  groups: readonly Named[],
  { expression }: Named,
  aggregates: readonly Named[],
  make: Make,
): Plan =>
  make({
    kind: "aggregate",
    input,
    groups: [...groups, { name: pivotKey, expression }],
    aggregates: aggregates.map((aggregate, index) => ({ name: pivotCell(index), expression: aggregate.expression })),
  });

export const pivotRule = (groups: readonly Named[], aggregates: readonly Named[]): RuleOf<"pivot"> => ({
  method: "pivot",
  groups: groups.length,
  aggregates: aggregates.map(({ name }) => name),
});

/** A row for each group; a value that a group has not gives null, not 0, as in Spark. */
export function pivotPlan(cells: Plan, { groups, aggregates }: Names, values: readonly PivotValue[], make: Make): Plan {
  const columns = values.flatMap(({ name, literal }) =>
    aggregates.map((aggregate, index): Named => {
      const here = caseOf([[call("eqNullSafe", column(pivotKey), literal), column(pivotCell(index))]]);
      const ignoreNulls: Expression = { kind: "literal", value: true, type: { kind: "boolean" } };
      return {
        name: aggregates.length === 1 ? name : `${name}_${aggregate}`,
        expression: call("first", here, ignoreNulls),
      };
    }),
  );
  const names = columns.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new AnalysisError("PIVOT", `pivot: two of the columns would be called "${twice}". Name each value once.`);
  return make({
    kind: "aggregate",
    input: cells,
    groups: groups.map((name) => ({ name, expression: column(name) })),
    aggregates: columns,
  });
}

/** The values in the data, in order, and each as text. */
export const pivotValuesPlan = (cells: Plan): Plan => {
  const make = makeAt(undefined);
  const groups: Named[] = [{ name: "value", expression: column(pivotKey) }];
  const text: Expression = { kind: "cast", input: column("value"), type: { kind: "string" }, onError: "fail" };
  const keys = [{ expression: column("value"), descending: false, nulls: "first" } as const];
  const values = make({ kind: "aggregate", input: cells, groups, aggregates: [] });
  const sorted = make({ kind: "sort", input: values, keys });
  const limited = make({ kind: "limit", input: sorted, count: mostPivotValues + 1, offset: 0 });
  return make({ kind: "withColumns", input: limited, columns: [{ name: "text", expression: text }] });
};

/** Null becomes the column "null". */
export function pivotValue(text: string | null, type: SqlType): PivotValue {
  if (text === null) return { name: "null", literal: { kind: "literal", value: null, type } };
  return { name: text, literal: { kind: "cast", input: textLiteral(text), type, onError: "fail" } };
}
