import type { Expression } from "../expressions.ts";
import { mapOperands } from "../rewrite/substitute.ts";
import { operands, operandsFirst } from "../walk.ts";
import type { UdfCall } from "./udf.ts";

/** The expression with others in place of parts of it; `replace` answers undefined for what stays. Outer parts go first. */
export function replaceParts(root: Expression, replace: (part: Expression) => Expression | undefined): Expression {
  const replaced = new Map<Expression, Expression>();
  const stops = (part: Expression): boolean => {
    const other = replaced.get(part) ?? replace(part);
    if (other !== undefined) replaced.set(part, other);
    return other !== undefined;
  };
  const done = new Map<Expression, Expression>();
  const of = (part: Expression): Expression => replaced.get(part) ?? done.get(part) ?? part;
  for (const part of operandsFirst(root, stops)) done.set(part, mapOperands(part, of));
  return of(root);
}

/** The calls inside of which there is no other: those that can be computed first. */
export function innermostCalls(roots: readonly Expression[]): UdfCall[] {
  const found: UdfCall[] = [];
  const withCalls = new Set<Expression>();
  for (const root of roots)
    for (const part of operandsFirst(root)) {
      const inside = operands(part).some((operand) => withCalls.has(operand));
      if (part.kind === "udf" && !inside && !found.includes(part)) found.push(part);
      if (part.kind === "udf" || inside) withCalls.add(part);
    }
  return found;
}

/** Calls of the same function with the same arguments are computed once, unless each may give something else. */
export const callKey = (call: UdfCall): unknown => (call.udf.deterministic ? expressionKey(call) : call);

/** Equal for expressions that are the same. */
export const expressionKey = (expression: Expression): string =>
  JSON.stringify(expression, (_, value) => (typeof value === "bigint" ? `${value}n` : value));
