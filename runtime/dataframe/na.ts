import { inspect } from "node:util";
import { AnalysisError } from "../errors.ts";
import { kindOfLiteral } from "../plan/derived/nulls.ts";
import type { Expression } from "../plan/expressions.ts";
import type { Named } from "../plan/nodes.ts";
import { type Column, operand } from "./column.ts";
import { namesIn } from "./column-arguments.ts";
import type { DataFrame } from "./dataframe.ts";
import { offered } from "./inspect-text.ts";
import type { Comparable, Literal } from "./operands.ts";
import { over, type Rows } from "./rows.ts";
import { step } from "./step.ts";
import type * as Sql from "./types.ts";

type Name<S> = keyof S & string;
export type Names<S> = Name<S> | readonly Name<S>[];
export type FillValue = Exclude<Literal, null>;

/** Numbers fill numeric columns, texts those of text, and so on. */
type FilledBy<V> = V extends number | bigint
  ? Sql.Numeric
  : V extends string
    ? Sql.String
    : V extends boolean
      ? Sql.Boolean
      : any;

/** The columns that a value fills, or is looked for in. */
export type FilledNames<S, V> = 0 extends 1 & S
  ? string
  : [V] extends [null]
    ? keyof S & string
    : { [K in keyof S]: [Exclude<S[K], null>] extends [FilledBy<Exclude<V, null>>] ? K : never }[keyof S] & string;

/** Values for the columns of these names, each of its column's kind. */
export type Fillings<S> = { readonly [K in Name<S>]?: Exclude<Comparable<S[K]>, Column<any, any> | null> };

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

type NumericValue = Extract<Comparable<Sql.Double>, Literal>;

/** Null, and values of the kind of V. */
type Alike<V> = [V] extends [NumericValue]
  ? NumericValue | null
  : [V] extends [string]
    ? string | null
    : [V] extends [boolean]
      ? boolean | null
      : Literal;

/** What follows values that are replaced. */
export type Replacing<S, V> = V extends Literal | readonly Literal[]
  ? Replaced<S, V extends readonly (infer One)[] ? One : V>
  : [subset?: FilledNames<S, null> | readonly FilledNames<S, null>[]];
type Replaced<S, V> = [
  to: Alike<Exclude<V, null>> | readonly Alike<Exclude<V, null>>[],
  subset?: FilledNames<S, V> | readonly FilledNames<S, V>[],
];

/** Values with what takes their place: the keys of an object are texts, or numbers or booleans where their values are. */
export type Replacements = { readonly [from: string]: Literal } | ReadonlyMap<Literal, Literal>;

/** What is missing: nulls, and NaN in FLOAT and DOUBLE columns. `df.na`. */
export class MissingValues<S> {
  readonly #frame: Rows<S>;

  constructor(frame: Rows<S>) {
    this.#frame = frame;
  }

  /** Puts a value in the place of missing ones in columns of its kind: `fill(0)`, `fill(0, ["a"])`, `fill({ a: 0, b: "" })`. */
  fill<const V extends FillValue>(value: V): DataFrame<Filled<S, V>>;
  fill<const V extends FillValue, const N extends FilledNames<S, V>>(
    value: V,
    subset: N | readonly N[],
  ): DataFrame<Filled<S, V, N>>;
  fill<const M extends Fillings<S>>(values: M): DataFrame<FilledEach<S, M>>;
  fill(value: unknown, subset?: string | readonly string[]): DataFrame<any> {
    const rule = { method: "fillna", value: fillingOf(value), ...subsetOf("fillna", subset) } as const;
    return over(this.#frame, step({ kind: "derived", input: this.#frame.plan, rule }));
  }

  /**
   * Leaves rows out that miss a value: `drop()`, `drop("all")`, `drop(["a", "b"])`, `drop({ thresh: 2 })`, `drop("any", 2,
   * ["a", "b"])`.
   */
  drop(): DataFrame<Dropped<S>>;
  drop(how: DropOptions<S>): DataFrame<S>;
  drop(how: "any" | "all", thresh?: number | null, subset?: Names<S>): DataFrame<S>;
  drop<const N extends Name<S>>(subset: readonly N[]): DataFrame<Dropped<S, N>>;
  drop(...given: readonly unknown[]): DataFrame<any> {
    const { how = "any", thresh, subset } = dropOptions(given);
    if (how !== "any" && how !== "all")
      throw new AnalysisError("NA_DROP", `dropna: how is "any" or "all", not ${inspect(how)}`);
    if (thresh !== undefined && !Number.isSafeInteger(thresh))
      throw new AnalysisError("NA_DROP", `dropna: thresh is a whole number, not ${inspect(thresh)}`);
    const least = thresh ?? (how === "all" ? 1 : undefined);
    const rule = { method: "dropna", ...(least !== undefined && { least }), ...subsetOf("dropna", subset) } as const;
    return over(this.#frame, step({ kind: "derived", input: this.#frame.plan, rule }));
  }

  /**
   * Puts other values in the place of some, in columns of their kind: `replace("?", null)`, `replace([1, 2], [10, 20])`,
   * `replace({ ny: "New York" })`, `replace(new Map([[-1, null]]), ["a", "b"])`. Values and what takes their place are of one
   * kind: texts, numbers, or booleans.
   */
  replace<const V extends Literal | readonly Literal[] | Replacements>(from: V, ...more: Replacing<S, V>): DataFrame<S>;
  replace(from: unknown, ...given: readonly [to?: unknown, subset?: unknown]): DataFrame<any> {
    const isMap = isPlain(from) || from instanceof Map;
    const [to, subset] = isMap ? [undefined, given[0] ?? given[1]] : given;
    if (isMap && (given[0] ?? null) !== null && (given[1] ?? null) !== null)
      throw new AnalysisError(
        "REPLACE",
        "replace: values with their replacements are followed by names of columns alone.",
      );
    const rule = {
      method: "replace",
      pairs: from instanceof Map ? [...from].map(pair) : isPlain(from) ? pairsOfObject(from) : pairs(from, to),
      ...subsetOf("replace", (subset ?? undefined) as string | readonly string[] | undefined),
    } as const;
    checkKinds(rule.pairs);
    return over(this.#frame, step({ kind: "derived", input: this.#frame.plan, rule }));
  }

  [inspect.custom](): string {
    return offered("Missing values:", this);
  }
}

function dropOptions(given: readonly unknown[]): DropOptions<any> {
  const [first = {}, ...more] = given;
  if (Array.isArray(first) && more.length === 0) return { subset: first };
  if (typeof first === "string") {
    const [thresh, subset] = more.map((one) => one ?? undefined) as [number?, Names<any>?];
    return { how: first as "any", ...(thresh !== undefined && { thresh }), ...(subset !== undefined && { subset }) };
  }
  const isKnown = (name: string) => name === "how" || name === "thresh" || name === "subset";
  if (isPlain(first) && Object.keys(first).every(isKnown) && more.length === 0) return first;
  throw new AnalysisError(
    "NA_DROP",
    `dropna takes how, thresh and subset: dropna("any", 2, ["a", "b"]) or dropna({ thresh: 2, subset: ["a", "b"] }), not ${inspect(given, { depth: 1 })}`,
  );
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

type Pair = readonly [from: Expression, to: Expression];

function pairs(from: unknown, to: unknown): Pair[] {
  const olds = Array.isArray(from) ? from : [from];
  const news = Array.isArray(to) ? to : olds.map(() => to);
  if (olds.length !== news.length)
    throw new AnalysisError(
      "REPLACE",
      `replace: there are ${olds.length} values to replace, and ${news.length} to put in.`,
    );
  return olds.map((old, index) => pair([old, news[index] ?? null]));
}

const pair = ([from, to]: readonly [unknown, unknown]): Pair => [operand(from), operand(to)];

/** JavaScript makes texts of an object's keys: beside a number or a boolean they are what they were. */
const pairsOfObject = (values: { readonly [from: string]: unknown }): Pair[] =>
  Object.entries(values).flatMap(([key, value]) => {
    const number = key.trim() !== "" && Number.isFinite(Number(key)) ? [pair([Number(key), value])] : [];
    const boolean = key === "true" || key === "false" ? [pair([key === "true", value])] : [];
    if ((typeof value === "number" || typeof value === "bigint") && number.length > 0) return number;
    if (typeof value === "boolean" && boolean.length > 0) return boolean;
    // With null they may be any of these.
    return value === null ? [pair([key, value]), ...number, ...boolean] : [pair([key, value])];
  });

/** As Spark has it: a text in the place of a number would have to become one. */
function checkKinds(pairs: readonly Pair[]): void {
  for (const [from, to] of pairs) {
    const [own, other] = [kindOfLiteral(from), kindOfLiteral(to)];
    if (own === undefined || other === undefined || own === other) continue;
    throw new AnalysisError(
      "REPLACE",
      `replace: a value and what takes its place are of one kind, not ${own} and ${other}; cast the column first.`,
    );
  }
}

const subsetOf = (method: string, subset: string | readonly (string | Column)[] | undefined) =>
  subset === undefined ? {} : { subset: namesIn(method, typeof subset === "string" ? [subset] : subset) };

const isPlain = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
