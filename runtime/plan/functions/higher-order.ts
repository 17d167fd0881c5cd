import { sameType } from "../numeric.ts";
import type { SqlType } from "../types.ts";
import { type Argument, BOOLEAN, type Functions, type Result, scalar } from "./entry.ts";

const isBoolean = (arg: Argument | undefined) => arg?.type.kind === "boolean" || arg?.type.kind === "void";

/** For a callback that is a condition. */
const where =
  (result: (args: readonly Argument[]) => SqlType, nullable?: boolean): Result =>
  (args) => {
    if (!isBoolean(args.at(-1))) return "needs a callback that gives a condition";
    return { type: result(args), ...(nullable === undefined ? {} : { nullable }) };
  };

const ownType = ([list]: readonly Argument[]): SqlType => list?.type ?? { kind: "void" };
const typeOf = (arg: Argument | undefined): SqlType => arg?.type ?? { kind: "void" };
const arrayOf = (arg: Argument | undefined): SqlType => ({ kind: "array", element: typeOf(arg) });

const nullableAs = (args: readonly (Argument | undefined)[]) => args.some((arg) => arg?.nullable === true);

/** What is accumulated keeps the type that it begins with. */
const reduction: Result = ([list, start, merge, finish]) => {
  if (!start || !merge) return "needs a start and a callback";
  if (!sameType(start.type, merge.type))
    return "needs a callback that gives the type of the start; cast the one or the other";
  return { type: finish?.type ?? start.type, nullable: list?.nullable !== false || merge.nullable || start.nullable };
};

const keysChanged: Result = ([map, key]) =>
  map?.type.kind === "map"
    ? { type: { kind: "map", key: typeOf(key), value: map.type.value }, nullable: map.nullable }
    : "needs a map";

const valuesChanged: Result = ([map, value]) =>
  map?.type.kind === "map"
    ? { type: { kind: "map", key: map.type.key, value: typeOf(value) }, nullable: map.nullable }
    : "needs a map";

const mapsZipped: Result = ([left, right, value]) => {
  if (left?.type.kind !== "map" || right?.type.kind !== "map" || !sameType(left.type.key, right.type.key))
    return "needs two maps with keys of one type";
  return { type: { kind: "map", key: left.type.key, value: typeOf(value) }, nullable: nullableAs([left, right]) };
};

/** Functions over the elements of arrays and maps, by a callback. */
export const higherOrder: Functions = {
  transform: scalar("array lambda", ([list, item]) => ({ type: arrayOf(item), nullable: nullableAs([list]) })),
  filter: scalar("array lambda", (args) => {
    const found = where(ownType)(args);
    return typeof found === "string" || "kind" in found ? found : { ...found, nullable: nullableAs([args[0]]) };
  }),
  /** NULL where no element fulfils the condition, but of some it is not known. */
  exists: scalar(
    "array lambda",
    where(() => BOOLEAN),
  ),
  forall: scalar(
    "array lambda",
    where(() => BOOLEAN),
  ),
  aggregate: scalar("array any lambda lambda?", reduction),
  reduce: scalar("array any lambda lambda?", reduction),
  zip_with: scalar("array array lambda", ([left, right, item]) => ({
    type: arrayOf(item),
    nullable: nullableAs([left, right]),
  })),
  map_filter: scalar("map lambda", (args) => {
    const found = where(ownType)(args);
    return typeof found === "string" || "kind" in found ? found : { ...found, nullable: nullableAs([args[0]]) };
  }),
  map_zip_with: scalar("map map lambda", mapsZipped),
  transform_keys: scalar("map lambda", keysChanged),
  transform_values: scalar("map lambda", valuesChanged),
};
