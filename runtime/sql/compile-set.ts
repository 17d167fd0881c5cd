import type { PlanOf } from "../plan/nodes.ts";
import { sameType } from "../plan/numeric.ts";
import { type SetColumn, setColumns } from "../plan/set-schema.ts";
import type { Dialect } from "./dialect.ts";
import { tight } from "./fragment.ts";
import { columnArgument, keyColumns, type NodeContext, namedText, openInput } from "./node-context.ts";
import { isBare, type Select } from "./select.ts";

/** A chain of unions is one list, as long as no side has to be converted. */
export function compileSet(plan: PlanOf<"set">, context: NodeContext): Select {
  const { schemas } = context;
  const [left, right] = [schemas.of(plan.left), schemas.of(plan.right)];
  const columns = setColumns(plan, left, right);
  const part = (side: "left" | "right"): readonly Select[] => {
    const below = context.input(plan[side]);
    const own = side === "left" ? left : right;
    const isAsWanted = columns.every(
      (column, index) => column[side] === own[index] && column[side] && sameType(column[side].type, column.type),
    );
    if (!isAsWanted) {
      return [{ ...openInput(below), columns: columns.map((column) => columnText(column, side, context.dialect)) }];
    }
    // What is left of equal rows is a group of them.
    const keys = plan.operator === "UNION ALL" ? undefined : keyColumns(own, context.dialect);
    if (keys !== undefined) return [{ ...openInput(below), columns: keys }];
    const isSameUnion = plan.operator === "UNION ALL" && below.from.kind === "set" && isBare(below);
    return isSameUnion && below.from.operator === "UNION ALL" ? below.from.parts : [below];
  };
  return { from: { kind: "set", operator: plan.operator, parts: [...part("left"), ...part("right")] } };
}

function columnText(column: SetColumn, side: "left" | "right", dialect: Dialect): string {
  const { name, type } = column;
  const field = column[side];
  if (field === undefined) return namedText(name, dialect.literal(null, type), dialect);
  const fragment = tight(dialect.quote(field.name));
  const converted = sameType(field.type, type) ? fragment : dialect.cast(columnArgument(fragment, field), type, "fail");
  return namedText(name, converted, dialect);
}
