/** One operator in our terms, as either EXPLAIN gives it. */
export type RawOperator = {
  readonly name: string;
  readonly info: { readonly [key: string]: string | readonly string[] };
  readonly rows?: number;
  readonly seconds?: number;
  readonly children: readonly RawOperator[];
};

export type Totals = { readonly seconds: number; readonly peakMemory: number; readonly spilled: number };

// The only place that knows DuckDB's names of metrics: 2.0 renames them (operator_timing becomes operator.timing).

/** From EXPLAIN (FORMAT json). */
export function fromPlan(json: unknown): RawOperator {
  const [root] = json as readonly PlanJson[];
  if (root === undefined) throw new Error("EXPLAIN gave no plan");
  return planOperator(root);
}

const planOperator = ({ name, extra_info, children }: PlanJson): RawOperator => ({
  name,
  info: extra_info ?? {},
  children: children.map(planOperator),
});

/** From EXPLAIN (ANALYZE, FORMAT json). */
export function fromAnalyze(json: unknown): { readonly root: RawOperator } & Totals {
  const query = json as AnalyzeJson;
  let [root] = query.children;
  while (root !== undefined && HARNESS.includes(root.operator_type)) [root] = root.children;
  if (root === undefined) throw new Error("EXPLAIN ANALYZE gave no plan");
  return {
    root: analyzedOperator(root),
    seconds: query.latency,
    peakMemory: query.system_peak_buffer_memory,
    spilled: query.system_peak_temp_dir_size,
  };
}

const analyzedOperator = (operator: AnalyzedJson): RawOperator => ({
  name: operator.operator_name,
  info: operator.extra_info ?? {},
  rows: operator.operator_cardinality,
  seconds: operator.operator_timing,
  children: operator.children.map(analyzedOperator),
});

type Info = { readonly [key: string]: string | readonly string[] };
type PlanJson = { readonly name: string; readonly extra_info?: Info; readonly children: readonly PlanJson[] };
type AnalyzedJson = {
  readonly operator_name: string;
  readonly operator_type: string;
  readonly operator_timing: number;
  readonly operator_cardinality: number;
  readonly extra_info?: Info;
  readonly children: readonly AnalyzedJson[];
};
type AnalyzeJson = {
  readonly latency: number;
  readonly system_peak_buffer_memory: number;
  readonly system_peak_temp_dir_size: number;
  readonly children: readonly AnalyzedJson[];
};

/** Operators that are there only because of EXPLAIN itself. */
const HARNESS: readonly string[] = ["EXPLAIN_ANALYZE", "RESULT_COLLECTOR"];
