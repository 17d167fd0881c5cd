import type { PlanOf } from "../plan/nodes.ts";
import { expressionsOver, type NodeContext, namedText, openInput } from "./node-context.ts";
import { isFiltered, isOrdered, type Select, wrap } from "./select.ts";

export function compileFilter(plan: PlanOf<"filter">, context: NodeContext): Select {
  const condition = expressionsOver(plan, context).compile(plan.condition);
  const select = openInput(context.input(plan.input));
  return { ...select, where: [...(select.where ?? []), condition] };
}

export function compileAggregate(plan: PlanOf<"aggregate">, context: NodeContext): Select {
  const expressions = expressionsOver(plan, context);
  const columns = [...plan.groups, ...plan.aggregates].map(({ name, expression }) =>
    namedText(name, expressions.compile(expression), context.dialect),
  );
  const select = { ...openInput(context.input(plan.input)), columns };
  return plan.groups.length > 0 ? { ...select, groupBy: plan.groups.map((_, index) => index + 1).join(", ") } : select;
}

export function compileDistinct({ input }: PlanOf<"distinct">, context: NodeContext): Select {
  const below = context.input(input);
  return { ...(isOrdered(below) ? wrap(below) : below), distinct: true };
}

/** ORDER BY sees the names that a SELECT puts out: plain names mean the same there, expressions might not. */
export function compileSort(plan: PlanOf<"sort">, context: NodeContext): Select {
  const expressions = expressionsOver(plan, context);
  const below = context.input(plan.input);
  const isPlain = plan.keys.every((key) => key.expression.kind === "column");
  const isReplaced = below.added?.some((addition) => addition.replaces) ?? false;
  const shares = !isOrdered(below) && (isFiltered(below) || (isPlain && !isReplaced));
  return { ...(shares ? below : wrap(below)), orderBy: plan.keys.map((key) => expressions.sortKey(key)) };
}

export function compileLimit({ input, count, offset }: PlanOf<"limit">, context: NodeContext): Select {
  const below = context.input(input);
  const select = below.limit === undefined && below.offset === undefined ? below : wrap(below);
  return { ...select, ...(Number.isFinite(count) ? { limit: count } : {}), ...(offset > 0 ? { offset } : {}) };
}
