import { isProxy } from "node:util/types";

/** What a job answers to the program that started it is small; a large result belongs in a file. */
const mostUnits = 1 << 20;

/**
 * A value as JSON, where JSON says all of it and in no more than a million characters; undefined otherwise: for dates,
 * class instances, bigint, NaN, cycles, `undefined` within. Runs no code of the user's.
 */
export function jsonText(value: unknown): string | undefined {
  const left = { units: mostUnits };
  if (!isJson(value, new Set(), left)) return undefined;
  const text = JSON.stringify(value);
  return text.length <= mostUnits ? text : undefined;
}

/** `left` bounds the walk: every value takes at least two characters. */
function isJson(value: unknown, above: Set<object>, left: { units: number }): boolean {
  left.units -= typeof value === "string" ? value.length + 2 : 2;
  if (left.units < 0) return false;
  if (value === null || typeof value === "boolean" || typeof value === "string") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || isProxy(value) || above.has(value)) return false;
  const isArray = Array.isArray(value);
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== (isArray ? Array.prototype : Object.prototype)) return false;
  // A hole, or a property beside the elements, would be lost.
  if (isArray && (Object.keys(value).length !== value.length || value.length > left.units)) return false;
  above.add(value);
  const isWhole = Reflect.ownKeys(value).every((key) => {
    if (isArray && key === "length") return true;
    const { enumerable, get, set, value: inner } = Object.getOwnPropertyDescriptor(value, key) ?? {};
    if (typeof key === "symbol" || !enumerable || get || set || key === "toJSON") return false;
    left.units -= isArray ? 0 : key.length + 3;
    return isJson(inner, above, left);
  });
  above.delete(value);
  return isWhole;
}
