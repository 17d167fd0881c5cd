import { isCalendarInterval, isInterval } from "../plan/interval-types.ts";
import { isFraction, isInteger, isNumeric, MAX_TIME_PRECISION, sameType } from "../plan/numeric.ts";
import type { SqlType } from "../plan/types.ts";
import { ofVariant } from "../plan/udf/udf.ts";
import type { Unconverted } from "./dialect.ts";
import { calendarText } from "./duckdb-calendar-text.ts";
import { nestedCast, nestedText } from "./duckdb-cast-nested.ts";
import { castOfText, plainDigits } from "./duckdb-cast-text.ts";
import { doubleAsText } from "./duckdb-double-text.ts";
import { once } from "./duckdb-functions/parts.ts";
import { castOfInterval } from "./duckdb-intervals.ts";
import { duckdbLiteral, duckdbType } from "./duckdb-literal.ts";
import { plainValue } from "./duckdb-plain-text.ts";
import { instantOf, truncatedTime } from "./duckdb-times.ts";
import { type Fragment, loose, tight } from "./fragment.ts";

/** A cast with Spark's ANSI results: fractions are cut off, text is read strictly, times are text without a zone. */
export function duckdbCast(arg: Unconverted, to: SqlType, onError: "fail" | "null"): Fragment {
  const from = arg.type;
  if (sameType(from, to)) return arg.fragment;
  if (from.kind === "variant" || (to.kind === "variant" && from.kind !== "void")) throw ofVariant("A cast");
  const cast = (text: string, type = to) =>
    `${onError === "null" ? "TRY_CAST" : "CAST"}(${text} AS ${duckdbType(type)})`;
  const castPart = (part: Unconverted, type: SqlType) => duckdbCast(part, type, onError).text;
  if (from.kind === "array" || from.kind === "map" || from.kind === "struct")
    return to.kind === "string"
      ? loose(nestedText(arg, castPart))
      : tight(nestedCast(arg, to, castPart, cast(arg.text)));
  if (from.kind === "string") {
    const plain = plainValue(arg, to);
    if (plain !== undefined) return plain;
    if (to.kind === "binary") return tight(`encode(${arg.text})`);
    return tight(castOfText(arg, to, onError) ?? cast(arg.text));
  }
  if (isCalendarInterval(from)) return tight(calendarText(arg));
  if (isInterval(from) || isInterval(to)) return tight(castOfInterval(arg, to, cast));
  if (from.kind === "binary" && to.kind === "string") return tight(`decode(${arg.text})`);
  if (from.kind === "time") return tight(castOfTime(arg, to, cast));
  if (from.kind === "timestamp") return tight(castOfTimestamp(arg.text, to, cast));
  if (from.kind === "timestamp_ntz" && to.kind === "timestamp") return tight(instantOf(arg.text));
  if (isFraction(from)) return tight(castOfFraction(arg, to, cast));
  if (from.kind === "decimal") {
    if (isInteger(to)) return tight(cast(`trunc(${arg.text})`));
    // DuckDB writes .5 where there are no digits before the point.
    if (to.kind === "string" && from.precision === from.scale)
      return tight(`regexp_replace(CAST(${arg.text} AS VARCHAR), '^(-?)[.]', '\\10.')`);
  }
  if (isNumeric(from) && to.kind === "timestamp") return tight(`to_timestamp(${arg.text})`);
  return tight(cast(arg.text));
}

/** Numbers are seconds since midnight. A TIME of fewer digits is cut. */
function castOfTime(arg: Unconverted, to: SqlType, cast: (text: string) => string): string {
  if (isInteger(to)) return cast(`epoch_us(${arg.text}) // 1000000`);
  if (to.kind === "decimal") return cast(`epoch_us(${arg.text}) * 0.000001`);
  if (to.kind !== "time") return cast(arg.text);
  return to.precision === MAX_TIME_PRECISION ? arg.text : truncatedTime(arg, 10 ** (MAX_TIME_PRECISION - to.precision));
}

/** Numbers are seconds since 1970; through microseconds, since DuckDB's own seconds are DOUBLEs. */
function castOfTimestamp(time: string, to: SqlType, cast: (text: string) => string): string {
  if (to.kind === "string") return cast(`CAST(${time} AS TIMESTAMP)`);
  if (isInteger(to)) return cast(`floor(epoch_us(${time}) * 0.000001)`);
  if (isFraction(to)) return cast(`epoch_us(${time}) / 1e6`);
  return isNumeric(to) ? cast(`epoch_us(${time}) * 0.000001`) : cast(time);
}

function castOfFraction(arg: Unconverted, to: SqlType, cast: (text: string) => string): string {
  if (isInteger(to)) return cast(`trunc(${arg.text})`);
  if (to.kind === "string") return doubleAsText(arg);
  if (to.kind === "timestamp") return `to_timestamp(${arg.text})`;
  // Beyond FLOAT is Infinity, and no error.
  if (to.kind === "float") return once(arg, (x) => `coalesce(TRY_CAST(${x} AS FLOAT), CAST(${x} / 0 AS FLOAT))`);
  // The digits that it is written with are rounded; a FLOAT has those of the DOUBLE that it is.
  if (to.kind === "decimal")
    return once(arg, (x) => {
      const double = arg.type.kind === "float" ? `CAST(${x} AS DOUBLE)` : x;
      // NaN and the infinities are NULL.
      return `CASE WHEN isfinite(${x}) THEN ${cast(plainDigits(`CAST(${double} AS VARCHAR)`))} END`;
    });
  return cast(arg.text);
}

/** A conversion that the function table asks for; left to DuckDB where it converts to the same type by itself. */
export function duckdbConvert(arg: Unconverted, to: SqlType): Fragment {
  const from = arg.type;
  if (sameType(from, to) || to.kind === "void") return arg.fragment;
  if (arg.expression.kind === "literal" && arg.expression.value === null) return duckdbLiteral(null, to);
  // The type of a text of the user's own is not known.
  if (from.kind === "void") return arg.fragment;
  if (isWidened(from, to)) return arg.fragment;
  return duckdbCast(arg, to, "fail");
}

/** TINYINT and SMALLINT would pull a literal beside them down to their own range; FLOAT pulls integers down. */
const isWidened = (from: SqlType, to: SqlType): boolean =>
  (from.kind === "int" && (to.kind === "long" || to.kind === "double")) ||
  (from.kind === "long" && to.kind === "double");
