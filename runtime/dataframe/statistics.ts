import { inspect } from "node:util";
import { AnalysisError } from "../errors.ts";
import type { Column } from "./column.ts";
import type { DataFrame } from "./dataframe.ts";
import { corr, covar_samp, percentile_approx } from "./functions/aggregates.ts";
import { col } from "./functions/core.ts";
import { offered } from "./inspect-text.ts";
import type { NumericName } from "./named-aggregates.ts";

/** `df.stat`. Each computes at once. */
export class Statistics<S> {
  readonly #frame: DataFrame<S>;

  constructor(frame: DataFrame<S>) {
    this.#frame = frame;
  }

  /** Pearson's coefficient of correlation; null where there are no two values. */
  corr(a: NumericName<S>, b: NumericName<S>): Promise<number | null> {
    return this.#one(corr(col(a), col(b)));
  }
  /** The sample covariance; null where there are no two values. */
  cov(a: NumericName<S>, b: NumericName<S>): Promise<number | null> {
    return this.#one(covar_samp(col(a), col(b)));
  }
  /** Values of the data at or below which these parts of it lie: `approxQuantile("delay", [0.5, 0.9])`. */
  async approxQuantile(column: NumericName<S>, parts: readonly number[]): Promise<number[]> {
    const wrong = parts.find((part) => !(part >= 0 && part <= 1));
    if (wrong !== undefined)
      throw new AnalysisError("QUANTILE", `approxQuantile: a part is a number from 0 to 1, not ${inspect(wrong)}`);
    if (parts.length === 0) return [];
    const quantiles = parts.map((part, index) => percentile_approx(col(column), part).alias(String(index)));
    const [row] = await this.#frame.agg(() => quantiles).collect();
    const found = Object.values(row as { [index: string]: number | null });
    return found.filter((value) => value !== null);
  }
  /** How often each value of one column is there with each of the other: a row for each of `a`, a column for each of `b`. */
  crosstab(a: keyof S & string, b: keyof S & string): DataFrame<any> {
    return this.#frame
      .groupBy(() => ({ [`${a}_${b}`]: col(a).cast("string") }))
      .pivot(b)
      .count()
      .na.fill(0);
  }

  [inspect.custom](): string {
    return offered("Statistics:", this);
  }

  async #one(value: Column<any, any>): Promise<number | null> {
    const row = (await this.#frame.agg(() => ({ value })).first()) as { readonly value: number | null } | null;
    return row?.value ?? null;
  }
}
