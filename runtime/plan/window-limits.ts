import { AnalysisError } from "../errors.ts";
import { shortText, windowSpecText } from "./expression-text.ts";
import type { Expression, WindowSpec } from "./expressions.ts";

/** Whether a function looks at rows by their order alone. */
export const isOfOrder = (name: string): boolean => OF_ORDER.has(name);

const OF_ORDER = new Set("cume_dist dense_rank lag lead ntile percent_rank rank row_number".split(" "));

type Call = Extract<Expression, { kind: "call" }>;

/** What Spark does not compute over windows, refused on both engines. */
export function checkWindow(call: Call, over: WindowSpec): void {
  if (call.distinct || call.name === "countDistinct" || call.name === "count_distinct")
    throw new AnalysisError(
      "DISTINCT_WINDOW_FUNCTION_UNSUPPORTED",
      `${shortText(call)} takes different values, which Spark does not over windows: use size(collect_set(…).over(…)), or join with groupBy(…).agg(…).`,
    );
  if (call.name === "median" && (over.orderBy.length > 0 || over.frame !== undefined))
    throw new AnalysisError(
      "INVALID_WINDOW_SPEC_FOR_AGGREGATION_FUNC",
      `${shortText(call)} takes a window without order and frame: Window.partitionBy(…). percentile(…, 0.5) takes any.`,
    );
  if (isOfOrder(call.name) && over.frame !== undefined && !isOwnFrame(call.name, over.frame))
    throw new AnalysisError(
      "WINDOW_FRAME",
      `${call.name} looks at rows by their order, not within a frame (${windowSpecText({ partitionBy: [], orderBy: [], frame: over.frame })}): leave out rowsBetween and rangeBetween.`,
    );
}

/** The frame that Spark gives to the functions itself; lag and lead take none. */
function isOwnFrame(name: string, { unit, start, end }: NonNullable<WindowSpec["frame"]>): boolean {
  if (name === "lag" || name === "lead") return false;
  return unit === (name === "cume_dist" ? "range" : "rows") && start === "unbounded preceding" && end === 0;
}
