import type { Engine, RunOptions } from "../engine/engine.ts";
import { AnalysisError } from "../errors.ts";
import { derive } from "../plan/derived/derive.ts";
import { mostPivotValues, type PivotValue, pivotPlan, pivotValue, pivotValuesPlan } from "../plan/derived/pivot.ts";
import type { Plan, PlanOf } from "../plan/nodes.ts";

/** Replaces derived steps, whose inputs are replaced already, by those that they stand for. */
export class DerivedSteps {
  /** The values of a pivot are found once, so that its columns stay the same. */
  readonly #pivots = new WeakMap<Plan, Promise<readonly PivotValue[]>>();

  async resolve(node: PlanOf<"derived">, input: Plan, engine: Engine, options: Resolving): Promise<Plan> {
    const { rule } = node;
    if (rule.method !== "pivot") return derive(node, input, await engine.schema(input));
    let values = this.#pivots.get(node);
    if (values === undefined) {
      if (options.mayRun === false) throw new NotKnownYet();
      values = pivotValues(input, engine, options);
      this.#pivots.set(node, values);
      // The next action tries again.
      values.catch(() => this.#pivots.delete(node));
    }
    return pivotPlan(input, rule, await values, node.origin);
  }
}

/** What would have to be computed first, for someone who wants nothing computed. */
export class NotKnownYet extends Error {}

export type Resolving = RunOptions & {
  /** Whether a query may be run to learn of columns; true unless it is said. */
  readonly mayRun?: boolean;
  /** Puts what is cached into the plan of such a query. */
  readonly cached?: (plan: Plan) => Promise<Plan>;
};

async function pivotValues(cells: Plan, engine: Engine, { signal, cached }: Resolving): Promise<readonly PivotValue[]> {
  const values = pivotValuesPlan(cells);
  const plan = cached === undefined ? values : await cached(values);
  const options = signal ? { signal } : {};
  const [field] = await engine.schema(plan);
  const { batches } = await engine.execute(plan, options);
  const found: PivotValue[] = [];
  for await (const batch of batches)
    for (const text of batch.getChildAt(1) ?? []) found.push(pivotValue(text, field?.type ?? { kind: "string" }));
  if (found.length > mostPivotValues)
    throw new AnalysisError(
      "PIVOT",
      `pivot: the column has more than ${mostPivotValues.toLocaleString("en")} values, and each would be a column. Name those to take: pivot(column, ["a", "b"]).`,
    );
  return found;
}
