import { AnalysisError } from "../errors.ts";
import { typeName } from "./type-names.ts";
import type { SqlType } from "./types.ts";

export const VARIANT: SqlType = { kind: "variant" };

/** Whether values of it are VARIANTs, or have some inside. */
export function hasVariant(type: SqlType): boolean {
  return type.kind === "variant" || inner(type).some(hasVariant);
}

/** Whether it is, or has inside, a map whose keys are, or have inside, VARIANTs. */
export const hasVariantKey = (type: SqlType): boolean =>
  (type.kind === "map" && hasVariant(type.key)) || inner(type).some(hasVariantKey);

/** The type with another in place of each VARIANT. */
export function withoutVariants(type: SqlType, instead: SqlType): SqlType {
  const inside = (one: SqlType) => withoutVariants(one, instead);
  switch (type.kind) {
    case "variant":
      return instead;
    case "array":
      return { ...type, element: inside(type.element) };
    case "map":
      return { ...type, key: inside(type.key), value: inside(type.value) };
    case "struct":
      return { ...type, fields: type.fields.map((field) => ({ ...field, type: inside(field.type) })) };
    default:
      return type;
  }
}

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
