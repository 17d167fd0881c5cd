import { isCalendarInterval } from "./interval-types.ts";
import type { SqlType } from "./types.ts";

/** Whether values of a type can be compared: maps cannot, nor VARIANTs, nor intervals of months, days and microseconds. */
export function isOrdered(type: SqlType): boolean {
  if (type.kind === "array") return isOrdered(type.element);
  if (type.kind === "struct") return type.fields.every((field) => isOrdered(field.type));
  return type.kind !== "map" && type.kind !== "variant" && !isCalendarInterval(type);
}
