import { inspect } from "node:util";
import { AnalysisError } from "../errors.ts";
import { allApplied } from "./applied.ts";
import { type Column, isColumn, operand } from "./column.ts";
import { directedKeys, type FrameSortArgument, namedColumns, namesIn, type Sorting } from "./column-arguments.ts";
import type { DataFrame } from "./dataframe.ts";
import { InBatches } from "./in-batches.ts";
import type { Aliased } from "./join-types.ts";
import { type Observation, observedPlan } from "./observation.ts";
import { over, Rows } from "./rows.ts";
import type { Columns, Projection } from "./schema-types.ts";
import { step } from "./step.ts";

/** Names of columns, or columns. */
type Keys<S> = readonly ((keyof S & string) | Column<any, any>)[];

/** A frame's methods that say how its rows are to be handled, and leave them and the columns as they are. */
export abstract class Arranged<S = any> extends InBatches<S> {
  /**
   * A name for this frame: `col("a.x")` is then its column x, behind a join too, where the right side's columns of a name that
   * the left side has as well are called by it ("b.x"): `df.alias("a").join(df.alias("b"), col("a.boss").eq(col("b.id")))`.
   */
  alias<const N extends string>(name: N): Aliased<S, N> {
    if (typeof name !== "string" || name.trim() === "")
      throw new AnalysisError("ALIAS", `alias takes a name, not ${inspect(name)}`);
    return over(this, step({ kind: "alias", input: this.plan, name })) as Aliased<S, N>;
  }
  /**
   * Has the first action over this frame, or over what is made of it, compute aggregates of its rows too: see Observation.
   */
  observe<const C extends Projection>(observation: Observation, metrics: (f: Columns<S>) => C): DataFrame<S>;
  observe(observation: Observation, ...metrics: readonly Column<any, any>[]): DataFrame<S>;
  observe(observation: Observation, ...given: readonly unknown[]): DataFrame<any> {
    const metrics = namedColumns("observe", allApplied("observe", given));
    if (metrics.length === 0) throw new AnalysisError("OBSERVATION", "observe needs a metric: f => ({ n: count() })");
    return over(this, observedPlan(this.plan, observation, metrics));
  }
  /**
   * Advice for the engine's planner: `hint("broadcast")`, `hint("rebalance", "day")`. Spark follows those it knows, and
   * passes over others; DuckDB plans by itself and follows none, so that there a hint is only shown by explain("extended").
   */
  hint(
    name: string,
    ...parameters: readonly (string | number | Column<any, any> | readonly (string | number)[])[]
  ): DataFrame<S> {
    if (typeof name !== "string" || !/^\w+$/.test(name))
      throw new AnalysisError("HINT", `hint: ${inspect(name)} is no name of a hint, such as "broadcast"`);
    const list = parameters.flat().map((parameter) => {
      const isPlain = isColumn(parameter) || typeof parameter === "string" || Number.isFinite(parameter);
      const expression = isPlain ? operand(parameter) : undefined;
      if (expression?.kind === "column" || expression?.kind === "literal") return expression;
      throw new AnalysisError(
        "HINT",
        `hint("${name}") takes texts, numbers and columns, not ${inspect(parameter, { depth: 0 })}`,
      );
    });
    return over(this, step({ kind: "hint", input: this.plan, name, parameters: list }));
  }
  /**
   * On Spark the rows are spread anew over this many partitions, by the values of columns where they are given: `repartition(8)`,
   * `repartition(8, "day")`, `repartition("day")`. DuckDB has no partitions: it takes the rows as they are.
   */
  repartition(...columns: Keys<S>): DataFrame<S>;
  repartition(partitions: number, ...columns: Keys<S>): DataFrame<S>;
  repartition(...given: readonly unknown[]): DataFrame<any> {
    return this.#partitioned("repartition", given);
  }
  /** As repartition, but each partition gets a range of the values: `repartitionByRange(8, "day")`. */
  repartitionByRange(...columns: Keys<S>): DataFrame<S>;
  repartitionByRange(partitions: number, ...columns: Keys<S>): DataFrame<S>;
  repartitionByRange(...given: readonly unknown[]): DataFrame<any> {
    const isColumnless = given.every((argument) => typeof argument === "number");
    if (isColumnless)
      throw new AnalysisError("PARTITIONS", 'repartitionByRange needs columns: repartitionByRange(8, "day")');
    return this.#partitioned("repartitionByRange", given);
  }
  /** Sorts the rows of each of Spark's partitions, and on DuckDB all rows; for files whose rows are to be in order. */
  sortWithinPartitions(keys: (f: Columns<S>) => FrameSortArgument | readonly FrameSortArgument[]): DataFrame<S>;
  sortWithinPartitions(...keys: readonly Sorting<S>[]): DataFrame<S>;
  sortWithinPartitions(...given: readonly unknown[]): DataFrame<any> {
    const keys = directedKeys("sortWithinPartitions", allApplied("sortWithinPartitions", given));
    return over(this, step({ kind: "sort", input: this.plan, keys, within: "partitions" }));
  }
  /** On Spark at most this many partitions, without spreading the rows anew. DuckDB takes the rows as they are. */
  coalesce(partitions: number): DataFrame<S> {
    return this.#partitioned("coalesce", [partitions]);
  }

  #partitioned(method: keyof typeof hints, given: readonly unknown[]): DataFrame<any> {
    const [first, ...rest] = given;
    const hasNumber = typeof first === "number";
    if (method === "coalesce" || hasNumber) checkPartitions(method, first);
    const names = namesIn(method, (hasNumber ? rest : given).flat());
    if (!hasNumber && names.length === 0)
      throw new AnalysisError("PARTITIONS", `${method} takes a number of partitions, or columns: ${method}(8, "day")`);
    const columns = names.map((name) => ({ kind: "column", name }) as const);
    const parameters = hasNumber ? [operand(first), ...columns] : columns;
    return over(this, step({ kind: "hint", input: this.plan, name: hints[method], parameters }));
  }
}

/** Spark's hints of the same meaning. */
const hints = { repartition: "repartition", repartitionByRange: "repartition_by_range", coalesce: "coalesce" } as const;

export function checkPartitions(method: string, partitions: unknown): void {
  if (Number.isInteger(partitions) && (partitions as number) > 0 && (partitions as number) < 2 ** 31) return;
  throw new AnalysisError(
    "PARTITIONS",
    `${method}: the number of partitions is a whole number from 1, not ${inspect(partitions)}`,
  );
}

/** Advises Spark to send the whole of this frame to where the other side of a join is; the same as `hint("broadcast")`. */
export function broadcast<S>(frame: DataFrame<S>): DataFrame<S> {
  if (!(frame instanceof Rows)) throw new AnalysisError("NOT_A_FRAME", "broadcast takes a DataFrame");
  return frame.hint("broadcast");
}
