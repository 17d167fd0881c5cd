import type { Expression } from "../plan/expressions.ts";
import type { Plan } from "../plan/nodes.ts";

/** A frame, as far as an expression needs it. */
export type FrameLike = { readonly plan: Plan; readonly context: object };

type Subquery = Extract<Expression, { kind: "subquery" }>;

/** The frames that columns stand for, until a step takes them. */
const pending = new WeakMap<Expression, FrameLike>();
let hasAny = false;

export const isFrame = (value: unknown): value is FrameLike =>
  typeof value === "object" && value !== null && Object.hasOwn(value, "plan") && Object.hasOwn(value, "context");

/** A frame in an expression: its only value, whether it has rows, or whether it has this value. */
export function subqueryOf({ plan, context }: FrameLike, how: Subquery["how"], value?: Expression): Expression {
  const expression: Expression = Object.freeze({ kind: "subquery", how, index: -1, ...(value && { value }) });
  pending.set(expression, { plan, context });
  hasAny = true;
  return expression;
}

export const pendingFrame = (expression: Expression): FrameLike | undefined => pending.get(expression);
export const hasPendingFrames = (): boolean => hasAny;
