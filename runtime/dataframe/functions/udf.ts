import { inspect, types } from "node:util";
import type { Decimal } from "decimal.js";
import { AnalysisError } from "../../errors.ts";
import { columnNamed } from "../../plan/column-path.ts";
import type { Expression } from "../../plan/expressions.ts";
import { parseType } from "../../plan/type-names.ts";
import type { Udf } from "../../plan/udf/udf.ts";
import type { CastType, KnownType, TypeNamed } from "../cast.ts";
import { type Column, makeColumn, operand } from "../column.ts";
import { refuseUndefined } from "../habits.ts";
import type { VariantValue } from "../row.ts";
import { isTypeBuilder } from "../schema-builder.ts";
import type * as Sql from "../types.ts";
import { identityOf } from "../udf/identity.ts";
import { expectJavaScript } from "../udf/nested.ts";

export type UdfOptions = {
  /** What it is called in column names, plans and errors; else its name in JavaScript. */
  readonly name?: string;
  /**
   * What becomes of a row in which an argument is null: "skip" (the default) makes the result null without a call, as SQL's
   * own functions do; "pass" calls the function with null.
   */
  readonly nulls?: "skip" | "pass";
  /** Whether it gives the same for the same arguments, as it should; else each call in a plan is a value of its own. */
  readonly deterministic?: boolean;
  /** How it gets LONG and dates, as in `collect`. */
  readonly long?: "number" | "bigint";
  readonly time?: "Date" | "Temporal";
};

/** A parameter that takes null says nothing of whether it is to be called with it. */
export type UdfOptionsFor<A extends readonly unknown[]> =
  TakesNull<A[number]> extends true
    ? [options: UdfOptions & Required<Pick<UdfOptions, "nulls">>]
    : [options?: UdfOptions];
// Where null fits everywhere, as where a cell is checked once more without it, it says nothing.
type TakesNull<V> = 0 extends 1 & V ? false : null extends string ? false : null extends V ? true : false;

/** A function over columns; a string names a column. */
export type UdfFunction<A extends readonly unknown[], T> = (
  ...columns: { readonly [I in keyof A]: UdfArgument<A[I]> }
) => Column<T | null>;

/** What a parameter of type V takes: columns whose values in `collect` are of that type. */
export type UdfArgument<V> =
  | string
  // What takes any VARIANT takes what may be in one.
  | (0 extends 1 & V ? Column<any, any> : VariantValue extends V ? Column<any, any> : Column<SqlTaking<V> | null, any>);

type SqlTaking<V> = V extends number
  ? Sql.Byte | Sql.Short | Sql.Int | Sql.Long | Sql.Float | Sql.Double
  : V extends string
    ? Sql.String
    : V extends boolean
      ? Sql.Boolean
      : V extends bigint
        ? Sql.Long
        : V extends Decimal
          ? Sql.Decimal
          : V extends Date
            ? Sql.Date | Sql.Timestamp | Sql.TimestampNtz
            : V extends Temporal.PlainDate
              ? Sql.Date
              : V extends Temporal.Instant
                ? Sql.Timestamp
                : V extends Temporal.PlainDateTime
                  ? Sql.TimestampNtz
                  : V extends Uint8Array
                    ? Sql.Binary
                    : V extends readonly unknown[]
                      ? Sql.Array<any>
                      : V extends ReadonlyMap<unknown, unknown>
                        ? Sql.Map<any, any>
                        : V extends null | undefined
                          ? never
                          : V extends object
                            ? Sql.Struct<any>
                            : any;

/** What a function may return for a SQL type: what `createDataFrame` takes for it. */
export type UdfResult<T> = 0 extends 1 & T
  ? any
  :
      | null
      | undefined
      | (T extends Sql.Long
          ? number | bigint
          : T extends Sql.Byte | Sql.Short | Sql.Int | Sql.Float | Sql.Double
            ? number
            : T extends Sql.Decimal
              ? Decimal | number | bigint
              : T extends Sql.String
                ? string
                : T extends Sql.Boolean
                  ? boolean
                  : T extends Sql.Date
                    ? Date | Temporal.PlainDate
                    : T extends Sql.Timestamp
                      ? Date | Temporal.Instant | Temporal.ZonedDateTime
                      : T extends Sql.TimestampNtz
                        ? Date | Temporal.PlainDateTime | Temporal.PlainDate
                        : T extends Sql.Binary
                          ? Uint8Array
                          : T extends Sql.Array<infer Element>
                            ? readonly UdfResult<Element>[] | ArrayBufferView
                            : T extends Sql.Map<infer Key, infer Value>
                              ? ReadonlyMap<UdfResult<Key>, UdfResult<Value>>
                              : T extends Sql.Struct<infer Fields>
                                ? { readonly [K in keyof Fields]?: UdfResult<Fields[K]> }
                                : T extends Sql.Variant
                                  ? unknown
                                  : any);

/**
 * A TypeScript function over columns: `const twice = udf((x: number) => x * 2, "DOUBLE")`, then `twice(f.delay)` anywhere a
 * column may be. It gets the values that `collect` gives, and returns one of the SQL type `type`, or null. Rows with null
 * among the arguments are null and make no call, unless `{ nulls: "pass" }`.
 *
 * It is called for batches of rows, in order; on several threads where there is much to compute and it uses nothing but its
 * arguments and JavaScript's own (`spark.quern.udf.threads`). A branch of `when` does not keep rows from it, a filter before
 * it does. DuckDB only: a Spark server runs no TypeScript.
 * @throws AnalysisError for an async function or an unknown type
 */
export function udf<const D extends CastType, A extends readonly any[]>(
  fn: (...args: A) => UdfResult<TypeNamed<D>>,
  type: KnownType<D>,
  ...[options = {}]: UdfOptionsFor<A>
): UdfFunction<A, TypeNamed<D>> {
  if (typeof fn !== "function")
    throw new AnalysisError(
      "UDF",
      `udf takes a function and its type, as in udf((x: number) => x * 2, "DOUBLE"), not ${inspect(fn, { depth: 0 })}`,
    );
  const name = options.name ?? (fn.name === "" ? "udf" : fn.name);
  if (types.isAsyncFunction(fn) || types.isGeneratorFunction(fn))
    throw new AnalysisError(
      "UDF",
      `udf: ${name} is ${types.isAsyncFunction(fn) ? "async" : "a generator"}, and a function over single values answers at once: use frame.mapInBatches for what has to wait`,
    );
  const { nulls = "skip", deterministic = true, long, time } = options;
  if (nulls !== "skip" && nulls !== "pass")
    throw new AnalysisError("UDF", `udf: nulls is "skip" or "pass", not ${inspect(nulls)}`);
  if (type === undefined)
    throw new AnalysisError("UDF", `udf: ${name} needs the SQL type that it returns: udf(fn, "DOUBLE")`);
  expectJavaScript();
  const sqlType = isTypeBuilder(type) ? type.type : parseType(type as string);
  const made: Udf = Object.freeze({
    name,
    fn,
    type: sqlType,
    nulls,
    deterministic,
    values: { long, time },
    toJSON: () => ({ name, type: sqlType, nulls, values: { long, time }, ...identityOf(fn, deterministic) }),
  });
  const apply: UdfFunction<A, TypeNamed<D>> = (...columns) => {
    for (const [index, column] of columns.entries()) refuseUndefined(name, column, index + 1);
    if (columns.length < fn.length)
      throw new AnalysisError("WRONG_ARITY", `${name} takes ${fn.length} columns, not ${columns.length}.`);
    return makeColumn({ kind: "udf", udf: made, args: columns.map(argument) });
  };
  // As the one that it was made of is shown, and others are.
  return Object.defineProperty(apply, "name", { value: name });
}

const argument = (given: unknown): Expression => (typeof given === "string" ? columnNamed(given) : operand(given));
