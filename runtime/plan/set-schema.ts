import { AnalysisError } from "../errors.ts";
import { columnList, didYouMean } from "./nearest.ts";
import type { PlanOf } from "./nodes.ts";
import { widest } from "./numeric.ts";
import { isOrdered } from "./ordered.ts";
import { findField } from "./scope.ts";
import { typeName } from "./type-names.ts";
import type { Field, Schema } from "./types.ts";
import { expectComparable } from "./variant-types.ts";

/** An output column, and the columns of both sides that it is made of; one that a side has not is null there. */
export type SetColumn = Field & { readonly left: Field | undefined; readonly right: Field | undefined };

type SetPlan = PlanOf<"set">;

export const setSchema = (plan: SetPlan, left: Schema, right: Schema): Schema =>
  setColumns(plan, left, right).map(({ name, type, nullable }) => ({ name, type, nullable }));

/** The left side's columns in their order, then those that only the right side has. */
export function setColumns(plan: SetPlan, left: Schema, right: Schema): readonly SetColumn[] {
  if (plan.match === "position") return byPosition(plan, left, right);
  const shared = left.map((field): SetColumn => {
    const other = findField(right, field.name);
    if (other === undefined && plan.match === "name") throw missing(field.name, right, "second");
    return other === undefined
      ? { ...field, nullable: true, left: field, right: undefined }
      : merged(plan, field, other);
  });
  const more = right.filter((field) => findField(left, field.name) === undefined);
  if (more[0] !== undefined && plan.match === "name") throw missing(more[0].name, left, "first");
  return [...shared, ...more.map((field): SetColumn => ({ ...field, nullable: true, left: undefined, right: field }))];
}

function byPosition(plan: SetPlan, left: Schema, right: Schema): readonly SetColumn[] {
  if (left.length !== right.length)
    throw new AnalysisError(
      "UNION_COLUMNS",
      `${methodOf(plan)} matches columns by position, but the frames have ${left.length} and ${right.length}: ${names(left)} and ${names(right)}. Select the same columns on both sides first.`,
    );
  return left.map((field, index) => merged(plan, field, right[index] as Field, index));
}

function merged(plan: SetPlan, left: Field, right: Field, index?: number): SetColumn {
  const type = widest(left.type, right.type);
  const where = index === undefined ? `column "${left.name}"` : `column ${index + 1}`;
  if (type === undefined)
    throw new AnalysisError(
      "UNION_TYPES",
      `${methodOf(plan)}: ${where} is ${typeName(left.type)} ("${left.name}") in one frame and ${typeName(right.type)} ("${right.name}") in the other. Cast one of them.`,
    );
  if (plan.operator !== "UNION ALL") expectComparable(type, `${methodOf(plan)}: ${where}`);
  if (plan.operator !== "UNION ALL" && !isOrdered(type))
    throw new AnalysisError(
      "NO_ORDER",
      `${methodOf(plan)}: ${where} is ${typeName(type)}; its values cannot be compared.`,
    );
  return { name: left.name, type, nullable: left.nullable || right.nullable, left, right };
}

const METHODS = {
  "UNION ALL": "union",
  INTERSECT: "intersect",
  "INTERSECT ALL": "intersectAll",
  EXCEPT: "subtract",
  "EXCEPT ALL": "exceptAll",
} as const;

/** The DataFrame's method for it. */
export const methodOf = ({ operator, match }: SetPlan): string =>
  match === "position" ? METHODS[operator] : `${METHODS[operator]}ByName`;

function missing(name: string, schema: Schema, side: "first" | "second"): AnalysisError {
  const known = schema.map((field) => field.name);
  return new AnalysisError(
    "COLUMN_NOT_FOUND",
    `unionByName: the ${side} frame has no column "${name}". ${columnList(known)}${didYouMean(name, known)} To have nulls in its place: unionByName(other, { allowMissing: true }).`,
  );
}

const names = (schema: Schema) => {
  const listed = schema.slice(0, 20).map((field) => field.name);
  return `(${listed.join(", ")}${schema.length > listed.length ? ", …" : ""})`;
};
