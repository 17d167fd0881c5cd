import type { Expression } from "../../../plan/expressions.ts";
import { mapOperands } from "../../../plan/rewrite/substitute.ts";

/** Changes expressions from their outside: what `change` answers is left as it is, and where it answers nothing, it is asked of the operands. */
export function fromAbove(change: (part: Expression) => Expression | undefined): (root: Expression) => Expression {
  const done = new Map<Expression, Expression>();
  const changed = (part: Expression): Expression => {
    const known = done.get(part);
    if (known !== undefined) return known;
    const own = change(part) ?? mapOperands(part, changed);
    done.set(part, own);
    return own;
  };
  return changed;
}
