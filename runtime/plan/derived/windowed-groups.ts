import type { Expression } from "../expressions.ts";
import { functionEntry } from "../functions.ts";
import type { Named, Plan } from "../nodes.ts";
import { expressionKey, notGrouped } from "../placement.ts";
import { mapOperands } from "../rewrite/substitute.ts";
import { operandsFirst } from "../walk.ts";
import { column, type Deriving, type RuleOf } from "./rule.ts";

/** Whether a window is among the columns of an agg: it is over the groups' rows. */
export const hasWindow = (columns: readonly Named[]): boolean =>
  columns.some(({ expression }) => operandsFirst(expression).some(({ kind }) => kind === "window"));

/** The groups with all aggregates that the columns use, and over these rows the columns. */
export function deriveWindowedGroups(
  { groups, sets, aggregates }: RuleOf<"agg">,
  { input, make, around }: Deriving,
): Plan {
  const own = new Map(groups.map((group) => [expressionKey(group.expression), group.name]));
  const found = new Map<string, Named>();
  const aggregated = (expression: Expression): Expression => {
    const key = expressionKey(expression);
    const known = found.get(key) ?? { name: `__quern_aggregate_${found.size}`, expression };
    found.set(key, known);
    return column(known.name);
  };
  const columns = aggregates.map(({ name, expression, ...rest }): Named => {
    const overGroups = (part: Expression): Expression => {
      const group = own.get(expressionKey(part));
      if (group !== undefined) return column(group);
      if (part.kind === "column") throw notGrouped(name, part.name);
      if (part.kind === "sql" || isOfGroup(part)) return aggregated(part);
      if (part.kind !== "window") return mapOperands(part, overGroups);
      // The window's own call may be an aggregate: of the groups' rows.
      return mapOperands(part, (operand) =>
        operand === part.call ? mapOperands(operand, overGroups) : overGroups(operand),
      );
    };
    return { ...rest, name, expression: overGroups(expression) };
  });
  const grouped = make({
    kind: "aggregate",
    input,
    groups,
    aggregates: [...found.values()],
    ...(sets && { sets }),
    ...around,
  });
  const keys = groups.map(({ name }): Named => ({ name, expression: column(name) }));
  return make({ kind: "project", input: grouped, columns: [...keys, ...columns] });
}

function isOfGroup(part: Expression): boolean {
  const kind = part.kind === "call" ? functionEntry(part.name)?.kind : undefined;
  return kind === "aggregate" || kind === "grouping";
}
