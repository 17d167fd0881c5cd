import type { Expression } from "../plan/expressions.ts";
import { type Column, makeColumn, operand } from "./column.ts";
import { conditionOf } from "./column-arguments.ts";
import type { Common, Condition, Literal, TypeOf } from "./operands.ts";

type Branches = Extract<Expression, { kind: "case" }>["branches"];

/** A column made by `when(…)`, to which more branches can be added. Where none is true it is NULL. */
export type CaseColumn<T> = Column<T | null> & {
  /** `value` where no earlier condition is true and this one is. */
  when<const V extends Literal | Column<any, any>>(condition: Condition, value: V): CaseColumn<Common<T, TypeOf<V>>>;
  /** `value` where no condition is true. */
  otherwise<const V extends Literal | Column<any, any>>(value: V): Column<Common<T, TypeOf<V>>>;
};

export function caseColumn<T>(branches: Branches): CaseColumn<T> {
  return makeColumn<T | null>(
    { kind: "case", branches },
    {
      when: (condition: Condition, value: unknown) => caseColumn([...branches, branch(condition, value)]),
      otherwise: (value: unknown) => makeColumn({ kind: "case", branches, otherwise: operand(value) }),
    },
  ) as CaseColumn<T>;
}

export function branch(condition: unknown, value: unknown): Branches[number] {
  // biome-ignore lint/suspicious/noThenProperty: the plan's word for it; nobody awaits an expression.
  return { when: conditionOf("when", condition), then: operand(value) };
}
