import { AnalysisError, withOrigin } from "../../../errors.ts";
import type { Expression } from "../../../plan/expressions.ts";
import type { Plan } from "../../../plan/nodes.ts";
import { mapExpressions } from "../../../plan/rewrite/map-expressions.ts";
import { rewritten } from "../../../plan/rewrite/substitute.ts";
import { type Analysed, Schemas } from "../../../plan/schemas.ts";
import { inputScope } from "../../../plan/scope.ts";
import type { Schema, SqlType } from "../../../plan/types.ts";
import { resolve } from "../../../plan/typing.ts";
import { type BuiltIn, isBuiltIn, mayBeOfVariant, type Udf } from "../../../plan/udf/udf.ts";
import { freeVariables } from "../../../plan/variables.ts";
import { children, childrenFirst, expressionsOf, mapChildren, operandsFirst } from "../../../plan/walk.ts";
import type { Planned, TypeOf } from "./built-in.ts";
import { type OverArray, withoutBuiltIns } from "./over-elements.ts";
import { computing, nameOf, planned } from "./table.ts";

/** The plan with calls of udfs in place of those of Spark's functions that JavaScript computes. */
export async function withBuiltIns(plan: Plan, schema: (plan: Plan) => Promise<Schema>): Promise<Plan> {
  const done = new Map<Plan, Plan>();
  for (const node of childrenFirst(plan)) {
    const own = mapChildren(node, (child) => done.get(child) ?? child);
    done.set(node, hasBuiltIn(own) ? await replaced(own, schema) : own);
  }
  return done.get(plan) ?? plan;
}

const hasBuiltIn = (node: Plan): boolean =>
  expressionsOf(node).some((root) => operandsFirst(root).some((part) => isBuiltIn(part) || mayBeOfVariant(part)));

async function replaced(node: Plan, schema: (plan: Plan) => Promise<Schema>): Promise<Plan> {
  const known = new WeakMap<Plan, Analysed>();
  const schemas = new Schemas(known);
  // Of its children only the columns are asked for.
  for (const child of children(node)) known.set(child, { schema: await schema(child), scope: inputScope([]) });
  const scope = schemas.scope(node);
  const typeOf: TypeOf = (expression) => resolve(expression, scope).type;
  const isNullable = (expression: Expression) => resolve(expression, scope).nullable;
  try {
    return mapExpressions(node, (root) => {
      const isLeft = (part: Expression) => planned(part, typeOf) !== undefined;
      const whole = rewritten(root, (part) =>
        isLeft(part)
          ? inJavaScript(part, typeOf)
          : withoutBuiltIns(part, (call, elements) => inJavaScript(call, typeOf, elements), isNullable, isLeft),
      );
      const left = operandsFirst(whole).find(isLeft);
      if (left !== undefined) throw ofElements(nameOf(left));
      return whole;
    });
  } catch (error) {
    throw withOrigin(error, node.origin);
  }
}

const ofElements = (name: string): AnalysisError =>
  new AnalysisError(
    "SPARK_ONLY",
    `${name} in this callback works on Spark only here, because TypeScript computes it over whole columns, or over arrays in transform, filter, exists and forall. Make rows of the elements first (explode), or run the frame there: await use("sc://…").`,
  );

/** The call as one of a udf; itself where it hangs on the arguments of a callback, unless it is known how it is over arrays. */
function inJavaScript(
  part: Expression,
  typeOf: TypeOf,
  elementsOf?: (planned: Planned) => OverArray | undefined,
): Expression {
  const plan = planned(part, typeOf);
  if (plan === undefined) return part;
  if ("instead" in plan) return plan.instead;
  const { type, nulls = "skip", strict, parameters, within = (computed) => computed } = plan;
  const builtIn = { name: nameOf(part), parameters };
  if (freeVariables(part).length === 0)
    return within({
      kind: "udf",
      udf: udfOf(builtIn, type, nulls, strict),
      // An argument may be such a call too.
      args: plan.args.map((arg) => rewritten(arg, (one) => inJavaScript(one, typeOf))),
    });
  const over = elementsOf?.(plan);
  if (over === undefined) return part;
  const { args, elements, index } = over;
  const udf = udfOf({ ...builtIn, elements, nulls }, { kind: "array", element: type }, "pass");
  return within({ kind: "call", name: "get", args: [{ kind: "udf", udf, args }, index] });
}

const udfOf = (builtIn: BuiltIn, type: SqlType, nulls: Udf["nulls"], strict?: true): Udf =>
  Object.freeze({
    name: builtIn.name,
    fn: computing(builtIn),
    type,
    nulls,
    deterministic: true,
    ...(strict && { strict }),
    values: { long: "bigint", time: "Temporal", variant: "encoded" } as const,
    builtIn,
    toJSON: () => ({ type, nulls, builtIn }),
  });
