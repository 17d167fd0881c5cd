import { isOfVariant, VARIANT } from "../variant-types.ts";
import { aggregate, BOOLEAN, type Functions, never, type Result, STRING, scalar } from "./entry.ts";
import { namedType } from "./json.ts";

const get: Result = ([, , type]) => {
  if (type === undefined) return { type: VARIANT, nullable: true };
  if (type.expression.kind !== "literal") return "needs a type as text";
  const found = namedType(String(type.expression.value));
  return isOfVariant(found, "from VARIANT")
    ? { type: found, nullable: true }
    : "needs a type that a VARIANT is cast to";
};

/** Functions over values that say themselves what they are. */
export const variants: Functions = {
  parse_json: scalar("words", VARIANT),
  try_parse_json: scalar("words", () => ({ type: VARIANT, nullable: true })),
  is_variant_null: scalar("variant", never(BOOLEAN)),
  is_valid_variant: scalar("variant", BOOLEAN),
  to_variant_object: scalar("any", ([value]) => {
    if (value === undefined || !["array", "map", "struct"].includes(value.type.kind))
      return "needs an array, a map or a struct";
    return isOfVariant(value.type, "to an object")
      ? VARIANT
      : "needs keys of maps that are texts, and values that a VARIANT holds";
  }),
  variant_get: scalar("variant words string!?", get),
  try_variant_get: scalar("variant words string!?", get),
  schema_of_variant: scalar("variant", STRING),
  schema_of_variant_agg: aggregate("variant", never(STRING)),
  /** What schema_of_variant_agg puts together, as JSON. */
  shapeOfVariant: scalar("variant", STRING),
  /** to_json of values in which these texts are JSON already; the second argument is their type with VARIANTs in place of them. */
  toJsonAround: scalar("any string! map?", ([value]) => ({ type: STRING, nullable: value?.nullable ?? true })),
};
