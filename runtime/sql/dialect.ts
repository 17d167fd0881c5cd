import type { Expression, LiteralValue, Variable } from "../plan/expressions.ts";
import type { Typed } from "../plan/functions/entry.ts";
import type { PlanOf } from "../plan/nodes.ts";
import type { Schema, SqlType } from "../plan/types.ts";
import type { Fragment } from "./fragment.ts";

/** An argument of a call, compiled and converted to the type that the function takes. */
export type Arg = Typed & {
  readonly fragment: Fragment;
  /** For a place between commas or in brackets. */
  readonly text: string;
  /** For a place beside an operator. */
  readonly operand: string;
  readonly expression: Expression;
  /** The argument before it was converted; itself where nothing was to be done. */
  readonly given: Unconverted;
};

export type Unconverted = Omit<Arg, "given">;

export type Call = {
  readonly name: string;
  readonly args: readonly Arg[];
  readonly result: Typed;
  readonly distinct: boolean;
  /** ` OVER (…)`, or nothing. An aggregate's or window function's template puts it behind the call itself. */
  readonly over: string;
};

/** As many arguments as the function table allows; a template of an optional one looks at `args.length` first. */
export type Args = readonly [Arg, Arg, Arg, ...Arg[]];
export type Template = (args: Args, call: Call) => Fragment | string;
export type Templates = { readonly [name: string]: Template };

/** What differs between engines in SQL. A plain string from a template is a call or a name: it needs no parentheses. */
export type Dialect = {
  readonly name: "duckdb" | "spark";
  quote(name: string): string;
  literal(value: LiteralValue, type: SqlType): Fragment;
  /** A cast that the user wrote. */
  cast(arg: Unconverted, to: SqlType, onError: "fail" | "null"): Fragment;
  /** A conversion that the function table asks for; the argument itself where the engine does it alike. */
  convert(arg: Unconverted, to: SqlType): Fragment;
  /** Text of the user's own, of the type that the engine was asked for ("void" where it was not). */
  userText(text: string, type: SqlType, columnType: (name: string) => SqlType | undefined): Fragment;
  /** Refuses columns of inputs that a query of the user's own cannot have. */
  checkInput?(schema: Schema): void;
  field(input: Unconverted, name: string): Fragment;
  /** A parameter of a lambda, where it is used. */
  variable(variable: Variable): Fragment;
  lambda(parameters: readonly Variable[], body: Fragment): Fragment;
  /** In place of what a function of the user's computes: of its type, and an error where it is run all the same. */
  outside(functionName: string, type: SqlType): Fragment;
  /** For functions whose SQL is not `name(arguments)`. */
  readonly functions: Templates;
  /** What groups of equal rows show of a key of theirs, where it is not the key of any of them. */
  groupKey?(key: Fragment, type: SqlType): Fragment;
  /** What values of a type are ordered by, where it is not the values. */
  orderKey?(text: string, type: SqlType): string;
  /** A RANGE frame's distance for keys of a type. */
  rangeDistance(distance: number, key: SqlType | undefined): string;
  /** Literals are keys like others in a window's order, and some functions need an order; else they are left out. */
  readonly ordersWindowsByLiterals?: true;
  /** Replaces columns in place: `* REPLACE (…)`; undefined where all columns have to be listed. */
  starReplacing?(replacements: readonly string[]): string;
  /** Whether advice for the planner can stand in the SQL; else it is left out. */
  readonly hasHints?: true;
  /** A generator of several columns gives one of structs; else it has a name for each: `posexplode(x) AS (a, b)`. */
  readonly generatesStructs?: true;
  /** Whether it has ASOF JOIN. */
  readonly hasAsofJoin?: true;
  /** What stands behind TABLESAMPLE. */
  sample(plan: PlanOf<"sample">): string;
  /** A query or table with the column "id". */
  range(plan: PlanOf<"range">): { readonly from: string; readonly select?: readonly string[] };
};
