import { inspect } from "node:util";
import { AnalysisError } from "../errors.ts";
import { windowSpecText } from "../plan/expression-text.ts";
import type { FrameBound, WindowSpec as PlanSpec } from "../plan/expressions.ts";
import type { Column } from "./column.ts";
import { expressionsIn, type SortArgument, sortKeys } from "./column-arguments.ts";
import { offered } from "./inspect-text.ts";

type Key = string | Column<any, any>;

/** The rows that a window function sees: `Window.partitionBy("origin").orderBy(col("delay").desc())`. Immutable. */
export class WindowSpec {
  readonly spec: PlanSpec;

  constructor(spec: PlanSpec) {
    this.spec = Object.freeze(spec);
  }

  partitionBy(...columns: readonly Key[]): WindowSpec {
    return new WindowSpec({ ...this.spec, partitionBy: expressionsIn("partitionBy", columns) });
  }
  orderBy(...keys: readonly SortArgument[]): WindowSpec {
    return new WindowSpec({ ...this.spec, orderBy: sortKeys("Window.orderBy", keys) });
  }
  /** From `start` to `end` rows after the current one; negative numbers are before it. */
  rowsBetween(start: number, end: number): WindowSpec {
    return this.#framed("rows", start, end);
  }
  /** From `start` to `end` in the value of the one ordering column, around the current row's. */
  rangeBetween(start: number, end: number): WindowSpec {
    return this.#framed("range", start, end);
  }

  [inspect.custom](): string {
    return `WindowSpec<${windowSpecText(this.spec)}>`;
  }

  #framed(unit: "rows" | "range", start: number, end: number): WindowSpec {
    if (Number.isNaN(start) || Number.isNaN(end) || start > end) {
      throw new AnalysisError("WINDOW", `${unit}Between(${start}, ${end}): the start is not before the end`);
    }
    const isCount = (bound: number) => Number.isInteger(bound) || !Number.isFinite(bound);
    if (unit === "rows" && !(isCount(start) && isCount(end)))
      throw new AnalysisError("WINDOW", `rowsBetween(${start}, ${end}): rows are counted by whole numbers`);
    return new WindowSpec({ ...this.spec, frame: { unit, start: bound(start), end: bound(end) } });
  }
}

const nothing = new WindowSpec({ partitionBy: [], orderBy: [] });

const members = {
  unboundedPreceding: Number.NEGATIVE_INFINITY,
  unboundedFollowing: Number.POSITIVE_INFINITY,
  currentRow: 0,
  partitionBy: (...columns: readonly Key[]) => nothing.partitionBy(...columns),
  orderBy: (...keys: readonly SortArgument[]) => nothing.orderBy(...keys),
  rowsBetween: (start: number, end: number) => nothing.rowsBetween(start, end),
  rangeBetween: (start: number, end: number) => nothing.rangeBetween(start, end),
};

/** Where window specifications begin. */
export const Window: Readonly<typeof members> = Object.freeze(
  Object.defineProperty(members, inspect.custom, { value: () => offered("Window", members) }),
);

function bound(value: number): FrameBound {
  if (value === Number.NEGATIVE_INFINITY) return "unbounded preceding";
  if (value === Number.POSITIVE_INFINITY) return "unbounded following";
  return value;
}
