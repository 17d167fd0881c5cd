import type { RecordBatch } from "apache-arrow";
import { AnalysisError } from "../../errors.ts";
import type { Expression } from "../expressions.ts";
import type { Plan } from "../nodes.ts";
import type { SqlType } from "../types.ts";
import { childrenFirst, expressionsOf, operandsFirst } from "../walk.ts";

/** A function of the user's over single values, as `udf()` takes it. */
export type Udf = {
  readonly name: string;
  readonly fn: (...args: any[]) => unknown;
  /** What it returns; its arguments are what `collect` gives for their columns. */
  readonly type: SqlType;
  /** "skip": where an argument is null, so is the result, and the function is not called. */
  readonly nulls: "skip" | "pass";
  readonly deterministic: boolean;
  readonly values: {
    readonly long?: "number" | "bigint" | undefined;
    readonly time?: "Date" | "Temporal" | undefined;
    readonly variant?: "encoded";
  };
  /** Null for null alone, which "skip" makes it: else it may always be. */
  readonly strict?: true;
  /** It stands for a function of Spark's (dataframe/udf/built-in/), by what another thread needs to make it too. */
  readonly builtIn?: BuiltIn;
  /** For comparing plans: equal for functions that are sure to do the same. */
  toJSON(): unknown;
};

/** Which of Spark's functions, and what the call says of it, as data. */
export type BuiltIn = {
  readonly name: string;
  readonly parameters: unknown;
  /** Over arrays: which arguments have a value for each element. */
  readonly elements?: readonly boolean[];
  /** Where it is over arrays, what null does among the values of an element. */
  readonly nulls?: Udf["nulls"];
};

/** A function of the user's from Arrow batches to rows. */
export type BatchMap = {
  readonly name: string;
  readonly fn: (batch: RecordBatch) => unknown;
  toJSON(): unknown;
};

export type UdfCall = Extract<Expression, { kind: "udf" }>;

export const hasUdf = (root: Expression): boolean => operandsFirst(root).some(({ kind }) => kind === "udf");

/**
 * Functions of Spark's that DuckDB has not, or with another meaning, and that JavaScript computes there (dataframe/udf/built-in/).
 * A call is made a call of a udf when its plan is run.
 */
export const builtIns: ReadonlySet<string> = new Set([
  "get_json_object",
  "json_array_length",
  "json_object_keys",
  "json_tuple",
  "from_json",
  "schema_of_json",
  "from_csv",
  "schema_of_csv",
  "to_number",
  "try_to_number",
  "to_char",
  "to_varchar",
  "parse_json",
  "try_parse_json",
  "is_valid_variant",
  "to_variant_object",
  "variant_get",
  "try_variant_get",
  "schema_of_variant",
  "schema_of_variant_agg",
  "shapeOfVariant",
]);

export const isBuiltIn = (part: Expression): boolean => part.kind === "call" && builtIns.has(part.name);

/**
 * What is a built-in function where its types have VARIANTs, which no step shows by itself: SQL that meets one says so by this
 * code, before anything has run.
 */
export const mayBeOfVariant = (part: Expression): boolean =>
  part.kind === "cast" || (part.kind === "call" && (part.name === "to_json" || part.name === "rowToJson"));

export const OF_VARIANT = "NEEDS_TYPESCRIPT";

export const ofVariant = (name: string): AnalysisError =>
  new AnalysisError(OF_VARIANT, `${builtInOutsideOfSql(`${name} over a VARIANT`)}.`);

/** Whether JavaScript has a part in this step. */
export const isInJavaScript = (node: Plan): boolean =>
  node.kind === "mapInBatches" ||
  expressionsOf(node).some((root) => operandsFirst(root).some((part) => part.kind === "udf" || isBuiltIn(part)));

/** Whether JavaScript has a part in the plan. */
export function needsJavaScript(plan: Plan): boolean {
  for (const node of childrenFirst(plan, (one) => pure.has(one))) {
    if (isInJavaScript(node)) return true;
    pure.add(node);
  }
  return false;
}

/** Plans without such a step, of which chains are made that are asked again and again. */
const pure = new WeakSet<Plan>();

/** What SQL says that names such a function in a place where nothing but SQL is run. */
export const outsideOfSql = (name: string): string =>
  `The function ${name} is TypeScript, which SQL text and commands do not compute: use the frame itself, or keep its rows first (cache, checkpoint)`;

/** The same of a function of Spark's that JavaScript computes. */
export const builtInOutsideOfSql = (name: string): string =>
  `The function ${name} is computed by TypeScript here, which SQL text and commands do not do on DuckDB: use the frame itself, or keep its rows first (cache, checkpoint)`;

/** Spark has no JavaScript. */
export const notOnSpark = (name: string): string =>
  `The function ${name} is TypeScript, which a Spark server does not run. Use functions of F or expr("…"), which both engines compute; or bring the rows here: await use("duckdb"); const here = await transfer(frame).`;
