import { AnalysisError } from "../../errors.ts";
import type { Named, Plan } from "../nodes.ts";
import { isNumeric } from "../numeric.ts";
import { cellsPlan, pivotRule } from "./pivot.ts";
import { call, column, type Deriving, type RuleOf } from "./rule.ts";

/**
 * An aggregate of each column that holds numbers, as Spark's GroupedData: those that are grouped by are among them. Without
 * any the groups are left.
 */
export function deriveNumbers(rule: RuleOf<"sum" | "avg" | "min" | "max">, { input, schema, make }: Deriving): Plan {
  const { method, groups, sets, pivot } = rule;
  const aggregates = schema
    .filter(({ type }) => isNumeric(type))
    .map(({ name }): Named => ({ name: `${method}(${name})`, expression: call(method, column(name)) }));
  if (aggregates.length === 0 && (groups.length === 0 || pivot !== undefined))
    throw new AnalysisError(
      "NO_COLUMNS",
      `${method}() takes the columns that hold numbers, and the frame has none: ${schema.map(({ name }) => name).join(", ")}.`,
    );
  if (pivot === undefined) return make({ kind: "aggregate", input, groups, aggregates, ...(sets && { sets }) });
  const cells = cellsPlan(input, groups, pivot.column, aggregates, make);
  const pivoted = pivotRule(groups, aggregates);
  return make({
    kind: "derived",
    input: cells,
    rule: pivot.values === undefined ? pivoted : { ...pivoted, values: pivot.values },
  });
}
