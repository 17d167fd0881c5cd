import type { DataFrame } from "./dataframe.ts";
import {
  type DropOptions,
  type Filled,
  type FilledEach,
  type FilledNames,
  type Fillings,
  type FillValue,
  MissingValues,
  type Names,
  type Replacements,
  type Replacing,
  type Dropped as WithoutNulls,
} from "./na.ts";
import type { NumericName } from "./named-aggregates.ts";
import type { Literal } from "./operands.ts";
import { Results } from "./results.ts";
import type { Union } from "./schema-types.ts";
import { type Quantiles, Statistics } from "./statistics.ts";

/** Missing values and statistics, with Spark's second names for what is theirs. */
export abstract class Synonyms<S = any> extends Results<S> {
  /** Missing values: `na.fill(0)`, `na.drop()`, `na.replace("?", null)`. */
  get na(): MissingValues<S> {
    return new MissingValues(this);
  }
  /** The same as na.fill. */
  fillna<const V extends FillValue>(value: V): DataFrame<Filled<S, V>>;
  fillna<const V extends FillValue, const N extends FilledNames<S, V>>(
    value: V,
    subset: N | readonly N[],
  ): DataFrame<Filled<S, V, N>>;
  fillna<const M extends Fillings<S>>(values: M): DataFrame<FilledEach<S, M>>;
  fillna(...given: readonly [any, any?]): DataFrame<any> {
    return this.na.fill(...given);
  }
  /** The same as na.drop. */
  dropna(): DataFrame<WithoutNulls<S>>;
  dropna(how: DropOptions<S>): DataFrame<S>;
  dropna(how: "any" | "all", thresh?: number | null, subset?: Names<S>): DataFrame<S>;
  dropna<const N extends keyof S & string>(subset: readonly N[]): DataFrame<WithoutNulls<S, N>>;
  dropna(...given: readonly [any?, any?, any?]): DataFrame<any> {
    return this.na.drop(...(given as [any, any, any]));
  }
  /** The same as na.replace. */
  replace<const V extends Literal | readonly Literal[] | Replacements>(from: V, ...more: Replacing<S, V>): DataFrame<S>;
  replace(...given: readonly [any, any?, any?]): DataFrame<any> {
    return this.na.replace(...given);
  }

  /** Statistics of columns, and quantiles: `stat.corr("a", "b")`. */
  get stat(): Statistics<S> {
    return new Statistics(this as unknown as DataFrame<S>);
  }
  /** The same as stat.corr. */
  corr(...given: Parameters<Statistics<S>["corr"]>): Promise<number | null> {
    return this.stat.corr(...given);
  }
  /** The same as stat.cov. */
  cov(...given: Parameters<Statistics<S>["cov"]>): Promise<number | null> {
    return this.stat.cov(...given);
  }
  /** The same as stat.approxQuantile. */
  approxQuantile<const C extends NumericName<S> | readonly NumericName<S>[]>(
    column: C,
    parts: readonly number[],
    relativeError?: number,
  ): Promise<Quantiles<C>> {
    return this.stat.approxQuantile(column, parts, relativeError);
  }
  /** The same as stat.crosstab. */
  crosstab(...given: Parameters<Statistics<S>["crosstab"]>): DataFrame<any> {
    return this.stat.crosstab(...given);
  }
  /** The same as stat.freqItems. */
  freqItems<const A extends readonly (keyof S & string)[]>(
    columns: A,
    support?: number,
  ): ReturnType<Statistics<S>["freqItems"]> {
    return this.stat.freqItems(columns, support);
  }
  /** The same as stat.sampleBy. */
  sampleBy(...given: Parameters<Statistics<S>["sampleBy"]>): DataFrame<S> {
    return this.stat.sampleBy(...given);
  }
  /** The same as union. */
  unionAll<R = any>(other: DataFrame<R>): DataFrame<Union<S, R>> {
    return this.union(other);
  }
}
