import type { Expression } from "../expressions.ts";
import { isInteger, widest, widestOf } from "../numeric.ts";
import { isOrdered } from "../ordered.ts";
import type { SqlType } from "../types.ts";
import { type Argument, BOOLEAN, type Functions, INT, type Result, STRING, scalar } from "./entry.ts";

const array: Result = (args) => {
  const element = widestOf(args.map((arg) => arg.type));
  if (element === undefined) return "needs elements of one type";
  return { type: { kind: "array", element }, takes: args.map(() => element), nullable: false };
};

/** Fields have the names of columns and aliases, others are called col1, col2 … by position. */
const struct: Result = (args) => {
  const fields = args.map(({ expression, type, nullable }, index) => ({
    name: fieldName(expression, index),
    type,
    nullable,
  }));
  const names = fields.map((field) => field.name.toLowerCase());
  const twice = fields.find((field, index) => names.indexOf(field.name.toLowerCase()) !== index);
  if (twice) return `needs fields of different names, and "${twice.name}" is there twice: give one an alias`;
  return { type: { kind: "struct", fields }, nullable: false };
};

export const fieldName = (expression: Expression, index: number): string =>
  expression.kind === "alias" || expression.kind === "column" || expression.kind === "field"
    ? expression.name
    : `col${index + 1}`;

/** An element by position (an array) or by key (a map). */
const element: Result = ([from, key]) => {
  if (!from || !key) return "needs an array or map, and a position or key";
  if (from.type.kind === "array") {
    if (!isInteger(key.type)) return "needs an integer to find an array's element";
    return { type: from.type.element, takes: [undefined, INT], nullable: true };
  }
  if (from.type.kind === "map") return mapValue(from.type, key);
  return "needs an array or a map";
};

const mapValue = (type: SqlType & { kind: "map" }, key: Argument) => {
  const common = widest(type.key, key.type);
  return common === undefined || !isOrdered(common)
    ? "needs a key of the map's key type"
    : { type: type.value, takes: [undefined, type.key], nullable: true };
};

/** As `element`, and a struct's field by its name. */
const item: Result = (args) => {
  const [from, key] = args;
  if (from?.type.kind !== "struct") return element(args);
  const wanted = key?.expression.kind === "literal" ? String(key.expression.value).toLowerCase() : undefined;
  const field = from.type.fields.find((candidate) => candidate.name.toLowerCase() === wanted);
  if (!field) return `needs the name of a field: ${from.type.fields.map((candidate) => candidate.name).join(", ")}`;
  return { type: field.type, nullable: from.nullable || field.nullable };
};

const contains: Result = ([list, value]) => {
  if (list?.type.kind !== "array" || !value || value.type.kind === "void") return "needs an array and a value";
  const common = widest(list.type.element, value.type);
  if (common === undefined || !isOrdered(common))
    return "needs a value of the array's element type, which has an order";
  return { type: BOOLEAN, takes: [{ kind: "array", element: common }, common], nullable: true };
};

const listOf =
  (side: "key" | "value"): Result =>
  ([map]) =>
    map?.type.kind === "map" ? { kind: "array", element: map.type[side] } : "needs a map";

export const collections: Functions = {
  array: scalar("any...", array),
  struct: scalar("any any...", struct),
  size: scalar("collection", INT),
  array_contains: scalar("array any", contains),
  /** From 1, or from the end where negative; a map's value by its key. */
  element_at: scalar("collection any", element),
  /** From 0; a map's value by its key; a struct's field by its name. */
  getItem: scalar("any any", item),
  /** From 0, NULL where there is no such element. */
  get: scalar("array int", ([list]) =>
    list?.type.kind === "array" ? { type: list.type.element, nullable: true } : "needs an array",
  ),
  /** The last one stands for NULLs. */
  array_join: scalar("array string! string!?", () => ({
    type: STRING,
    takes: [{ kind: "array", element: STRING }, undefined],
  })),
  map_entries: scalar("map", ([map]) =>
    map?.type.kind === "map"
      ? {
          kind: "array",
          element: {
            kind: "struct",
            fields: [
              { name: "key", type: map.type.key, nullable: false },
              { name: "value", type: map.type.value, nullable: true },
            ],
          },
        }
      : "needs a map",
  ),
  map_keys: scalar("map", listOf("key")),
  map_values: scalar("map", listOf("value")),
};
