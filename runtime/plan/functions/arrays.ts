import type { Expression } from "../expressions.ts";
import { parseInterval } from "../interval.ts";
import { isInteger, isTime, sameType, widest, widestOf } from "../numeric.ts";
import { isOrdered } from "../ordered.ts";
import type { SqlType } from "../types.ts";
import { type Argument, BOOLEAN, type Functions, INT, LONG, type Result, STRING, scalar } from "./entry.ts";

const nullableAs = (...args: readonly (Argument | undefined)[]) => args.some((arg) => arg?.nullable !== false);
const listOf = (element: SqlType): SqlType => ({ kind: "array", element });

const sameList: Result = ([list]) => list?.type ?? "needs an array";

/** A list and a value, of one element type; the result is the list again. */
const withValue =
  (nullable: (list: Argument, value: Argument) => boolean): Result =>
  ([list, value]) => {
    if (list?.type.kind !== "array" || !value) return "needs an array and a value";
    const common = widest(list.type.element, value.type);
    if (common === undefined) return "needs a value of the array's element type";
    return { type: listOf(common), takes: [listOf(common), common], nullable: nullable(list, value) };
  };

/** The same for values that are looked for. */
const withKnown =
  (nullable: (list: Argument, value: Argument) => boolean): Result =>
  (args) =>
    isOrdered(args[1]?.type ?? { kind: "void" })
      ? withValue(nullable)(args)
      : "needs a value that has an order, as those that are compared have";

const twoLists: Result = ([left, right]) => {
  if (left?.type.kind !== "array" || right?.type.kind !== "array") return "needs two arrays";
  const common = widest(left.type.element, right.type.element);
  if (common === undefined || !isOrdered(common)) return "needs arrays of one element type";
  return { type: listOf(common), takes: [listOf(common), listOf(common)] };
};

const overlap: Result = (args) => {
  const lists = twoLists(args);
  return typeof lists === "string" || "kind" in lists ? lists : { ...lists, type: BOOLEAN, nullable: true };
};

const largest: Result = ([list]) => {
  if (list?.type.kind !== "array" || !isOrdered(list.type)) return "needs an array of values with an order";
  return { type: list.type.element, nullable: true };
};

const sorted: Result = ([list]) =>
  list?.type.kind === "array" && isOrdered(list.type) ? list.type : "needs an array of values with an order";

/** Fields have the names of the arrays' columns; others count from 0. */
const zipped: Result = (args) => {
  const names = args.map(({ expression }, index) => zippedName(expression, index).toLowerCase());
  if (new Set(names).size < names.length) return "needs arrays of different names: the fields of its structs have them";
  return { type: zippedType(args) };
};

const zippedType = (args: readonly Argument[]): SqlType =>
  listOf({
    kind: "struct",
    fields: args.map(({ type, expression }, index) => ({
      name: zippedName(expression, index),
      type: type.kind === "array" ? type.element : type,
      nullable: true,
    })),
  });

export const zippedName = (expression: Expression, index: number): string =>
  expression.kind === "column" || expression.kind === "field" ? expression.name : String(index);

/** Between dates and times: of months, or of days and less; between dates, of at least a day. */
function wrongStep(type: SqlType, { expression }: Argument): string | undefined {
  const isText = expression.kind === "literal" && typeof expression.value === "string";
  const step = isText ? parseInterval(String(expression.value)) : undefined;
  if (step === undefined) return "needs a step of months or years, or of days and less: { months: 1 }, { hours: 12 }";
  if (type.kind === "date" && step.months === 0 && step.days === 0)
    return "needs a step of a day or more between dates";
  return undefined;
}

const sequence: Result = (args) => {
  const type = widestOf(args.slice(0, 2).map((arg) => arg.type));
  const step = args[2]?.type;
  if (type && isTime(type)) {
    const wrong = args[2] && wrongStep(type, args[2]);
    return wrong ?? { type: listOf(type), takes: [type, type] };
  }
  if (type === undefined || !isInteger(type) || (step && !isInteger(step)))
    return "needs whole numbers, or dates or times with a step such as { months: 1 }";
  const common = (step && widest(type, step)) ?? type;
  return { type: listOf(common), takes: [common, common, common] };
};

const tryElement: Result = ([from, key]) => {
  if (from?.type.kind === "array" && key && isInteger(key.type))
    return { type: from.type.element, takes: [undefined, INT], nullable: true };
  if (from?.type.kind === "map" && key && widest(from.type.key, key.type))
    return { type: from.type.value, takes: [undefined, from.type.key], nullable: true };
  return "needs an array and a position, or a map and a key";
};

export const arrays: Functions = {
  array_append: scalar(
    "array any",
    withValue((list) => list.nullable),
  ),
  array_prepend: scalar(
    "array any",
    withValue((list) => list.nullable),
  ),
  array_compact: scalar("array", sameList),
  array_distinct: scalar("array", sorted),
  array_except: scalar("array array", twoLists),
  array_intersect: scalar("array array", twoLists),
  array_union: scalar("array array", twoLists),
  arrays_overlap: scalar("array array", overlap),
  array_insert: scalar("array int any", ([list, position, value]) => {
    if (list?.type.kind !== "array" || !value) return "needs an array, a position and a value";
    const common = widest(list.type.element, value.type);
    if (common === undefined) return "needs a value of the array's element type";
    return { type: listOf(common), takes: [listOf(common), INT, common], nullable: nullableAs(list, position) };
  }),
  array_max: scalar("array", largest),
  array_min: scalar("array", largest),
  array_position: scalar("array any", (args) => {
    const found = withKnown((list, value) => list.nullable || value.nullable)(args);
    return typeof found === "string" || "kind" in found ? found : { ...found, type: LONG };
  }),
  array_remove: scalar(
    "array any",
    withKnown((list, value) => list.nullable || value.nullable),
  ),
  array_repeat: scalar("any int", ([value, count]) => ({
    type: listOf(value?.type ?? { kind: "void" }),
    nullable: nullableAs(count),
  })),
  array_size: scalar("array", ([list]) => ({ type: INT, nullable: nullableAs(list) })),
  arrays_zip: scalar("array array...", zipped),
  flatten: scalar("array", ([list]) =>
    list?.type.kind === "array" && list.type.element.kind === "array"
      ? { type: list.type.element, nullable: true }
      : "needs an array of arrays",
  ),
  sequence: scalar("any any any?", sequence),
  shuffle: { ...scalar("array long!?", sameList), volatile: true, seed: 2 },
  slice: scalar("array int int", sameList),
  sort_array: scalar("array boolean!?", sorted),
  /** NULLs last; or by a callback that compares two elements. */
  array_sort: scalar("array lambda?", (args) =>
    args.length < 2 || ["int", "void"].includes(args[1]?.type.kind ?? "")
      ? sorted(args)
      : 'needs a callback that gives an INT: cast("int")',
  ),
  try_element_at: scalar("collection any", tryElement),

  create_map: scalar("any any any...", (args) => {
    const keys = args.filter((_, index) => index % 2 === 0);
    const values = args.filter((_, index) => index % 2 === 1);
    const key = widestOf(keys.map(({ type }) => type));
    const value = widestOf(values.map(({ type }) => type));
    if (keys.length !== values.length || !key || !value || key.kind === "map")
      return "needs pairs of a key and a value, of one type each";
    return {
      type: { kind: "map", key, value },
      takes: args.map((_, index) => (index % 2 === 0 ? key : value)),
      nullable: false,
    };
  }),
  map_concat: scalar("map map...", (args) => {
    const [first] = args;
    if (first?.type.kind !== "map" || !args.every(({ type }) => sameType(type, first.type)))
      return "needs maps of one type";
    return first.type;
  }),
  map_contains_key: scalar("map any", ([map, key]) =>
    map?.type.kind === "map" && key && widest(map.type.key, key.type)
      ? { type: BOOLEAN, takes: [undefined, map.type.key] }
      : "needs a map and a key of its type",
  ),
  map_from_arrays: scalar("array array", ([keys, values]) =>
    keys?.type.kind === "array" && values?.type.kind === "array"
      ? { kind: "map", key: keys.type.element, value: values.type.element }
      : "needs two arrays",
  ),
  map_from_entries: scalar("array", ([list]) => {
    const entry = list?.type.kind === "array" ? list.type.element : undefined;
    const [key, value] = entry?.kind === "struct" && entry.fields.length === 2 ? entry.fields : [];
    if (!key || !value) return "needs an array of structs of a key and a value";
    return { type: { kind: "map", key: key.type, value: value.type }, nullable: true };
  }),
  str_to_map: scalar("words string!? string!?", { kind: "map", key: STRING, value: STRING }),
};
