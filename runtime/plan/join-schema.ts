import { AnalysisError } from "../errors.ts";
import { columnList, didYouMean } from "./nearest.ts";
import type { PlanOf } from "./nodes.ts";
import { widest } from "./numeric.ts";
import { isOrdered } from "./ordered.ts";
import { checkNames } from "./output-names.ts";
import { findField } from "./scope.ts";
import { typeName } from "./type-names.ts";
import type { Field, Schema, SqlType } from "./types.ts";
import { expectComparable } from "./variant-types.ts";

/** An output column of a join, and where it comes from. */
export type JoinColumn = Field & {
  readonly from: "left" | "right" | "both";
  readonly left?: Field;
  readonly right?: Field;
};

export function joinSchema(plan: PlanOf<"join">, left: Schema, right: Schema): Schema {
  return joinColumns(plan, left, right).map(({ name, type, nullable, alias }) => ({
    name,
    type,
    nullable,
    ...(alias && { alias }),
  }));
}

/**
 * The columns of a join: keys of `using` once and first, then the left side's others, then the right side's. Names that
 * are on both sides get the suffix on the right, or are refused.
 */
export function joinColumns(plan: PlanOf<"join">, left: Schema, right: Schema): readonly JoinColumn[] {
  const keys = joinKeys(plan, left, right);
  const isKey = (side: "left" | "right", field: Field) => keys.some((key) => key[side] === field);
  const outerLeft = plan.how === "right" || plan.how === "full";
  const outerRight = plan.how === "left" || plan.how === "full";
  const fromLeft: JoinColumn[] = left
    .filter((field) => !isKey("left", field))
    .map((field) => ({ ...field, nullable: field.nullable || outerLeft, from: "left", left: field }));
  const keyColumns = keys.map((key) => keyColumn(plan, key));
  if (plan.how === "semi" || plan.how === "anti") return [...keyColumns, ...fromLeft];
  const others = right.filter((field) => !isKey("right", field));
  const clashes = others.filter((field) => findField(left, field.name));
  const unnamed = plan.suffix === undefined ? clashes.filter((field) => !isApart(field, left)) : [];
  if (unnamed.length > 0) throw clash(unnamed);
  const fromRight: JoinColumn[] = others.map((field) => ({
    ...field,
    name: clashes.includes(field) ? nameOfClash(field, plan.suffix) : field.name,
    nullable: field.nullable || outerRight,
    from: "right",
    right: field,
  }));
  const columns = [...keyColumns, ...fromLeft, ...fromRight];
  checkNames(columns, plan.suffix === undefined ? "the join" : `the join (suffix "${plan.suffix}")`);
  return columns;
}

/** Whether an alias tells a right column from the left one of its name. */
const isApart = ({ name, alias }: Field, left: Schema): boolean =>
  alias !== undefined && alias.frame.toLowerCase() !== findField(left, name)?.alias?.frame.toLowerCase();

/** With a suffix, or as it is named after an alias. */
const nameOfClash = ({ name, alias }: Field, suffix: string | undefined): string =>
  suffix === undefined && alias !== undefined ? `${alias.frame}.${name}` : `${name}${suffix ?? ""}`;

export type JoinKey = { readonly left: Field; readonly right: Field; readonly type: SqlType };

/** The keys of `using`, with the type in which both sides are compared. */
export function joinKeys(plan: PlanOf<"join">, left: Schema, right: Schema): readonly JoinKey[] {
  return (plan.using ?? []).map((name) => {
    const key = { left: keyField(left, name, "left"), right: keyField(right, name, "right") };
    const type = widest(key.left.type, key.right.type);
    if (type === undefined)
      throw new AnalysisError(
        "JOIN_TYPES",
        `The join's key "${name}" is ${typeName(key.left.type)} on the left side and ${typeName(key.right.type)} on the right. Cast one of them.`,
      );
    expectComparable(type, `The join's key "${name}"`);
    if (!isOrdered(type))
      throw new AnalysisError(
        "JOIN_TYPES",
        `The join's key "${name}" is ${typeName(type)}, whose values cannot be compared.`,
      );
    return { ...key, type };
  });
}

function keyColumn(plan: PlanOf<"join">, { left, right, type }: JoinKey): JoinColumn {
  if (plan.how === "right") return { ...right, name: left.name, from: "right", right };
  if (plan.how === "full")
    return { name: left.name, type, nullable: left.nullable || right.nullable, from: "both", left, right };
  return { ...left, from: "left", left };
}

function keyField(schema: Schema, name: string, side: "left" | "right"): Field {
  const field = findField(schema, name);
  if (field) return field;
  const names = schema.map((candidate) => candidate.name);
  throw new AnalysisError(
    "COLUMN_NOT_FOUND",
    `The join's key "${name}" is not on the ${side} side. ${columnList(names)}${didYouMean(name, names)}`,
  );
}

function clash(fields: readonly Field[]): AnalysisError {
  const names = fields.map((field) => `"${field.name}"`).join(", ");
  return new AnalysisError(
    "JOIN_CLASH",
    `Both sides of the join have ${names}. Pass { suffix: "_right" } to rename the right side's, or drop or rename ${fields.length > 1 ? "them" : "it"} before the join.`,
  );
}
