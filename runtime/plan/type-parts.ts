import type { SqlType } from "./types.ts";

/** Whether a type that has none inside is so, or one inside of it, keys of maps too. */
export function holds(type: SqlType, is: (type: SqlType) => boolean): boolean {
  switch (type.kind) {
    case "array":
      return holds(type.element, is);
    case "map":
      return holds(type.key, is) || holds(type.value, is);
    case "struct":
      return type.fields.some((field) => holds(field.type, is));
    default:
      return is(type);
  }
}

/** The type with those changed that have none inside. */
export function withLeaves(type: SqlType, change: (type: SqlType) => SqlType): SqlType {
  const inside = (one: SqlType) => withLeaves(one, change);
  switch (type.kind) {
    case "array":
      return { ...type, element: inside(type.element) };
    case "map":
      return { ...type, key: inside(type.key), value: inside(type.value) };
    case "struct":
      return { ...type, fields: type.fields.map((field) => ({ ...field, type: inside(field.type) })) };
    default:
      return change(type);
  }
}
