import type { Expression } from "../plan/expressions.ts";
import { functionEntry } from "../plan/functions.ts";
import { nameOf } from "../plan/node-schema.ts";
import type { Named, PlanOf } from "../plan/nodes.ts";
import { operandsFirst } from "../plan/walk.ts";
import { orderingKeys, type Place } from "./expression-sql.ts";
import { expressionsOver, keyColumns, type NodeContext, namedInput, namedText, openInput } from "./node-context.ts";
import { isFiltered, isOpenJoin, isOrdered, type Select, wrap } from "./select.ts";

export function compileFilter(plan: PlanOf<"filter">, context: NodeContext): Select {
  const below = context.input(plan.input);
  const joins = isOpenJoin(below) && plan.subqueries === undefined && !hasText(plan.condition);
  const place: Place | undefined = joins ? (name, side) => (side ? undefined : below.places.get(name)) : undefined;
  const condition = expressionsOver(plan, context, place).compile(plan.condition);
  const select = joins ? below : namedInput(plan, context);
  return { ...select, where: [...(select.where ?? []), condition] };
}

/** What a text of the user's own names is not known. */
const hasText = (condition: Expression): boolean => operandsFirst(condition).some(({ kind }) => kind === "sql");

export function compileAggregate(plan: PlanOf<"aggregate">, context: NodeContext): Select {
  const expressions = expressionsOver(plan, context);
  const scope = context.schemas.scope(plan);
  const groups = plan.groups.map((column) => {
    const given = expressions.compile(column.expression);
    const key = context.dialect.groupKey?.(given, expressions.type(column.expression)) ?? given;
    return { name: nameOf(column, scope), key };
  });
  const columns = [
    ...groups.map(({ name, key }) => namedText(name, key, context.dialect)),
    ...plan.aggregates.map((column) =>
      namedText(nameOf(column, scope), expressions.compile(column.expression), context.dialect),
    ),
  ];
  const select = { ...openInput(context.input(plan.input)), columns };
  if (plan.sets) {
    const texts = groups.map(({ key }) => key.text);
    const sets = plan.sets.map((set) => `(${set.map((index) => texts[index]).join(", ")})`);
    // Of no rows, Spark makes no row for all of them, as DuckDB does.
    const isTotal = plan.sets.some((set) => set.length === 0) && texts.length > 0;
    const having = isTotal && context.dialect.name === "duckdb" ? " HAVING count(*) > 0" : "";
    return { ...select, groupBy: `GROUPING SETS (${sets.join(", ")})${having}` };
  }
  const keys = groups.map(({ key }, index) => key.uncast ?? index + 1);
  if (keys.length > 0) return { ...select, groupBy: keys.join(", ") };
  // Without any aggregate it would be a row for each row, not one for all.
  return plan.aggregates.some(aggregates) ? select : { ...select, groupBy: "GROUPING SETS (())" };
}

/** Text of the user's own is taken for an aggregate. */
const aggregates = ({ expression }: Named): boolean =>
  operandsFirst(expression).some(
    (part) => part.kind === "sql" || (part.kind === "call" && functionEntry(part.name)?.kind === "aggregate"),
  );

export function compileDistinct({ input }: PlanOf<"distinct">, context: NodeContext): Select {
  const below = context.input(input);
  const columns = keyColumns(context.schemas.of(input), context.dialect);
  if (columns !== undefined) return { ...openInput(below), columns, distinct: true };
  return { ...(isOrdered(below) ? wrap(below) : below), distinct: true };
}

/** ORDER BY sees the names that a SELECT puts out: plain names mean the same there, expressions might not. */
export function compileSort(plan: PlanOf<"sort">, context: NodeContext): Select {
  const expressions = expressionsOver(plan, context);
  const below = context.input(plan.input);
  const keys = orderingKeys(plan.keys);
  if (keys.length === 0) return below;
  const isPlain = keys.every((key) => key.expression.kind === "column");
  const isReplaced = below.added?.some((addition) => addition.replaces) ?? false;
  const shares = !isOrdered(below) && (isFiltered(below) || (isPlain && !isReplaced));
  const sortsPartitions = plan.within === "partitions" && context.dialect.name === "spark";
  return {
    ...(shares ? below : wrap(below)),
    orderBy: keys.map((key) => expressions.sortKey(key)),
    ...(sortsPartitions && { sortsPartitions }),
  };
}

/** An engine without hints takes the rows as they are. */
export function compileHint(plan: PlanOf<"hint">, context: NodeContext): Select {
  const below = context.input(plan.input);
  if (!context.dialect.hasHints) return below;
  const expressions = expressionsOver(plan, context);
  const parameters = plan.parameters.map((parameter) => expressions.compile(parameter).text);
  const hint = `${plan.name.toUpperCase()}${parameters.length === 0 ? "" : `(${parameters.join(", ")})`}`;
  return { from: { kind: "select", select: below }, hint };
}

export function compileLimit({ input, count, offset }: PlanOf<"limit">, context: NodeContext): Select {
  const below = context.input(input);
  const select = below.limit === undefined && below.offset === undefined ? below : wrap(below);
  // Spark's limits are INTs, and all rows are no limit.
  const isAll = context.dialect.name === "spark" && count === Number.MAX_SAFE_INTEGER;
  return {
    ...select,
    ...(Number.isFinite(count) && !isAll ? { limit: count } : {}),
    ...(offset > 0 ? { offset } : {}),
  };
}
