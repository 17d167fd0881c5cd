import type { Table } from "apache-arrow";
import type { Origin } from "../errors.ts";
import type { Rule } from "./derived/rule.ts";
import type { Expression, SortKey, SqlDialect } from "./expressions.ts";
import type { Schema } from "./types.ts";
import type { BatchMap } from "./udf/udf.ts";

/** An output column: every expression of a projection has its name. */
export type Named = {
  readonly name: string;
  readonly expression: Expression;
  /** The name is what the expression calls itself, and the columns that it names have not been found yet. */
  readonly isOwnName?: true;
  /** Those that the user gave to the columns of a generator, which may be several. */
  readonly names?: readonly string[];
};

/** The formats of files that every engine reads and writes. */
export type FileFormat = "parquet" | "csv" | "json";

/** Spark's union and unionByName are UNION ALL. */
export type SetOperator = "UNION ALL" | "INTERSECT" | "INTERSECT ALL" | "EXCEPT" | "EXCEPT ALL";

export type SetMatch = "position" | "name" | "allowMissing";

export type JoinType = "inner" | "left" | "right" | "full" | "semi" | "anti" | "cross";

type Node =
  | {
      readonly kind: "read";
      /** One of files, or another that the engine knows ("delta", "jdbc"). */
      readonly format: string;
      /** As the user gave them: files, folders or globs; none where options say where. */
      readonly paths: readonly string[];
      /** The working folder at that time, which relative paths on this machine begin in. */
      readonly folder?: string;
      /** Spark's option names; lower-cased for the formats of files. */
      readonly options: { readonly [name: string]: string };
      readonly schema?: Schema;
    }
  | { readonly kind: "table"; readonly name: string }
  /** SQL text, in the engine's dialect unless it says another; `inputs` are the frames that it names. */
  | {
      readonly kind: "sql";
      readonly text: string;
      readonly inputs: { readonly [name: string]: Plan };
      readonly dialect?: SqlDialect;
      /** The text was in another dialect. */
      readonly isTranslated?: true;
    }
  /** `partitions`: how many Spark makes of it. */
  | {
      readonly kind: "range";
      readonly start: bigint;
      readonly end: bigint;
      readonly step: bigint;
      readonly partitions?: number;
    }
  /** Data that comes from JavaScript. */
  | { readonly kind: "local"; readonly data: Table; readonly schema: Schema }
  | { readonly kind: "project"; readonly input: Plan; readonly columns: readonly Named[] }
  /** Adds columns, or replaces those of the same name in place. */
  | { readonly kind: "withColumns"; readonly input: Plan; readonly columns: readonly Named[] }
  | { readonly kind: "rename"; readonly input: Plan; readonly names: { readonly [from: string]: string } }
  | { readonly kind: "drop"; readonly input: Plan; readonly names: readonly string[] }
  | { readonly kind: "filter"; readonly input: Plan; readonly condition: Expression }
  | {
      readonly kind: "aggregate";
      readonly input: Plan;
      readonly groups: readonly Named[];
      /** Groups by several choices of `groups` at once, each listed by position; the others are null in its rows. */
      readonly sets?: readonly (readonly number[])[];
      readonly aggregates: readonly Named[];
    }
  | { readonly kind: "distinct"; readonly input: Plan }
  /** "partitions": on Spark each by itself, elsewhere all rows. */
  | { readonly kind: "sort"; readonly input: Plan; readonly keys: readonly SortKey[]; readonly within?: "partitions" }
  | { readonly kind: "limit"; readonly input: Plan; readonly count: number; readonly offset: number }
  /** Each row with this probability. */
  | { readonly kind: "sample"; readonly input: Plan; readonly fraction: number; readonly seed: number }
  /** Aggregates of its rows are computed with the first action; the rows stay as they are. */
  | { readonly kind: "observe"; readonly input: Plan; readonly name: string; readonly metrics: readonly Named[] }
  /** Its columns can be named with the alias before them. */
  | { readonly kind: "alias"; readonly input: Plan; readonly name: string }
  /** Advice for the planner: the rows and columns stay as they are. Spark's partitioning is among its hints. */
  | { readonly kind: "hint"; readonly input: Plan; readonly name: string; readonly parameters: readonly Expression[] }
  | {
      readonly kind: "join";
      readonly left: Plan;
      readonly right: Plan;
      readonly how: JoinType;
      /** Equal names of both sides; one column of each is kept. */
      readonly using?: readonly string[];
      readonly condition?: Expression;
      /** Put behind the right side's clashing names. */
      readonly suffix?: string;
      /** "nearest": of the right rows that fit, the one that is nearest by the condition; "lateral": a right side for each left row. */
      readonly match?: "nearest" | "lateral";
    }
  /** Rows of both, compared or put together by whole rows. */
  | {
      readonly kind: "set";
      readonly left: Plan;
      readonly right: Plan;
      readonly operator: SetOperator;
      /** Which columns are the same ones; "allowMissing": those that one side has not are null there. */
      readonly match: SetMatch;
    }
  /** Rows that a function of the user's makes of the input's Arrow batches. */
  | { readonly kind: "mapInBatches"; readonly input: Plan; readonly map: BatchMap; readonly schema: Schema }
  /** Replaced by the steps that it stands for, before anything else is done with the plan (plan/derived/). */
  | { readonly kind: "derived"; readonly input: Plan; readonly rule: Rule }
  /** Put in for a cached sub-plan: its rows are in the engine's table `table`. */
  | {
      readonly kind: "stored";
      readonly table: string;
      readonly schema: Schema;
      /** Where the engine tells. */
      readonly rows?: number;
      readonly input: Plan;
    };

/**
 * A logical plan: frozen data without behaviour. `origin` is the step in the user's code that made the node; it takes
 * no part in comparing plans.
 */
export type Plan = Readonly<
  Node & {
    origin?: Origin;
    /** The rows around a sub-plan that its expressions name columns of. */
    outer?: Plan;
    /** Sub-plans that expressions of a filter, project or withColumns name by their position. */
    subqueries?: readonly Plan[];
  }
>;

export type PlanKind = Plan["kind"];
export type PlanOf<K extends PlanKind> = Extract<Plan, { kind: K }>;
