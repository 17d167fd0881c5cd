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
  const names = [dialect.quote("left"), dialect.quote("right")] as const;
  const side = (name: "left" | "right", field: Field, type = field.type): Fragment => {
    const fragment = tight(`${dialect.quote(name)}.${dialect.quote(field.name)}`);
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
  const on = condition?.text ?? (equal.length === 1 ? equal[0]?.text : equal.map(operandText).join(" AND "));
  return {
    columns,
    from: {
      kind: "join",
      left: context.input(plan.left),
      right: context.input(plan.right),
      names,
      operator: JOIN_OPERATORS[plan.how],
      ...(on ? { on } : {}),
    },
  };
}
