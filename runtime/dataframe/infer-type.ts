import { inspect } from "node:util";
import { Decimal } from "decimal.js";
import { AnalysisError } from "../errors.ts";
import { DAY_TO_SECOND, YEAR_TO_MONTH } from "../plan/interval-types.ts";
import { MAX_TIME_PRECISION } from "../plan/numeric.ts";
import type { Field, SqlType } from "../plan/types.ts";

/** The SQL type of a column of JavaScript values; null and undefined fit every type. `path` names it in errors. */
export function inferType(values: readonly unknown[], path: string): SqlType {
  let type: SqlType | undefined;
  let kind: Kind | undefined;
  values.forEach((value, row) => {
    if (value === null || value === undefined) return;
    const own = kindOf(value, row, path);
    if (kind !== undefined && own !== kind && !bothNumbers(kind, own)) {
      throw new AnalysisError(
        "CREATE_FRAME",
        `Row ${row}, column "${path}": ${inspect(value, { depth: 0 })} is ${own}, but earlier rows are ${kind}. Give a schema, or make the values alike`,
      );
    }
    kind ??= own;
    if (own === "decimal" || (own === "number" && kind === "bigint")) kind = own === "decimal" ? own : kind;
  });
  if (kind === undefined) type = { kind: "string" };
  else type = typeOfKind(kind, values, path);
  return type;
}

type Kind =
  | "number"
  | "bigint"
  | "string"
  | "boolean"
  | "decimal"
  | "timestamp"
  | "date"
  | "timestamp_ntz"
  | "time"
  | "day_time_interval"
  | "year_month_interval"
  | "binary"
  | "array"
  | "map"
  | "struct";

const numbers: readonly Kind[] = ["number", "bigint"];
const bothNumbers = (a: Kind, b: Kind): boolean => numbers.includes(a) && numbers.includes(b);

function kindOf(value: unknown, row: number, path: string): Kind {
  switch (typeof value) {
    case "number":
    case "bigint":
    case "string":
    case "boolean":
      return typeof value as Kind;
    case "object":
      return objectKind(value as object);
    default:
      throw new AnalysisError("CREATE_FRAME", `Row ${row}, column "${path}": a ${typeof value} has no SQL type`);
  }
}

function objectKind(value: object): Kind {
  if (value instanceof Date || value instanceof Temporal.Instant || value instanceof Temporal.ZonedDateTime)
    return "timestamp";
  if (value instanceof Temporal.PlainDate) return "date";
  if (value instanceof Temporal.PlainDateTime) return "timestamp_ntz";
  if (value instanceof Temporal.PlainTime) return "time";
  if (value instanceof Temporal.Duration)
    return value.years === 0 && value.months === 0 ? "day_time_interval" : "year_month_interval";
  if (Decimal.isDecimal(value)) return "decimal";
  if (value instanceof Uint8Array) return "binary";
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return "array";
  return value instanceof Map ? "map" : "struct";
}

function typeOfKind(kind: Kind, values: readonly unknown[], path: string): SqlType {
  const present = values.filter((value) => value !== null && value !== undefined);
  switch (kind) {
    case "number":
    case "bigint":
      return numberType(present as (number | bigint)[]);
    case "decimal":
      return decimalType(present as Decimal[], path);
    case "day_time_interval":
      return DAY_TO_SECOND;
    case "year_month_interval":
      return YEAR_TO_MONTH;
    case "time":
      return { kind, precision: MAX_TIME_PRECISION };
    case "array":
      return {
        kind,
        element: inferType(
          (present as unknown[][]).flatMap((list) => [...list]),
          `${path}[]`,
        ),
      };
    case "map": {
      const maps = present as Map<unknown, unknown>[];
      return {
        kind,
        key: inferType(
          maps.flatMap((map) => [...map.keys()]),
          `${path} key`,
        ),
        value: inferType(
          maps.flatMap((map) => [...map.values()]),
          `${path} value`,
        ),
      };
    }
    case "struct":
      return { kind, fields: structFields(present as { readonly [name: string]: unknown }[], path) };
    default:
      return { kind };
  }
}

/** LONG if all are integers, else DOUBLE; a bigint among fractions cannot be. */
function numberType(values: readonly (number | bigint)[]): SqlType {
  const whole = values.every(
    (value) => typeof value === "bigint" || (Number.isSafeInteger(value) && !Object.is(value, -0)),
  );
  return { kind: whole ? "long" : "double" };
}

/** The narrowest DECIMAL that holds all of them exactly. */
function decimalType(values: readonly Decimal[], path: string): SqlType {
  let scale = 0;
  let whole = 0;
  for (const value of values) {
    if (!value.isFinite()) throw new AnalysisError("CREATE_FRAME", `Column "${path}": ${value} is no DECIMAL`);
    scale = Math.max(scale, value.decimalPlaces());
    whole = Math.max(whole, value.precision(true) - value.decimalPlaces());
  }
  const precision = Math.max(whole + scale, 1);
  if (precision <= 38) return { kind: "decimal", precision, scale };
  throw new AnalysisError(
    "CREATE_FRAME",
    `Column "${path}" needs ${precision} digits to hold its decimals; DECIMAL has at most 38`,
  );
}

function structFields(values: readonly { readonly [name: string]: unknown }[], path: string): Field[] {
  const names = new Set(values.flatMap((value) => Object.keys(value)));
  if (names.size === 0)
    throw new AnalysisError("CREATE_FRAME", `Column "${path}" has objects without properties, which have no SQL type`);
  return [...names].map((name) => {
    const own = values.map((value) => value[name]);
    return {
      name,
      type: inferType(own, `${path}.${name}`),
      nullable: own.some((item) => item === null || item === undefined),
    };
  });
}
