import { nearestKey } from "../plan/asof.ts";
import { joinColumns, joinKeys } from "../plan/join-schema.ts";
import type { PlanOf } from "../plan/nodes.ts";
import { sameType } from "../plan/numeric.ts";
import type { Field } from "../plan/types.ts";
import type { ExpressionCompiler } from "./expression-sql.ts";
import { type Fragment, infix, operandText, tight } from "./fragment.ts";
import { columnArgument, expressionsOver, type NodeContext } from "./node-context.ts";
import { isOpenJoin, type Joined, type Select } from "./select.ts";

const JOIN_OPERATORS = {
  inner: "JOIN",
  left: "LEFT JOIN",
  right: "RIGHT JOIN",
  full: "FULL JOIN",
  semi: "SEMI JOIN",
  anti: "ANTI JOIN",
  cross: "CROSS JOIN",
} as const;

/** Where a filter of the left rows may as well stand behind the join. */
const KEEP_LEFT_ROWS_APART: readonly string[] = ["inner", "left", "semi", "anti", "cross"];

/**
 * A join of a join is one chain, since DuckDB chooses the order of joins within one FROM alone. Its relations are called
 * "left", "right", "right2" and so on.
 */
export function compileJoin(plan: PlanOf<"join">, context: NodeContext): Select {
  const { dialect, schemas } = context;
  const left = schemas.of(plan.left);
  const right = schemas.of(plan.right);
  const base = leftOf(plan, context);
  const count = base.joined.length;
  const name = dialect.quote(count === 0 ? "right" : `right${count + 1}`);
  const places = { left: base.place, right: (column: string) => `${name}.${dialect.quote(column)}` };
  const side = (of: "left" | "right", field: Field, type = field.type): Fragment => {
    const fragment = tight(places[of](field.name));
    return sameType(field.type, type) ? fragment : dialect.convert(columnArgument(fragment, field), type);
  };
  const shown = new Map<string, string>();
  const output = joinColumns(plan, left, right);
  const columns = output.map((column) => {
    if (column.from !== "both" || !column.left || !column.right) {
      const field = (column.from === "left" ? column.left : column.right) as Field;
      const { text } = side(column.from as "left" | "right", field);
      shown.set(column.name, text);
      return text.endsWith(`.${dialect.quote(column.name)}`) ? text : `${text} AS ${dialect.quote(column.name)}`;
    }
    const sides = [side("left", column.left, column.type).text, side("right", column.right, column.type).text];
    return `coalesce(${sides.join(", ")}) AS ${dialect.quote(column.name)}`;
  });
  const equal = joinKeys(plan, left, right).map((key) =>
    infix(side("left", key.left, key.type), "=", side("right", key.right, key.type)),
  );
  const expressions = expressionsOver(plan, context, (column, of) =>
    of === "left" || of === "right" ? places[of](column) : undefined,
  );
  const conditions = [...equal, ...(plan.condition ? [expressions.compile(plan.condition)] : [])];
  const isLateral = plan.match === "lateral" || (plan.match === "nearest" && !dialect.hasAsofJoin);
  const on = conditions.length === 1 ? conditions[0]?.text : conditions.map(operandText).join(" AND ");
  const joined: Joined = isLateral
    ? { name, ...lateral(plan, conditions, expressions, context) }
    : {
        name,
        right: context.input(plan.right),
        operator: plan.match === "nearest" ? `ASOF ${JOIN_OPERATORS[plan.how]}` : JOIN_OPERATORS[plan.how],
        ...(on ? { on } : {}),
      };
  const isOpen = plan.match === undefined && shown.size === output.length;
  return {
    columns,
    ...(isOpen && { places: shown }),
    ...(base.where && { where: base.where }),
    from: { kind: "join", left: base.left, name: base.name, joined: [...base.joined, joined] },
  };
}

type LeftSide = {
  readonly left: Select;
  readonly name: string;
  readonly joined: readonly Joined[];
  readonly where?: readonly Fragment[] | undefined;
  readonly place: (column: string) => string;
};

function leftOf(plan: PlanOf<"join">, { dialect, input }: NodeContext): LeftSide {
  const left = input(plan.left);
  const { from, where } = left;
  const isChain =
    from.kind === "join" &&
    isOpenJoin(left) &&
    plan.match === undefined &&
    plan.subqueries === undefined &&
    (where === undefined || KEEP_LEFT_ROWS_APART.includes(plan.how));
  if (isChain) return { ...from, where, place: (column) => left.places.get(column) as string };
  // The left rows of a lateral join are those around its right side.
  const name = dialect.quote(plan.match === "lateral" ? "outer" : "left");
  return { left, name, joined: [], place: (column) => `${name}.${dialect.quote(column)}` };
}

/**
 * For each left row the right rows that fit; of the nearest the first. The condition is within the right side, since DuckDB
 * takes few conditions on a lateral left join.
 */
function lateral(
  plan: PlanOf<"join">,
  where: readonly Fragment[],
  expressions: ExpressionCompiler,
  context: NodeContext,
): Omit<Joined, "name"> {
  const key = plan.match === "nearest" ? nearestKey(plan.condition) : undefined;
  const right: Select = {
    from: { kind: "select", select: context.input(plan.right), as: context.dialect.quote("right") },
    ...(where.length > 0 && { where }),
    ...(key && { orderBy: [expressions.sortKey(key)], limit: 1 }),
  };
  return { right, operator: `${plan.how === "left" ? "LEFT " : ""}JOIN LATERAL`, on: "true" };
}
