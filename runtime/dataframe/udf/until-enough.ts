import type { RecordBatch, Vector } from "apache-arrow";
import type { Expression } from "../../plan/expressions.ts";
import type { Schema } from "../../plan/types.ts";
import type { Enough } from "../../plan/udf/enough.ts";

/**
 * Batches up to the one with which enough rows have come. SQL says afterwards which rows pass: what is counted here are those
 * that are sure to, so that what cannot be told here, such as how text is ordered, only makes it end later.
 */
export async function* untilEnough(
  batches: AsyncIterable<RecordBatch>,
  schema: Schema,
  { rows, condition }: Enough,
): AsyncGenerator<RecordBatch> {
  let left = rows;
  for await (const batch of batches) {
    yield batch;
    left -= condition === undefined ? batch.numRows : countTrue(condition, schema, batch);
    if (left <= 0) return;
  }
}

function countTrue(condition: Expression, schema: Schema, batch: RecordBatch): number {
  const isTrue = reader(condition, schema, batch);
  let count = 0;
  for (let row = 0; row < batch.numRows; row++) if (isTrue(row) === true) count += 1;
  return count;
}

/** The value in a row: null is SQL's NULL, undefined what cannot be told. */
type Read = (row: number) => Value;
type Value = number | bigint | string | boolean | null | undefined;

const unknown: Read = () => undefined;

function reader(expression: Expression, schema: Schema, batch: RecordBatch): Read {
  switch (expression.kind) {
    case "alias":
      return reader(expression.input, schema, batch);
    case "column":
      return columnReader(expression.name, schema, batch);
    case "literal": {
      const { value, type } = expression;
      const isTold = value === null || (TOLD.has(type.kind) && (typeof value !== "string" || value.isWellFormed()));
      const known = isTold ? told(value as Value) : undefined;
      return () => known;
    }
    case "call": {
      const operator = Object.hasOwn(OPERATORS, expression.name) ? OPERATORS[expression.name] : undefined;
      if (operator === undefined) return unknown;
      const args = expression.args.map((arg) => reader(arg, schema, batch));
      return (row) => operator(args.map((read) => read(row)));
    }
    default:
      return unknown;
  }
}

function columnReader(name: string, schema: Schema, batch: RecordBatch): Read {
  const place = schema.findIndex((field) => field.name.toLowerCase() === name.toLowerCase());
  const kind = schema[place]?.type.kind;
  if (kind === undefined || !TOLD.has(kind)) return unknown;
  const values = batch.getChildAt(place) as Vector;
  return (row) => told(values.get(row));
}

/** Types whose values in Arrow are those that are compared. */
const TOLD: ReadonlySet<string> = new Set(["boolean", "byte", "short", "int", "long", "double", "string"]);

/** SQL has an order of its own for NaN. */
const told = (value: Value): Value => (typeof value === "number" && Number.isNaN(value) ? undefined : value);

type Operator = (args: readonly Value[]) => Value;

const compared =
  (isSo: (order: number) => boolean, isEquality = false): Operator =>
  ([a, b]) => {
    if (a === undefined || b === undefined) return undefined;
    if (a === null || b === null) return null;
    const order = orderOf(a, b, isEquality);
    return order === undefined ? undefined : isSo(order);
  };

function orderOf(a: NonNullable<Value>, b: NonNullable<Value>, isEquality: boolean): number | undefined {
  const isNumber = (value: Value) => typeof value === "number" || typeof value === "bigint";
  // A LONG beside a DOUBLE is compared as a DOUBLE.
  if (isNumber(a) && isNumber(b) && (typeof a === typeof b || [a, b].every((one) => Number.isSafeInteger(Number(one)))))
    return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a !== typeof b || isNumber(a)) return undefined;
  return isEquality ? Number(a !== b) : undefined;
}

const not: Operator = ([value]) => (typeof value === "boolean" ? !value : value);

/** Kleene's logic; what is NULL and what cannot be told are both not true. */
const joined =
  (decides: boolean): Operator =>
  (args) => {
    if (args.includes(decides)) return decides;
    if (args.includes(undefined)) return undefined;
    return args.includes(null) ? null : !decides;
  };

const eq = compared((order) => order === 0, true);
const ge = compared((order) => order >= 0);
const le = compared((order) => order <= 0);

const OPERATORS: { readonly [name: string]: Operator } = {
  eq,
  ge,
  le,
  not,
  ne: compared((order) => order !== 0, true),
  gt: compared((order) => order > 0),
  lt: compared((order) => order < 0),
  and: joined(false),
  or: joined(true),
  between: ([value, low, high]) => joined(false)([ge([value, low]), le([value, high])]),
  isin: ([value, ...list]) => joined(true)(list.map((one) => eq([value, one]))),
  isNull: ([value]) => (value === undefined ? undefined : value === null),
  isNotNull: ([value]) => (value === undefined ? undefined : value !== null),
  modulo: ([a, b]) => remainder(a, b),
};

function remainder(a: Value, b: Value): Value {
  if (a === null || b === null) return null;
  if (typeof a === "bigint" || typeof b === "bigint") {
    const isWhole = (value: Value) => typeof value === "bigint" || Number.isInteger(value);
    if (!isWhole(a) || !isWhole(b) || Number(b) === 0) return undefined;
    return BigInt(a as number) % BigInt(b as number);
  }
  if (typeof a !== "number" || typeof b !== "number") return undefined;
  return told(a % b);
}
