import { AnalysisError } from "../../errors.ts";
import { shortText } from "../expression-text.ts";
import type { Expression } from "../expressions.ts";
import { functionEntry } from "../functions.ts";
import { joinColumns } from "../join-schema.ts";
import type { Named, Plan, PlanOf } from "../nodes.ts";
import { mapExpressions } from "../rewrite/map-expressions.ts";
import { findColumn } from "../scope.ts";
import type { Schema } from "../types.ts";
import { expressionsOf, operands, operandsFirst } from "../walk.ts";
import { callKey, expressionKey, innermostCalls, replaceParts } from "./expressions.ts";
import { hasUdf, type UdfCall } from "./udf.ts";

/** Calls that can be computed over a node's input, and the node that reads what they give from columns of it. */
export type Extracted = {
  readonly calls: readonly { readonly name: string; readonly call: UdfCall }[];
  readonly node: Plan;
};

/** The calls of a step over one input inside of which there is no other. */
export function extractCalls(node: Plan, prefix: string): Extracted {
  return extract(node, innermostCalls(expressionsOf(node)), prefix);
}

function extract(node: Plan, found: readonly UdfCall[], prefix: string, side?: "left" | "right"): Extracted {
  const names = new Map<unknown, string>();
  const calls: { name: string; call: UdfCall }[] = [];
  for (const call of found) {
    const key = callKey(call);
    if (names.has(key)) continue;
    const name = `${prefix}_${calls.length + 1}`;
    names.set(key, name);
    calls.push({ name, call });
  }
  const columns = new Map(found.map((call) => [call, columnNamed(names.get(callKey(call)) as string, side)]));
  const replace = (part: Expression) => (part.kind === "udf" ? columns.get(part) : undefined);
  return { calls, node: mapExpressions(node, (root) => replaceParts(root, replace)) };
}

/** The calls of a join's condition that read one side; those that read both cannot be computed before the join. */
export function extractSide(node: PlanOf<"join">, side: "left" | "right", sideOf: SideOf, prefix: string): Extracted {
  const calls = innermostCalls(expressionsOf(node));
  const own = calls.filter((call) => {
    const sides = new Set(operandsFirst(call).flatMap((part) => (part.kind === "column" ? [sideOf(part)] : [])));
    if (sides.size < 2) return (sides.values().next().value ?? "left") === side;
    throw new AnalysisError(
      "UDF",
      `${shortText(call)} takes columns of both sides of the join. Only an inner join can be by such a function: make it one, or join on columns that SQL compares and then filter by ${call.udf.name}.`,
      { origin: node.origin },
    );
  });
  const extracted = extract(node, own, prefix, side);
  const bare = (part: Expression) =>
    part.kind === "column" && part.side !== undefined ? ({ kind: "column", name: part.name } as const) : undefined;
  const calls_ = extracted.calls.map(({ name, call }) => ({ name, call: replaceParts(call, bare) as UdfCall }));
  return { ...extracted, calls: calls_ };
}

/**
 * An inner join without those parts of its condition in which a function takes columns of both sides, and the filter by them
 * that follows it. Without other parts all pairs of rows go through the functions. Undefined where there are no such parts,
 * and for joins that keep rows which fit no other: what is left of these is not known before the functions are computed.
 */
export function splitJoin(node: PlanOf<"join">, left: Schema, right: Schema): PlanOf<"filter"> | undefined {
  if (node.how !== "inner" || node.match !== undefined || node.condition === undefined) return undefined;
  const columns = joinColumns(node, left, right);
  const sideOf = sidesBy(left);
  const isOfBoth = (call: UdfCall) => new Set(columnsIn(call).map(sideOf)).size > 1;
  const parts = conjuncts(node.condition);
  const behind = parts.filter((part) => operandsFirst(part).some((one) => one.kind === "udf" && isOfBoth(one)));
  const output = (part: Expression): Expression | undefined => {
    if (part.kind !== "column") return undefined;
    const side = sideOf(part);
    const found = findColumn(side === "left" ? left : right, part.name);
    const column = found && columns.find((one) => one[side]?.name === found.name);
    return column && columnNamed(column.name);
  };
  if (behind.length === 0 || behind.flatMap(columnsIn).some((part) => output(part) === undefined)) return undefined;
  const before = parts.filter((part) => !behind.includes(part));
  const { condition: _, origin, ...bare } = node;
  const place = origin && { origin };
  const input: Plan = Object.freeze(
    before.length > 0 ? { ...bare, ...place, condition: all(before) } : { ...bare, ...place, how: "cross" },
  );
  return Object.freeze({ kind: "filter", input, condition: replaceParts(all(behind), output), ...place });
}

/** Names without a side are those of the left one that has them. */
export const sidesBy =
  (left: Schema): SideOf =>
  ({ name, side }) =>
    side === "left" || side === "right" ? side : findColumn(left, name) === undefined ? "right" : "left";

const columnsIn = (root: Expression) => operandsFirst(root).filter((part) => part.kind === "column");

export type SideOf = (column: Extract<Expression, { kind: "column" }>) => "left" | "right";

/** A filter with what SQL computes of its condition in a step before: the function gets the rows that are left. */
export function splitFilter(node: PlanOf<"filter">): PlanOf<"filter"> {
  const parts = conjuncts(node.condition);
  const first = parts.filter((part) => !hasUdf(part) && !hasOuterColumn(part));
  if (first.length === 0 || first.length === parts.length) return node;
  const { outer: _, ...bare } = node;
  const input: Plan = Object.freeze({ ...bare, condition: all(first) });
  return Object.freeze({ ...node, input, condition: all(parts.filter((part) => !first.includes(part))) });
}

/** Whether it names a column of the rows around a sub-plan. */
export const hasOuterColumn = (root: Expression): boolean =>
  operandsFirst(root).some((part) => part.kind === "column" && part.side === "outer");

const conjuncts = (root: Expression): Expression[] =>
  root.kind === "call" && root.name === "and" ? root.args.flatMap(conjuncts) : [root];

const all = (parts: readonly Expression[]): Expression =>
  parts.reduce((left, right) => ({ kind: "call", name: "and", args: [left, right] }));

/** Functions of aggregates (`f(sum(x))`) are computed in a step behind; undefined where there are none. */
export function splitAggregate(node: PlanOf<"aggregate">, prefix: string): Plan | undefined {
  if (!node.aggregates.some(({ expression }) => hasOuterCall(expression))) return undefined;
  const groups = new Map(node.groups.map(({ name, expression }) => [expressionKey(expression), columnNamed(name)]));
  const aggregates: Named[] = [];
  const outputs = node.aggregates.map(({ name, expression }): Named => {
    if (!hasOuterCall(expression)) {
      aggregates.push({ name, expression });
      return { name, expression: columnNamed(name) };
    }
    const rest = replaceParts(expression, (part) => {
      const group = groups.get(expressionKey(part));
      if (group !== undefined) return group;
      if (!isAggregate(part)) return undefined;
      aggregates.push({ name: `${prefix}_${aggregates.length + 1}`, expression: part });
      return columnNamed(`${prefix}_${aggregates.length}`);
    });
    return { name, expression: rest };
  });
  const { origin } = node;
  const input: Plan = Object.freeze({ ...node, aggregates });
  const columns = [...node.groups.map(({ name }) => ({ name, expression: columnNamed(name) })), ...outputs];
  return Object.freeze({ kind: "project", input, columns, ...(origin && { origin }) });
}

/** A call that is not inside of an aggregate. */
function hasOuterCall(root: Expression): boolean {
  if (isAggregate(root)) return false;
  return root.kind === "udf" || operands(root).some(hasOuterCall);
}

const isAggregate = (part: Expression): boolean =>
  part.kind === "call" && functionEntry(part.name)?.kind === "aggregate";

export const columnNamed = (name: string, side?: "left" | "right"): Expression => ({
  kind: "column",
  name,
  ...(side && { side }),
});
