import type { Expression } from "../../plan/expressions.ts";
import { functionEntry } from "../../plan/functions.ts";
import type { Place } from "./expression-reader.ts";
import { Refusal } from "./refusal.ts";

type Call = Extract<Expression, { kind: "call" }>;

/** `sum(x) FILTER (WHERE …)`: in the other rows the aggregate sees NULL, which it passes over. */
export function filtered(whole: Expression, condition: Expression, called: Place["called"]): Expression {
  if (whole.kind !== "call" || functionEntry(whole.name)?.kind !== "aggregate")
    throw new Refusal("FILTER behind what is no aggregate");
  const made = withCondition(whole, condition);
  return called?.(made, (nameOf) => `${nameOf(whole)} FILTER (WHERE ${nameOf(condition)})`) ?? made;
}

function withCondition(aggregate: Call, condition: Expression): Expression {
  const { name, args } = aggregate;
  if (name === "count" && args.length === 0) return { ...aggregate, args: [inCase(condition, ONE)] };
  const ignoresNulls = args[1]?.kind === "literal" && args[1].value === true;
  if (KEEP_NULLS.has(name) && !ignoresNulls)
    throw new Refusal(`FILTER behind ${name}(…), which may be NULL (it can be with IGNORE NULLS)`);
  const place = BY_SECOND.has(name) ? 1 : 0;
  return { ...aggregate, args: args.map((arg, index) => (index === place ? inCase(condition, arg) : arg)) };
}

/** A NULL is a value for these. */
const KEEP_NULLS: ReadonlySet<string> = new Set(["first", "last", "first_value", "last_value", "any_value"]);
/** These pass over rows whose second argument is NULL. */
const BY_SECOND: ReadonlySet<string> = new Set(["max_by", "min_by"]);

const ONE: Expression = { kind: "literal", value: 1, type: { kind: "int" } };

const inCase = (when: Expression, then: Expression): Expression => ({
  kind: "case",
  branches: [{ when, then }],
});
