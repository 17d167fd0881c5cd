import { AnalysisError } from "../errors.ts";
import { shortText } from "../plan/expression-text.ts";
import type { Expression } from "../plan/expressions.ts";
import type { Named, Plan, PlanOf } from "../plan/nodes.ts";
import { mapExpressions } from "../plan/rewrite/map-expressions.ts";
import { rewritten } from "../plan/rewrite/substitute.ts";
import { expressionsOf, operandsFirst } from "../plan/walk.ts";
import { step } from "./step.ts";

type Sets = PlanOf<"aggregate"> & { readonly sets: readonly (readonly number[])[] };

/**
 * A filter or sort with `grouping` or `grouping_id` of the rollup, cube or groupingSets before it, as Spark takes them: the
 * aggregate computes them too, in columns that are dropped behind the step.
 */
export function overGroupingSets(node: PlanOf<"filter" | "sort">): Plan {
  const calls = expressionsOf(node).flatMap((root) => operandsFirst(root).filter(isGrouping));
  const aggregate = calls.length === 0 ? undefined : setsBelow(node);
  if (aggregate === undefined) return node;
  const columns = calls.map((call, index): Named => {
    const place = aggregate.aggregates.length + index;
    return { name: `${HIDDEN}${place}`, expression: overInput(call, aggregate.groups) };
  });
  const names = new Map(calls.map((call, index) => [call as Expression, columns[index]?.name ?? ""]));
  const named = (root: Expression) =>
    rewritten(root, (part) => {
      const name = names.get(part);
      return name === undefined ? part : { kind: "column", name };
    });
  const input = extended(node.input, aggregate, columns);
  const own = mapExpressions(Object.freeze({ ...node, input }), named);
  return step({ kind: "drop", input: own, names: columns.map(({ name }) => name) });
}

const isGrouping = (part: Expression): part is Extract<Expression, { kind: "call" }> =>
  part.kind === "call" && (part.name === "grouping" || part.name === "grouping_id");

const HIDDEN = "__quern_grouping_";

type Between = PlanOf<"filter" | "sort" | "limit" | "drop">;

/** Steps that leave the columns as they are, ours of another such step among them. */
const isBetween = (plan: Plan): plan is Plan & Between =>
  plan.kind === "filter" ||
  plan.kind === "sort" ||
  plan.kind === "limit" ||
  (plan.kind === "drop" && plan.names.every((name) => name.startsWith(HIDDEN)));

/** The aggregate whose rows a step gets. */
function setsBelow({ input }: Between): Sets | undefined {
  if (isBetween(input)) return setsBelow(input);
  return input.kind === "aggregate" && input.sets !== undefined ? (input as Sets) : undefined;
}

function extended(plan: Plan, aggregate: Sets, columns: readonly Named[]): Plan {
  if (plan === aggregate) return Object.freeze({ ...aggregate, aggregates: [...aggregate.aggregates, ...columns] });
  const { input } = plan as Between;
  return Object.freeze({ ...plan, input: extended(input, aggregate, columns) }) as Plan;
}

/** Over the rows of the aggregate's input, where the groups are expressions. */
function overInput(call: Extract<Expression, { kind: "call" }>, groups: readonly Named[]): Expression {
  const args = call.args.map((arg) => {
    if (arg.kind !== "column") return arg;
    const group = groups.find(({ name }) => name.toLowerCase() === arg.name.toLowerCase());
    if (group !== undefined) return group.expression;
    const names = groups.map(({ name }) => name).join(", ");
    throw new AnalysisError("GROUPING", `${shortText(call)} takes the columns that are grouped by: ${names}.`);
  });
  return withGroups({ ...call, args }, groups);
}

/** grouping_id() is of all groups. */
export const withGroups = (root: Expression, groups: readonly Named[]): Expression =>
  rewritten(root, (part) =>
    part.kind === "call" && part.name === "grouping_id" && part.args.length === 0
      ? { ...part, args: groups.map((group) => group.expression) }
      : part,
  );
