import type { Expression, Variable } from "../../../plan/expressions.ts";
import { rewritten } from "../../../plan/rewrite/substitute.ts";
import type { BuiltIn } from "../../../plan/udf/udf.ts";
import { freeVariables } from "../../../plan/variables.ts";
import { operandsFirst } from "../../../plan/walk.ts";
import type { Planned } from "./built-in.ts";

type Lambda = Extract<Expression, { kind: "lambda" }>;

const WITH_INDEX: ReadonlySet<string> = new Set(["transform", "filter"]);
const CONDITIONS: ReadonlySet<string> = new Set(["exists", "forall"]);

/** Which arguments are arrays with a value for each element. */
type OverElements = NonNullable<BuiltIn["elements"]>;

/**
 * The call with its callback's built-in functions out of it; itself where there are none, or none that could be. Of a callback
 * over an array JavaScript computes them of the whole array, in front of the call, and the callback takes the value at its index.
 * What they are computed of are arrays too, where it hangs on the elements.
 */
export function withoutBuiltIns(
  part: Expression,
  computed: (part: Expression, elements: (planned: Planned) => OverArray | undefined) => Expression,
  isNullable: (expression: Expression) => boolean,
  isBuiltIn: (part: Expression) => boolean,
): Expression {
  if (part.kind !== "call" || !(WITH_INDEX.has(part.name) || CONDITIONS.has(part.name))) return part;
  const [list, callback] = part.args as readonly [Expression, Lambda];
  if (callback.kind !== "lambda" || !operandsFirst(callback.body).some(isBuiltIn)) return part;
  const [element, given] = callback.parameters as readonly [Variable, Variable?];
  const index: Variable = given ?? { ...element, name: "i", part: "index" };
  const own = new Set<Expression>([element, index]);
  const overArray = ({ args }: Planned): OverArray | undefined => {
    const isOwn = (arg: Expression) => freeVariables(arg).every((variable) => own.has(variable));
    if (!args.every(isOwn)) return undefined;
    const elements = args.map((arg) => freeVariables(arg).length > 0);
    const each = (arg: Expression): Expression =>
      arg === element ? list : call("transform", list, lambda([element, index], arg));
    return { args: args.map((arg, at) => (elements[at] ? each(arg) : arg)), elements, index };
  };
  const body = rewritten(callback.body, (inner) => (isBuiltIn(inner) ? computed(inner, overArray) : inner));
  if (body === callback.body) return part;
  if (WITH_INDEX.has(part.name)) return call(part.name, list, lambda([element, index], body));
  const outcomes = call("transform", list, lambda([element, index], body));
  const outcome: Variable = { ...element, of: outcomes };
  // Of an element of an array it is not known that it is never null.
  const known = isNullable(callback.body) ? outcome : call("coalesce", outcome, NEVER);
  return call(part.name, outcomes, lambda([outcome], known));
}

export type OverArray = {
  readonly args: readonly Expression[];
  readonly elements: OverElements;
  readonly index: Variable;
};

const NEVER: Expression = { kind: "literal", value: false, type: { kind: "boolean" } };
const call = (name: string, ...args: readonly Expression[]): Expression => ({ kind: "call", name, args });
const lambda = (parameters: readonly Variable[], body: Expression): Expression => ({
  kind: "lambda",
  parameters,
  body,
});

/** The function over arrays; null where one of them is, and for elements where "skip" says so. */
export const overElements =
  (compute: (...values: any[]) => unknown, elements: OverElements, nulls: "skip" | "pass") =>
  (...values: unknown[]): unknown => {
    const lists = values.filter((_, at) => elements[at]) as (readonly unknown[] | null)[];
    const [first] = lists;
    if (first === undefined || first === null || lists.includes(null)) return null;
    return first.map((_, index) => {
      const own = values.map((value, at) => (elements[at] ? (value as readonly unknown[])[index] : value) ?? null);
      return nulls === "skip" && own.includes(null) ? null : compute(...own);
    });
  };
