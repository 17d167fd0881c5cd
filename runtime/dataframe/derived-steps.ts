import type { Engine, RunOptions } from "../engine/engine.ts";
import { AnalysisError } from "../errors.ts";
import { derive } from "../plan/derived/derive.ts";
import { mostPivotValues, type PivotValue, pivotPlan, pivotValue, pivotValuesPlan } from "../plan/derived/pivot.ts";
import type { Plan, PlanOf } from "../plan/nodes.ts";

/** Replaces derived steps, whose inputs are replaced already, by those that they stand for. */
export class DerivedSteps {
  /** The values of a pivot are found once, so that its columns stay the same. */
  readonly #pivots = new WeakMap<Plan, Promise<readonly PivotValue[]>>();

  async resolve(node: PlanOf<"derived">, input: Plan, engine: Engine, { signal }: RunOptions): Promise<Plan> {
    const { rule } = node;
    if (rule.method !== "pivot") return derive(node, input, await engine.schema(input));
    let values = this.#pivots.get(node);
    if (values === undefined) {
      values = pivotValues(input, engine, signal ? { signal } : {});
      this.#pivots.set(node, values);
      // The next action tries again.
      values.catch(() => this.#pivots.delete(node));
    }
    return pivotPlan(input, rule, await values, node.origin);
  }
}

async function pivotValues(cells: Plan, engine: Engine, options: RunOptions): Promise<readonly PivotValue[]> {
  const plan = pivotValuesPlan(cells);
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
