import { AnalysisError, withOrigin } from "../../../errors.ts";
import type { Expression } from "../../../plan/expressions.ts";
import type { Plan } from "../../../plan/nodes.ts";
import { mapExpressions } from "../../../plan/rewrite/map-expressions.ts";
import { rewritten } from "../../../plan/rewrite/substitute.ts";
import { isBuiltIn, type Udf } from "../../../plan/udf/udf.ts";
import { freeVariables } from "../../../plan/variables.ts";
import { childrenFirst, mapChildren } from "../../../plan/walk.ts";
import type { Call } from "./built-in.ts";
import { computing, planned } from "./table.ts";

/** The plan with calls of udfs in place of those of Spark's functions that JavaScript computes. */
export function withBuiltIns(plan: Plan): Plan {
  const done = new Map<Plan, Plan>();
  for (const node of childrenFirst(plan)) {
    const own = mapChildren(node, (child) => done.get(child) ?? child);
    done.set(
      node,
      mapExpressions(own, (root) => {
        try {
          return rewritten(root, (part) => (isBuiltIn(part) ? inJavaScript(part as Call) : part));
        } catch (error) {
          throw withOrigin(error, node.origin);
        }
      }),
    );
  }
  return done.get(plan) ?? plan;
}

function inJavaScript(call: Call): Expression {
  if (freeVariables(call).length > 0)
    throw new AnalysisError(
      "SPARK_ONLY",
      `${call.name} of the elements of an array or map works on Spark only here, because TypeScript computes it over whole columns. Make rows of them first (explode), or run the frame there: await use("sc://…").`,
    );
  const plan = planned(call);
  if ("known" in plan) return { kind: "literal", value: plan.known, type: { kind: "string" } };
  const { args, type, nulls = "skip", parameters, within = (computed) => computed } = plan;
  const builtIn = { name: call.name, parameters };
  const udf: Udf = Object.freeze({
    name: call.name,
    fn: computing(builtIn),
    type,
    nulls,
    deterministic: true,
    values: { long: "bigint", time: "Temporal" } as const,
    builtIn,
    toJSON: () => ({ type, nulls, builtIn }),
  });
  return within({ kind: "udf", udf, args });
}
