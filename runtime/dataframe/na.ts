import { inspect } from "node:util";
import { AnalysisError } from "../errors.ts";
import type { Expression } from "../plan/expressions.ts";
import type { Named } from "../plan/nodes.ts";
import { type Column, operand } from "./column.ts";
import { namesIn } from "./column-arguments.ts";
import type { DataFrame } from "./dataframe.ts";
import { offered } from "./inspect-text.ts";
import type { Literal } from "./operands.ts";
import { over, type Rows } from "./rows.ts";
import { step } from "./step.ts";
import type * as Sql from "./types.ts";

type Name<S> = keyof S & string;
type Names<S> = Name<S> | readonly Name<S>[];
export type FillValue = Exclude<Literal, null>;

/** Numbers fill numeric columns, texts those of text, and so on. */
type FilledBy<V> = V extends number | bigint
  ? Sql.Numeric
  : V extends string
    ? Sql.String
    : V extends boolean
      ? Sql.Boolean
      : any;

/** S without null in the columns that a value fills. */
export type Filled<S, V, N extends string = Name<S>> = 0 extends 1 & S
  ? any
  : { [K in keyof S]: K extends N ? ([Exclude<S[K], null>] extends [FilledBy<V>] ? Exclude<S[K], null> : S[K]) : S[K] };

export type FilledEach<S, M> = 0 extends 1 & S
  ? any
  : { [K in keyof S]: K extends keyof M ? Exclude<S[K], null> : S[K] };

/** S without null in the columns that have to hold a value. */
export type Dropped<S, N extends string = Name<S>> = 0 extends 1 & S
  ? any
  : { [K in keyof S]: K extends N ? Exclude<S[K], null> : S[K] };

export type DropOptions<S> = {
  /** "any": rows with a null in one of the columns; "all": those with nulls only. */
  readonly how?: "any" | "all";
  /** Keeps rows that hold at least so many values; it goes before `how`. */
  readonly thresh?: number;
  readonly subset?: Names<S>;
};

/** What is missing: nulls, and NaN in FLOAT and DOUBLE columns. `df.na`. */
export class MissingValues<S> {
  readonly #frame: Rows<S>;

  constructor(frame: Rows<S>) {
    this.#frame = frame;
  }

  /** Puts a value in the place of missing ones in columns of its kind: `fill(0)`, `fill(0, ["a"])`, `fill({ a: 0, b: "" })`. */
  fill<const V extends FillValue>(value: V): DataFrame<Filled<S, V>>;
  fill<const V extends FillValue, const N extends Name<S>>(
    value: V,
    subset: N | readonly N[],
  ): DataFrame<Filled<S, V, N>>;
  fill<const M extends { readonly [K in Name<S>]?: FillValue }>(values: M): DataFrame<FilledEach<S, M>>;
  fill(value: unknown, subset?: string | readonly string[]): DataFrame<any> {
    const rule = { method: "fillna", value: fillingOf(value), ...subsetOf("fillna", subset) } as const;
    return over(this.#frame, step({ kind: "derived", input: this.#frame.plan, rule }));
  }

  /** Leaves rows out that miss a value: `drop()`, `drop("all")`, `drop(["a", "b"])`, `drop({ thresh: 2 })`. */
  drop(): DataFrame<Dropped<S>>;
  drop(how: "any" | "all" | DropOptions<S>): DataFrame<S>;
  drop<const N extends Name<S>>(subset: readonly N[]): DataFrame<Dropped<S, N>>;
  drop(given: string | readonly string[] | DropOptions<any> = {}): DataFrame<any> {
    const options: DropOptions<any> = Array.isArray(given)
      ? { subset: given }
      : typeof given === "string"
        ? { how: given as "any" }
        : (given as DropOptions<any>);
    const { how = "any", thresh, subset } = options;
    if (how !== "any" && how !== "all")
      throw new AnalysisError("NA_DROP", `dropna: how is "any" or "all", not ${inspect(how)}`);
    if (thresh !== undefined && !Number.isSafeInteger(thresh))
      throw new AnalysisError("NA_DROP", `dropna: thresh is a whole number, not ${inspect(thresh)}`);
    const least = thresh ?? (how === "all" ? 1 : undefined);
    const rule = { method: "dropna", ...(least !== undefined && { least }), ...subsetOf("dropna", subset) } as const;
    return over(this.#frame, step({ kind: "derived", input: this.#frame.plan, rule }));
  }

  /** Puts other values in the place of some: `replace("?", null)`, `replace({ ny: "New York" })`, in columns of their kind. */
  replace(from: Literal | readonly Literal[], to: Literal | readonly Literal[], subset?: Names<S>): DataFrame<S>;
  replace(values: { readonly [from: string]: Literal }, subset?: Names<S>): DataFrame<S>;
  replace(from: unknown, to?: unknown, subset?: string | readonly string[]): DataFrame<any> {
    const isMap = isPlain(from);
    const names = isMap ? (to as string | readonly string[] | undefined) : subset;
    const rule = {
      method: "replace",
      pairs: isMap
        ? Object.entries(from).map(([key, value]) => [operand(key), operand(value)] as const)
        : pairs(from, to),
      ...subsetOf("replace", names),
    } as const;
    return over(this.#frame, step({ kind: "derived", input: this.#frame.plan, rule }));
  }

  [inspect.custom](): string {
    return offered("Missing values:", this);
  }
}

function fillingOf(value: unknown): Expression | readonly Named[] {
  if (isPlain(value)) return Object.entries(value).map(([name, one]) => ({ name, expression: literal("fillna", one) }));
  return literal("fillna", value);
}

function literal(method: string, value: unknown): Expression {
  const expression = operand(value);
  if (expression.kind === "literal" && expression.value !== null) return expression;
  throw new AnalysisError("VALUE", `${method} takes a value that is not null, not ${inspect(value, { depth: 0 })}`);
}

function pairs(from: unknown, to: unknown): (readonly [Expression, Expression])[] {
  const olds = Array.isArray(from) ? from : [from];
  const news = Array.isArray(to) ? to : olds.map(() => to);
  if (olds.length !== news.length)
    throw new AnalysisError(
      "REPLACE",
      `replace: there are ${olds.length} values to replace, and ${news.length} to put in.`,
    );
  return olds.map((old, index) => [operand(old), operand(news[index] ?? null)] as const);
}

const subsetOf = (method: string, subset: string | readonly (string | Column)[] | undefined) =>
  subset === undefined ? {} : { subset: namesIn(method, typeof subset === "string" ? [subset] : subset) };

const isPlain = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
