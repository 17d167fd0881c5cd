import { AnalysisError, withOrigin } from "../../../errors.ts";
import type { Expression } from "../../../plan/expressions.ts";
import type { Plan } from "../../../plan/nodes.ts";
import { mapExpressions } from "../../../plan/rewrite/map-expressions.ts";
import { rewritten } from "../../../plan/rewrite/substitute.ts";
import { type Analysed, Schemas } from "../../../plan/schemas.ts";
import { inputScope } from "../../../plan/scope.ts";
import type { Schema } from "../../../plan/types.ts";
import { resolve } from "../../../plan/typing.ts";
import { isBuiltIn, type Udf } from "../../../plan/udf/udf.ts";
import { freeVariables } from "../../../plan/variables.ts";
import { children, childrenFirst, expressionsOf, mapChildren, operandsFirst } from "../../../plan/walk.ts";
import type { Call, TypeOf } from "./built-in.ts";
import { computing, planned } from "./table.ts";

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
  expressionsOf(node).some((root) => operandsFirst(root).some((part) => isBuiltIn(part)));

async function replaced(node: Plan, schema: (plan: Plan) => Promise<Schema>): Promise<Plan> {
  const known = new WeakMap<Plan, Analysed>();
  const schemas = new Schemas(known);
  // Of its children only the columns are asked for.
  for (const child of children(node)) known.set(child, { schema: await schema(child), scope: inputScope([]) });
  const scope = schemas.scope(node);
  const typeOf: TypeOf = (expression) => resolve(expression, scope).type;
  try {
    return mapExpressions(node, (root) =>
      rewritten(root, (part) => (isBuiltIn(part) ? inJavaScript(part as Call, typeOf) : part)),
    );
  } catch (error) {
    throw withOrigin(error, node.origin);
  }
}

function inJavaScript(call: Call, typeOf: TypeOf): Expression {
  const plan = planned(call, typeOf);
  if ("instead" in plan) return plan.instead;
  if (freeVariables(call).length > 0)
    throw new AnalysisError(
      "SPARK_ONLY",
      `${call.name} of the elements of an array or map works on Spark only here, because TypeScript computes it over whole columns. Make rows of them first (explode), or run the frame there: await use("sc://…").`,
    );
  const { args, type, nulls = "skip", strict, parameters, within = (computed) => computed } = plan;
  const builtIn = { name: call.name, parameters };
  const udf: Udf = Object.freeze({
    name: call.name,
    fn: computing(builtIn),
    type,
    nulls,
    deterministic: true,
    ...(strict && { strict }),
    values: { long: "bigint", time: "Temporal" } as const,
    builtIn,
    toJSON: () => ({ type, nulls, builtIn }),
  });
  return within({ kind: "udf", udf, args });
}
