import { AnalysisError } from "../errors.ts";

let isColumn: (value: object) => boolean = () => false;

/** Told by the start-up, when DataFrames are loaded: before that there are no columns. */
export function setColumnTest(test: (value: object) => boolean): void {
  isColumn = test;
}

const instead: { [operator: string]: string } = {
  "&&": "a.and(b)",
  "||": "a.or(b)",
  "!": "a.not()",
  "??": "coalesce(a, b)",
};

/** The value, unless it is a Column: JavaScript would take that for true and silently drop a condition. */
export function columnTest(value: unknown, operator: string): unknown {
  if (typeof value !== "object" || value === null || !isColumn(value)) return value;
  const way = instead[operator] ?? "when(a, b).otherwise(c), or filter(a)";
  throw new AnalysisError(
    "COLUMN_AS_CONDITION",
    `"${operator}" does not work on a Column, which has no value before an action runs. Use ${way}`,
  );
}
