import { nearestKey } from "../plan/asof.ts";
import { joinColumns, joinKeys } from "../plan/join-schema.ts";
import type { PlanOf } from "../plan/nodes.ts";
import { sameType } from "../plan/numeric.ts";
import type { Field } from "../plan/types.ts";
import { type Fragment, infix, operandText, tight } from "./fragment.ts";
import { columnArgument, expressionsOver, type NodeContext } from "./node-context.ts";
import type { Select } from "./select.ts";

const JOIN_OPERATORS = {
  inner: "JOIN",
  left: "LEFT JOIN",
  right: "RIGHT JOIN",
  full: "FULL JOIN",
  semi: "SEMI JOIN",
  anti: "ANTI JOIN",
  cross: "CROSS JOIN",
} as const;

export function compileJoin(plan: PlanOf<"join">, context: NodeContext): Select {
  const { dialect, schemas } = context;
  const left = schemas.of(plan.left);
  const right = schemas.of(plan.right);
  const names = [dialect.quote(plan.match === "lateral" ? "outer" : "left"), dialect.quote("right")] as const;
  const side = (name: "left" | "right", field: Field, type = field.type): Fragment => {
    const fragment = tight(`${name === "left" ? names[0] : names[1]}.${dialect.quote(field.name)}`);
    return sameType(field.type, type) ? fragment : dialect.convert(columnArgument(fragment, field), type);
  };
  const columns = joinColumns(plan, left, right).map((column) => {
    if (column.from !== "both" || !column.left || !column.right) {
      const field = (column.from === "left" ? column.left : column.right) as Field;
      const text = side(column.from as "left" | "right", field).text;
      return column.name === field.name ? text : `${text} AS ${dialect.quote(column.name)}`;
    }
    const sides = [side("left", column.left, column.type).text, side("right", column.right, column.type).text];
    return `coalesce(${sides.join(", ")}) AS ${dialect.quote(column.name)}`;
  });
  const equal = joinKeys(plan, left, right).map((key) =>
    infix(side("left", key.left, key.type), "=", side("right", key.right, key.type)),
  );
  const condition = plan.condition && expressionsOver(plan, context).compile(plan.condition);
  const own = { kind: "join", left: context.input(plan.left), names } as const;
  const conditions = [...equal, ...(condition ? [condition] : [])];
  if (plan.match === "lateral" || (plan.match === "nearest" && !dialect.hasAsofJoin))
    return { columns, from: { ...own, ...lateral(plan, conditions, context) } };
  const on = conditions.length === 1 ? conditions[0]?.text : conditions.map(operandText).join(" AND ");
  return {
    columns,
    from: {
      ...own,
      right: context.input(plan.right),
      operator: plan.match === "nearest" ? `ASOF ${JOIN_OPERATORS[plan.how]}` : JOIN_OPERATORS[plan.how],
      ...(on ? { on } : {}),
    },
  };
}

/**
 * For each left row the right rows that fit; of the nearest the first. The condition is within the right side, since DuckDB
 * takes few conditions on a lateral left join.
 */
function lateral(plan: PlanOf<"join">, where: readonly Fragment[], context: NodeContext) {
  const key = plan.match === "nearest" ? nearestKey(plan.condition) : undefined;
  const right: Select = {
    from: { kind: "select", select: context.input(plan.right), as: context.dialect.quote("right") },
    ...(where.length > 0 && { where }),
    ...(key && { orderBy: [expressionsOver(plan, context).sortKey(key)], limit: 1 }),
  };
  return { right, operator: `${plan.how === "left" ? "LEFT " : ""}JOIN LATERAL`, on: "true" };
}
