import { AnalysisError } from "../errors.ts";
import { typeName } from "./type-names.ts";
import { holds, withLeaves } from "./type-parts.ts";
import type { SqlType } from "./types.ts";

export const VARIANT: SqlType = { kind: "variant" };

/** Whether values of it are VARIANTs, or have some inside. */
export const hasVariant = (type: SqlType): boolean => holds(type, isVariant);

const isVariant = ({ kind }: SqlType): boolean => kind === "variant";

/** Whether it is, or has inside, a map whose keys are, or have inside, VARIANTs. */
export const hasVariantKey = (type: SqlType): boolean =>
  (type.kind === "map" && hasVariant(type.key)) || inner(type).some(hasVariantKey);

/** The type with another in place of each VARIANT. */
export const withoutVariants = (type: SqlType, instead: SqlType): SqlType =>
  withLeaves(type, (leaf) => (isVariant(leaf) ? instead : leaf));

/** Rows are grouped, ordered and told apart by what can be compared. */
export function expectComparable(type: SqlType, what: string): void {
  if (hasVariant(type))
    throw new AnalysisError(
      "NO_ORDER",
      `${what} is ${typeName(type)}; values that are VARIANT cannot be compared, grouped or ordered. Cast it (cast("string")), or take a part of it: variant_get(…, "$.a", "int").`,
    );
}

/** Spark's rule of what a VARIANT is cast to, and what is cast to one: structs and maps are left to to_variant_object. */
export function isOfVariant(type: SqlType, how: "from VARIANT" | "to VARIANT" | "to an object"): boolean {
  const takesObjects = how !== "to VARIANT";
  switch (type.kind) {
    case "array":
      return isOfVariant(type.element, how);
    case "map":
      return takesObjects && type.key.kind === "string" && isOfVariant(type.value, how);
    case "struct":
      return takesObjects && type.fields.every((field) => isOfVariant(field.type, how));
    case "time":
      return how === "from VARIANT";
    case "void":
    case "day_time_interval":
    case "year_month_interval":
      return false;
    default:
      return true;
  }
}

function inner(type: SqlType): readonly SqlType[] {
  if (type.kind === "array") return [type.element];
  if (type.kind === "map") return [type.key, type.value];
  return type.kind === "struct" ? type.fields.map((field) => field.type) : [];
}
