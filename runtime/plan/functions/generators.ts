import type { Expression } from "../expressions.ts";
import { sameType } from "../numeric.ts";
import { typeName } from "../type-names.ts";
import type { Field, SqlType } from "../types.ts";
import { type Argument, type Functions, generator, INT, type Result, type Signature, STRING } from "./entry.ts";

/** Columns of a select: those of an outer generator are null where there is no element. */
const columns = (fields: readonly Field[], outer: boolean): Signature => ({
  type: { kind: "struct", fields: outer ? fields.map((field) => ({ ...field, nullable: true })) : fields },
  nullable: false,
  spread: true,
});

const entry = (map: SqlType & { kind: "map" }): readonly Field[] => [
  { name: "key", type: map.key, nullable: false },
  { name: "value", type: map.value, nullable: true },
];

/** An array's element is one column, a map's entry two. */
const exploded =
  (outer: boolean): Result =>
  ([list]) => {
    if (list?.type.kind === "array") return { type: list.type.element, nullable: true };
    return list?.type.kind === "map" ? columns(entry(list.type), outer) : "needs an array or a map";
  };

const withPosition =
  (outer: boolean): Result =>
  ([list]) => {
    const position: Field = { name: "pos", type: INT, nullable: false };
    if (list?.type.kind === "array")
      return columns([position, { name: "col", type: list.type.element, nullable: true }], outer);
    return list?.type.kind === "map" ? columns([position, ...entry(list.type)], outer) : "needs an array or a map";
  };

/** An element may be null itself. */
const fieldsOfElements: Result = ([list]) =>
  list?.type.kind === "array" && list.type.element.kind === "struct"
    ? columns(list.type.element.fields, true)
    : "needs an array of structs";

/** The values in so many rows, one row after the other; what is left over in the last one is null. */
const stacked: Result = ([count, ...values]) => {
  const rows = stackedRows(count?.expression);
  if (!Number.isSafeInteger(rows) || rows < 1) return "needs a whole number of rows, from 1";
  const width = Math.ceil(values.length / rows);
  const types: SqlType[] = [];
  const fields: Field[] = [];
  for (let at = 0; at < width; at++) {
    const own = values.filter((_, index) => index % width === at);
    const type = own.find((value) => value.type.kind !== "void")?.type ?? { kind: "void" };
    const other = own.find((value) => value.type.kind !== "void" && !sameType(value.type, type));
    if (other)
      return `needs values of one type in each column, and column ${at + 1} has ${typeName(type)} and ${typeName(other.type)}: cast them`;
    const nullable = own.length < rows || own.some((value: Argument) => value.nullable);
    types.push(type);
    fields.push({ name: `col${at}`, type, nullable });
  }
  return { ...columns(fields, false), takes: [undefined, ...values.map((_, index) => types[index % width])] };
};

export const stackedRows = (count: Expression | undefined): number =>
  count?.kind === "literal" ? Number(count.value) : Number.NaN;

const ofJson: Result = ([, ...names]) =>
  columns(
    names.map((_, index) => ({ name: `c${index}`, type: STRING, nullable: true })),
    true,
  );

/** What makes rows, in a select or, where it is one column, in withColumn. */
export const generators: Functions = {
  /** A row for each element; none where there is no element, or for `explode_outer` one with NULL. */
  explode: generator("collection", exploded(false)),
  explode_outer: generator("collection", exploded(true)),
  posexplode: generator("collection", withPosition(false)),
  posexplode_outer: generator("collection", withPosition(true)),
  inline: generator("array", fieldsOfElements),
  inline_outer: generator("array", fieldsOfElements),
  stack: generator("int! any any...", stacked),
  /** One row, as it is. */
  json_tuple: generator("words string! string!...", ofJson),
};
