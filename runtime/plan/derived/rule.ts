import type { Origin } from "../../errors.ts";
import type { Expression } from "../expressions.ts";
import type { Named, Plan, PlanKind, PlanOf } from "../nodes.ts";
import type { Schema } from "../types.ts";

/** A value of the pivot's column, and the name of the column that it becomes. */
export type PivotValue = { readonly name: string; readonly literal: Expression };

/** A step whose meaning depends on the columns that its input turns out to have; `method` is the DataFrame's. */
export type Rule =
  | {
      readonly method: "fillna";
      /** One value for all columns of its kind, or one for each of these columns. */
      readonly value: Expression | readonly Named[];
      readonly subset?: readonly string[];
    }
  | {
      readonly method: "dropna";
      /** So many columns have to hold a value; by default all of them. */
      readonly least?: number;
      readonly subset?: readonly string[];
    }
  | {
      readonly method: "replace";
      readonly pairs: readonly (readonly [from: Expression, to: Expression])[];
      readonly subset?: readonly string[];
    }
  | {
      readonly method: "describe" | "summary";
      readonly statistics: readonly string[];
      readonly subset?: readonly string[];
    }
  | {
      readonly method: "unpivot";
      readonly ids: readonly string[];
      readonly subset?: readonly string[];
      readonly variable: string;
      readonly value: string;
    }
  | { readonly method: "toDF"; readonly names: readonly string[] }
  | { readonly method: "toJSON" }
  | { readonly method: "zipWithIndex"; readonly name: string }
  /** By the values of the column `index`, or of the first one. */
  | { readonly method: "transpose"; readonly index?: string }
  /** Expressions of it stand for several columns. */
  | { readonly method: "select"; readonly columns: readonly Named[] }
  | { readonly method: "to"; readonly schema: Schema }
  | { readonly method: "randomSplit"; readonly from: number; readonly to: number; readonly seed: number }
  /** With replacement; the mean number of times that a row is taken. */
  | { readonly method: "sample"; readonly mean: number; readonly seed: number }
  | {
      readonly method: "sampleBy";
      readonly name: string;
      readonly fractions: readonly { readonly value: Expression; readonly fraction: number }[];
      readonly seed: number;
    }
  | { readonly method: "freqItems"; readonly names: readonly string[]; readonly support: number }
  /** Of each column that holds numbers; with `pivot`, for each of its values, which are those in the data unless they are named. */
  | {
      readonly method: "sum" | "avg" | "min" | "max";
      readonly groups: readonly Named[];
      readonly sets?: readonly (readonly number[])[];
      readonly pivot?: { readonly column: Named; readonly values?: readonly PivotValue[] };
    }
  /** With windows over the groups among the aggregates. */
  | {
      readonly method: "agg";
      readonly groups: readonly Named[];
      readonly sets?: readonly (readonly number[])[];
      readonly aggregates: readonly Named[];
    }
  /** Its input has a row for each group and value; `groups` says how many columns of it are the groups', `aggregates` are names. */
  | {
      readonly method: "pivot";
      readonly groups: number;
      readonly aggregates: readonly string[];
      readonly values?: readonly PivotValue[];
    };

/** Those of a rule's columns that the user gave expressions. */
export function columnsOfRule(rule: Rule): readonly Named[] {
  switch (rule.method) {
    case "select":
      return rule.columns;
    case "agg":
      return [...rule.groups, ...rule.aggregates];
    case "sum":
    case "avg":
    case "min":
    case "max":
      return [...rule.groups, ...(rule.pivot ? [rule.pivot.column] : [])];
    default:
      return [];
  }
}

export type RuleOf<M extends Rule["method"]> = Extract<Rule, { method: M }>;

/** Makes nodes of the derived step, which stand where it stood in the user's code. */
export type Make = <K extends PlanKind>(node: Omit<PlanOf<K>, "origin" | "kind"> & { readonly kind: K }) => Plan;

export const makeAt = (origin: Origin | undefined): Make =>
  ((node: object) => Object.freeze({ ...node, ...(origin && { origin }) })) as unknown as Make;

export type Deriving = {
  readonly input: Plan;
  readonly schema: Schema;
  readonly make: Make;
  /** What its expressions name beside the columns of the input. */
  readonly around?: Pick<Plan, "outer" | "subqueries">;
};

/** `then` where the condition is true, else null or `otherwise`. */
export const caseOf = (
  branches: readonly (readonly [when: Expression, then: Expression])[],
  otherwise?: Expression,
): Expression => ({
  kind: "case",
  branches: branches.map(([when, then]) => ({ when, then })),
  ...(otherwise && { otherwise }),
});
export const column = (name: string): Expression => ({ kind: "column", name });
export const call = (name: string, ...args: readonly Expression[]): Expression => ({ kind: "call", name, args });
export const textLiteral = (value: string): Expression => ({ kind: "literal", value, type: { kind: "string" } });
/** An INT, or a LONG where it has to be. */
export const wholeLiteral = (value: number): Expression =>
  value >= -(2 ** 31) && value < 2 ** 31
    ? intLiteral(value)
    : { kind: "literal", value: BigInt(value), type: { kind: "long" } };
export const intLiteral = (value: number): Expression => ({ kind: "literal", value, type: { kind: "int" } });
