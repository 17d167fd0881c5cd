import { inspect } from "node:util";
import { AnalysisError } from "../errors.ts";
import type { Named } from "../plan/nodes.ts";
import { isNumeric } from "../plan/numeric.ts";
import { typeName } from "../plan/type-names.ts";
import { type Column, operand } from "./column.ts";
import { namedColumns, namesIn } from "./column-arguments.ts";
import type { DataFrame } from "./dataframe.ts";
import { corr, covar_samp, percentile_approx } from "./functions/aggregates.ts";
import { col } from "./functions/core.ts";
import { offered } from "./inspect-text.ts";
import type { At, NumericName } from "./named-aggregates.ts";
import type { Literal } from "./operands.ts";
import { over } from "./rows.ts";
import type { Flat } from "./schema-types.ts";
import { step } from "./step.ts";
import { anySeed, checkedSeed, checkFraction } from "./steps.ts";
import type * as Sql from "./types.ts";

/** An array for each column. */
type FreqItems<S, N extends string> = 0 extends 1 & S
  ? any
  : Flat<{ [K in N as `${K}_freqItems`]: Sql.Array<Exclude<At<S, K>, null>> }>;

/** Of one column its quantiles, of several those of each. */
export type Quantiles<C> = C extends string ? number[] : number[][];

/** `df.stat`. What gives no frame computes at once. */
export class Statistics<S> {
  readonly #frame: DataFrame<S>;

  constructor(frame: DataFrame<S>) {
    this.#frame = frame;
  }

  /** Pearson's coefficient of correlation, the only method that Spark has; null where there are no two values. */
  corr(a: NumericName<S>, b: NumericName<S>, method = "pearson"): Promise<number | null> {
    if (method !== "pearson")
      throw new AnalysisError(
        "CORRELATION",
        `corr: the method is "pearson", as Spark has no other, not ${inspect(method)}.`,
      );
    return this.#one("corr", a, b, corr);
  }
  /** The sample covariance; null where there are no two values. */
  cov(a: NumericName<S>, b: NumericName<S>): Promise<number | null> {
    return this.#one("cov", a, b, covar_samp);
  }
  /**
   * Values of the data at or below which these parts of it lie: `approxQuantile("delay", [0.5, 0.9])`; of several columns an
   * array for each. `relativeError` is how far, as a part of the rows, Spark's may be off; DuckDB's are exact.
   */
  async approxQuantile<const C extends NumericName<S> | readonly NumericName<S>[]>(
    column: C,
    parts: readonly number[],
    relativeError = 1e-4,
  ): Promise<Quantiles<C>> {
    if (!Array.isArray(parts))
      throw new AnalysisError("QUANTILE", `approxQuantile: the parts are a list, as [0.5], not ${inspect(parts)}`);
    const wrong = parts.find((part) => !(part >= 0 && part <= 1));
    if (wrong !== undefined)
      throw new AnalysisError("QUANTILE", `approxQuantile: a part is a number from 0 to 1, not ${inspect(wrong)}`);
    if (!(relativeError >= 0))
      throw new AnalysisError(
        "QUANTILE",
        `approxQuantile: the error is a number from 0 on, not ${inspect(relativeError)}`,
      );
    const columns = namesIn("approxQuantile", [column].flat());
    if (columns.length === 0) return [] as number[] as Quantiles<C>;
    await this.#checkNumbers("approxQuantile", columns);
    const accuracy = Math.max(1, Math.min(Math.ceil(1 / relativeError), 2 ** 31 - 1));
    const quantiles = columns.map((name, index) => percentile_approx(col(name), parts, accuracy).alias(String(index)));
    const [row] = await this.#frame.agg(() => quantiles).collect();
    const found = columns.map((_, index) => (row as { [index: string]: number[] | null })[index] ?? []);
    return (Array.isArray(column) ? found : (found[0] ?? [])) as Quantiles<C>;
  }
  /** How often each value of one column is there with each of the other: a row for each of `a`, a column for each of `b`. */
  crosstab(a: keyof S & string, b: keyof S & string): DataFrame<any> {
    return this.#frame
      .groupBy(() => ({ [`${a}_${b}`]: col(a).cast("string") }))
      .pivot(b)
      .count()
      .na.fill(0);
  }

  /**
   * The values that are in at least the part `support` of the rows, exactly: one row, with an array `x_freqItems` for each
   * column, in any order. Null is no such value.
   */
  freqItems<const A extends readonly (keyof S & string)[]>(
    columns: A,
    support = 0.01,
  ): DataFrame<FreqItems<S, A[number]>> {
    const names = namesIn("freqItems", [columns].flat());
    if (!(support >= 1e-4 && support <= 1))
      throw new AnalysisError(
        "SUPPORT",
        `freqItems: the part of the rows is a number from 0.0001 to 1, not ${inspect(support)}`,
      );
    if (names.length === 0) throw new AnalysisError("SUPPORT", "freqItems needs a column");
    const { plan } = this.#frame;
    return over(this.#frame, step({ kind: "derived", input: plan, rule: { method: "freqItems", names, support } }));
  }
  /**
   * Of the rows with each value of a column the part that is given, of others none: `sampleBy("kind", { a: 0.1, b: 0.5 })`, or
   * with a Map; the column may be an expression: `sampleBy(year(col("day")), …)`. The same seed takes the same rows of the same
   * data.
   */
  sampleBy(
    column: (keyof S & string) | Column<any, any>,
    fractions: { readonly [value: string]: number } | ReadonlyMap<Literal, number>,
    seed?: number,
  ): DataFrame<S> {
    const [{ expression }] = namedColumns("sampleBy", column) as [Named];
    const isColumn = expression.kind === "column" && expression.parts === undefined;
    const name = isColumn ? expression.name : "__quern_value";
    const entries = fractions instanceof Map ? [...fractions] : Object.entries(fractions);
    const rule = {
      method: "sampleBy",
      name,
      fractions: entries.map(([value, part]) => ({ value: operand(value), fraction: checkFraction("sampleBy", part) })),
      seed: checkedSeed("sampleBy", seed ?? anySeed()),
    } as const;
    const { plan } = this.#frame;
    if (isColumn) return over(this.#frame, step({ kind: "derived", input: plan, rule }));
    const input = step({ kind: "withColumns", input: plan, columns: [{ name, expression }] });
    return over(this.#frame, step({ kind: "drop", input: step({ kind: "derived", input, rule }), names: [name] }));
  }

  [inspect.custom](): string {
    return offered("Statistics:", this);
  }

  /** As Spark has it: text is no number here, even where it could be read as one. */
  async #checkNumbers(method: string, names: readonly string[]): Promise<void> {
    const picked: DataFrame<any> = this.#frame.select(() => names.map((name, index) => col(name).alias(String(index))));
    for (const [index, { type }] of (await picked.schema()).entries())
      if (!isNumeric(type))
        throw new AnalysisError(
          "TYPE_MISMATCH",
          `${method}: the column "${names[index]}" is ${typeName(type)}, and holds no numbers: cast it first.`,
          { origin: picked.plan.origin },
        );
  }

  async #one(method: string, a: string, b: string, of: typeof corr | typeof covar_samp): Promise<number | null> {
    await this.#checkNumbers(method, [a, b]);
    const value = of(col(a), col(b));
    const row = (await this.#frame.agg(() => ({ value })).first()) as { readonly value: number | null } | null;
    return row?.value ?? null;
  }
}
