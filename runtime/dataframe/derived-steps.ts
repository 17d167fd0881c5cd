import type { Engine } from "../engine/engine.ts";
import { AnalysisError } from "../errors.ts";
import { derive } from "../plan/derived/derive.ts";
import { mostPivotValues, pivotPlan, pivotValue, pivotValuesPlan } from "../plan/derived/pivot.ts";
import { makeAt, type PivotValue } from "../plan/derived/rule.ts";
import { deriveTranspose, numberedRows, transposedNames } from "../plan/derived/transpose.ts";
import type { Plan, PlanOf } from "../plan/nodes.ts";
import type { SqlType } from "../plan/types.ts";
import { NotKnownYet, type Resolving } from "./resolving.ts";

/** The values of a column, in order, as texts; and the type of the first column. */
type Found = { readonly texts: readonly (string | null)[]; readonly type: SqlType };

/** What becomes columns is found once, so that these stay the same. */
const known = new WeakMap<Plan, Promise<Found>>();

/**
 * The steps that a derived step stands for, whose input is replaced already. `step` is the node of the frame's plan that it comes
 * of: what is found is known by it.
 */
export async function derivedSteps(
  node: PlanOf<"derived">,
  engine: Engine,
  options: Resolving,
  step: Plan = node,
): Promise<Plan> {
  const { input, rule, origin } = node;
  const find = (plan: Plan) => found(step, plan, engine, options);
  const schema = await engine.schema(input);
  if (rule.method === "pivot") {
    const groups = schema.slice(0, rule.groups).map(({ name }) => name);
    const values = rule.values ?? pivotValuesIn(await find(pivotValuesPlan(input)));
    return pivotPlan(input, { groups, aggregates: rule.aggregates }, values, makeAt(origin));
  }
  if (rule.method !== "transpose") {
    const made = derive(node, input, schema);
    return made.kind === "derived" ? derivedSteps(made, engine, options, step) : made;
  }
  const deriving = { input, schema, make: makeAt(origin) };
  const rows = numberedRows(rule, deriving);
  const { texts } = await find(transposedNames(rule, rows, deriving));
  return deriveTranspose(rule, rows, texts.map(String), deriving);
}

/** Runs a query whose second column holds texts. */
function found(node: Plan, plan: Plan, engine: Engine, options: Resolving): Promise<Found> {
  const before = known.get(node);
  if (before !== undefined) return before;
  if (options.mayRun === false) throw new NotKnownYet();
  const finding = textsOf(plan, engine, options);
  known.set(node, finding);
  // The next action tries again.
  finding.catch(() => known.delete(node));
  return finding;
}

async function textsOf(given: Plan, engine: Engine, { signal, cached }: Resolving): Promise<Found> {
  const plan = cached === undefined ? given : await cached(given);
  const [field] = await engine.schema(plan);
  const { batches } = await engine.execute(plan, { ...(signal && { signal }), allRows: true });
  const texts: (string | null)[] = [];
  for await (const batch of batches) texts.push(...(batch.getChildAt(1) ?? []));
  return { texts, type: field?.type ?? { kind: "string" } };
}

function pivotValuesIn({ texts, type }: Found): readonly PivotValue[] {
  checkPivotValues(texts.length);
  return texts.map((text) => pivotValue(text, type));
}

function checkPivotValues(count: number): void {
  if (count <= mostPivotValues) return;
  throw new AnalysisError(
    "PIVOT",
    `pivot: the column has more than ${mostPivotValues.toLocaleString("en")} values, and each would be a column. Name those to take: pivot(column, ["a", "b"]).`,
  );
}
