import type { LiteralValue } from "../plan/expressions.ts";
import type { SqlType } from "../plan/types.ts";
import { type Fragment, loose, tight } from "./fragment.ts";
import { dateText, doubleText, hexText, isExactDecimal, timestampText, timeText } from "./literal-text.ts";

/** A type in DuckDB's words. */
export function duckdbType(type: SqlType): string {
  switch (type.kind) {
    case "decimal":
      return `DECIMAL(${type.precision}, ${type.scale})`;
    case "array":
      return `${duckdbType(type.element)}[]`;
    case "map":
      return `MAP(${duckdbType(type.key)}, ${duckdbType(type.value)})`;
    case "struct":
      return `STRUCT(${type.fields.map((field) => `${quoteName(field.name)} ${duckdbType(field.type)}`).join(", ")})`;
    default:
      return TYPE_NAMES[type.kind];
  }
}

/** A value as DuckDB reads it, of exactly this type. */
export function duckdbLiteral(value: LiteralValue, type: SqlType): Fragment {
  if (value === null) return type.kind === "void" ? tight("NULL") : cast("NULL", type);
  switch (type.kind) {
    case "boolean":
      return tight(String(value));
    case "int":
    case "year_month_interval":
      return number(String(value));
    case "long":
    case "day_time_interval":
      return longLiteral(BigInt(value as bigint));
    case "double":
      return Number.isFinite(value) ? number(doubleText(value as number)) : cast(`'${value}'`, type);
    case "float":
      return cast(Number.isFinite(value) ? doubleText(value as number) : `'${value}'`, type);
    case "decimal":
      return isExactDecimal(String(value), type.precision, type.scale)
        ? number(String(value))
        : cast(`'${value}'`, type);
    case "string":
      return stringLiteral(String(value));
    case "binary":
      return tight(`from_hex('${hexText(value as Uint8Array)}')`);
    case "date": {
      const text = dateText(Number(value));
      return text ? tight(`DATE '${text}'`) : loose(`DATE '1970-01-01' + ${value}`);
    }
    case "timestamp": {
      const text = timestampText(BigInt(value as bigint));
      return tight(text ? `TIMESTAMPTZ '${text}+00'` : `make_timestamptz(${value})`);
    }
    case "timestamp_ntz": {
      const text = timestampText(BigInt(value as bigint));
      return tight(text ? `TIMESTAMP '${text}'` : `make_timestamp(${value})`);
    }
    case "time":
      return tight(`TIME '${timeText(BigInt(value as bigint))}'`);
    default:
      return cast(String(value), type);
  }
}

export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const TYPE_NAMES = {
  boolean: "BOOLEAN",
  byte: "TINYINT",
  short: "SMALLINT",
  int: "INTEGER",
  long: "BIGINT",
  float: "FLOAT",
  double: "DOUBLE",
  string: "VARCHAR",
  binary: "BLOB",
  date: "DATE",
  timestamp: "TIMESTAMPTZ",
  timestamp_ntz: "TIMESTAMP",
  time: "TIME",
  // DuckDB has one type of intervals, which mixes months and days, and has no sum.
  day_time_interval: "BIGINT",
  year_month_interval: "INTEGER",
  // Its own has the same parts, and takes those of 30 days for a month where it compares.
  calendar_interval: "STRUCT(months INTEGER, days INTEGER, micros BIGINT)",
  // Its own VARIANT has other types than Spark's, and no function that gives Spark's answers.
  variant: 'STRUCT("value" BLOB, metadata BLOB)',
  void: '"NULL"',
} as const;

const cast = (text: string, type: SqlType): Fragment => tight(`CAST(${text} AS ${duckdbType(type)})`);
/** A sign in front would take part in what stands before it. */
const number = (text: string): Fragment => (text.startsWith("-") ? loose(text) : tight(text));

/** DuckDB reads few digits as INTEGER, and the smallest BIGINT as a negated HUGEINT. */
function longLiteral(value: bigint): Fragment {
  const isInteger = value >= -(2n ** 31n) && value < 2n ** 31n;
  const isSmallest = value === -(2n ** 63n);
  return isInteger || isSmallest ? cast(String(value), { kind: "long" }) : number(String(value));
}

/** DuckDB's parser ends the query at a NUL. */
function stringLiteral(text: string): Fragment {
  const parts = text.split("\0").map(quoteText);
  return parts.length === 1 ? tight(quoteText(text)) : loose(parts.join(" || chr(0) || "));
}
