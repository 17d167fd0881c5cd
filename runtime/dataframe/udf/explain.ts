import type { Engine, ExplainMode, RunOptions } from "../../engine/engine.ts";
import { describeSteps } from "../../plan/describe-steps.ts";
import type { PlanOperator, PlanTree } from "../../plan/explain.ts";
import { shortText } from "../../plan/expression-text.ts";
import type { Plan } from "../../plan/nodes.ts";
import type { BatchMap, UdfCall } from "../../plan/udf/udf.ts";

/** How a step ran, or is going to. */
export type StepRun = {
  readonly input: Plan;
  readonly functions: readonly (UdfCall | BatchMap)[];
  /** The columns that the calls become. */
  readonly names: readonly string[];
  /** That computed the functions. */
  readonly threads: number;
  /** Which holds its rows. */
  readonly table: string | undefined;
  readonly rows?: number;
  readonly seconds?: number;
};

/** The engine's plans of all parts as one tree, with an operator for each step that JavaScript computes. */
export async function explainComputing(
  engine: Engine,
  plan: Plan,
  rest: Plan,
  mode: ExplainMode,
  runs: readonly StepRun[],
  options: RunOptions,
): Promise<PlanTree> {
  const tree = await engine.explain(rest, mode, options);
  const isRun = mode === "analyze";
  const operators = new Map<string, PlanOperator>();
  const calls = new Map<string, string>();
  const readable = (text: string) => text.replace(/__quern_udf_\d+_\d+/g, (name) => calls.get(name) ?? name);
  // Later steps read the rows of earlier ones.
  for (const run of runs) {
    const { physical } = await engine.explain(run.input, "simple", options);
    const functions = run.functions.map((one) => ("kind" in one ? readable(shortText(one)) : one.name));
    for (const [index, name] of run.names.entries()) calls.set(name, functions[index] ?? name);
    const input = renamed(grafted(physical, operators), readable);
    if (run.table !== undefined) operators.set(run.table, operatorOf(run, functions, isRun, input));
  }
  const seconds = runs.reduce((sum, run) => sum + (run.seconds ?? 0), 0);
  return {
    ...tree,
    ...(tree.logical && { logical: describeSteps(plan) }),
    physical: renamed(grafted(tree.physical, operators), readable),
    ...(isRun && tree.seconds !== undefined && { seconds: tree.seconds + seconds }),
  };
}

function operatorOf(run: StepRun, functions: readonly string[], isRun: boolean, input: PlanOperator): PlanOperator {
  return {
    name: "TypeScript",
    details: [
      { label: "functions", value: functions.join(", ") },
      ...(isRun ? [{ label: "threads", value: String(run.threads) }] : []),
    ],
    ...(isRun && run.rows !== undefined && { rows: run.rows }),
    ...(isRun && run.seconds !== undefined && { seconds: run.seconds }),
    children: [input],
  };
}

/** With the calls in place of the names of their columns. */
const renamed = (operator: PlanOperator, readable: (text: string) => string): PlanOperator => ({
  ...operator,
  details: operator.details.map((detail) => ({ ...detail, value: readable(detail.value) })),
  children: operator.children.map((child) => renamed(child, readable)),
});

/** In place of the scans of what steps have stored stand the steps. */
function grafted(operator: PlanOperator, operators: ReadonlyMap<string, PlanOperator>): PlanOperator {
  for (const [table, other] of operators) if (operator.details.some(({ value }) => value.endsWith(table))) return other;
  return { ...operator, children: operator.children.map((child) => grafted(child, operators)) };
}
