import type { SqlType } from "../../plan/types.ts";
import { asDouble, boolean, call, cast, double, integer, isRefusal, type Refusal, text } from "./column.ts";
import { condition, constant, number, numeric, type Value } from "./value.ts";

type OneArgument = (value: Value) => Value | Refusal;

/** Functions of one argument that SQL has, with Vega's meaning. */
export const functions: { readonly [name: string]: OneArgument } = {
  isValid: (value) => condition(isNotNull(value)),
  // No number is NaN or infinite here; null is neither a number nor NaN.
  isFinite: (value) =>
    value.kind === "number" || value.kind === "time" ? condition(isNotNull(value)) : refused("isFinite", value),
  isNaN: (value) =>
    value.kind === "number" || value.kind === "time" ? condition(boolean(false)) : refused("isNaN", value),
  isDate: (value) => condition(value.kind === "time" ? isNotNull(value) : boolean(false)),
  // Conversions that Vega-Lite puts before everything else; most columns are of the type already.
  toDate: (value) => converted(value, "time", { kind: "timestamp_ntz" }),
  toNumber: (value) => converted(value, "number", { kind: "double" }),
  toString: (value: Value) =>
    // Vega takes empty text for null.
    value.kind === "text"
      ? { ...value, expression: call("nullif", value.expression, text("")), nullable: true }
      : refused("text", value),
  toBoolean: (value) => converted(value, "boolean"),
  time: (value) =>
    value.kind === "number" || value.kind === "time" ? value : { because: `the time of ${value.kind}` },
  abs: (value) => ofNumber("abs", value),
  ceil: (value) => ofNumber("ceil", value),
  floor: (value) => ofNumber("floor", value),
  year: (value) => timePart("year", value, 1970),
  quarter: (value) => timePart("quarter", value, 1),
  month: (value) => timePart("month", value, 0, 1),
  date: (value) => timePart("dayofmonth", value, 1),
  day: (value) => timePart("dayofweek", value, 4, 1),
  dayofyear: (value) => timePart("dayofyear", value, 1),
  hours: (value) => timePart("hour", value, 0),
  minutes: (value) => timePart("minute", value, 0),
  seconds: (value) => timePart("second", value, 0),
};

const refused = (name: string, value: Value): Refusal => ({ because: `${name} of ${value.kind}` });

const isNotNull = (value: Value) => (value.nullable ? call("isNotNull", value.expression) : boolean(true));

/** To the kind that it has, or from text; what cannot be read is null, as in Vega. */
function converted(value: Value, kind: Value["kind"], type?: SqlType): Value | Refusal {
  if (value.kind === kind) return value;
  if (value.kind !== "text" || !type) return { because: `${kind} made of ${value.kind}` };
  return { expression: cast(value.expression, type, "null"), type, kind, nullable: true };
}

function ofNumber(name: string, value: Value): Value | Refusal {
  const operand = numeric(value);
  // ceil and floor give LONG: a double may be beyond it.
  if (isRefusal(operand)) return operand;
  return number(asDouble({ expression: call(name, operand), type: { kind: name === "abs" ? "double" : "long" } }));
}

/** A part of the wall clock, counted from `first` less than SQL counts; null is the first moment of 1970. */
function timePart(name: string, value: Value, ofNull: number, first = 0): Value | Refusal {
  if (value.kind !== "time" || value.decode) return { because: `the ${name} of ${value.kind}` };
  const part = call(name, value.expression);
  const counted = first === 0 ? part : call("subtract", part, integer(first));
  const expression = value.nullable ? call("coalesce", counted, integer(ofNull)) : counted;
  return { expression, type: { kind: "int" }, kind: "number", nullable: false, isTimePart: true };
}

/**
 * `datetime(2001, 0, 17, 8)` in milliseconds. Its parts are constants or parts of a time: Vega-Lite writes "the year
 * of this is 2001" so.
 */
export function dateTime(args: readonly Value[]): Value | Refusal {
  const constants = args.map((arg) => arg.constant);
  if (args.length < 2) return { because: "datetime of one argument" };
  if (constants.every((part) => typeof part === "number"))
    return constant(Date.UTC(...(constants as [number, number])));
  // Anything else could name the 31st of February, which JavaScript has and SQL has not.
  if (args.some((arg) => !arg.isTimePart && typeof arg.constant !== "number") || args.length > units.length) {
    return { because: "a date put together from numbers" };
  }
  const part = (index: number, otherwise: number) =>
    args[index] ? cast(args[index].expression, { kind: "int" }) : integer(otherwise);
  const day = call("make_date", part(0, 1970), call("add", part(1, 0), integer(1)), part(2, 1));
  const start = call("multiply", call("datediff", day, epoch), double(86_400_000));
  const ms = args.slice(3).reduce((sum, arg, index) => {
    return call("add", sum, call("multiply", asDouble(arg), double(units[index + 3] as number)));
  }, start);
  return number(ms);
}

const epoch = { kind: "literal", value: 0, type: { kind: "date" } } as const;
/** Of year, month, day, hour, minute, second and millisecond, in milliseconds where that is fixed. */
const units = [0, 0, 0, 3_600_000, 60_000, 1000, 1];
