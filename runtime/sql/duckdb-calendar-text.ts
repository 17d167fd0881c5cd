import { FIELD_MICROS } from "../plan/interval-types.ts";
import type { SqlType } from "../plan/types.ts";
import type { Unconverted } from "./dialect.ts";
import { bind, once } from "./duckdb-functions/parts.ts";
import { duckdbType } from "./duckdb-literal.ts";

/** An interval of months, days and microseconds as Spark writes it: 1 years 2 months 3 days 4 hours 5.5 seconds. */
export const calendarText = (arg: Unconverted): string =>
  once(arg, (x) => {
    const [m, d, u] = ["months", "days", "micros"].map((part) => `struct_extract(${x}, '${part}')`);
    const unit = (count: string, name: string) =>
      `CASE WHEN ${count} <> 0 THEN CAST(${count} AS VARCHAR) || ' ${name}' END`;
    const rest = `(${u} % 60000000)`;
    const fraction = `rtrim(rtrim(format('{:d}.{:06d}', abs(${rest}) // 1000000, abs(${rest}) % 1000000), '0'), '.')`;
    const seconds = `CASE WHEN ${rest} <> 0 THEN CASE WHEN ${rest} < 0 THEN '-' ELSE '' END || ${fraction} || ' seconds' END`;
    const parts = [
      unit(`(${m} // 12)`, "years"),
      unit(`(${m} % 12)`, "months"),
      unit(d as string, "days"),
      unit(`(${u} // ${FIELD_MICROS[1]})`, "hours"),
      unit(`(${u} % ${FIELD_MICROS[1]} // ${FIELD_MICROS[2]})`, "minutes"),
      seconds,
    ];
    return `CASE WHEN ${x} IS NOT NULL THEN coalesce(nullif(concat_ws(' ', ${parts.join(", ")}), ''), '0 seconds') END`;
  });

const SPACE = "[ \\t\\n\\x0B\\f\\r]";
/** A sign may stand apart; of seconds there may be fractions, of which what is beyond microseconds is cut off. */
const WHOLE = `(?:[+-]${SPACE}*)?[0-9]+`;
const FRACTION = `(?:[+-]${SPACE}*[0-9]*[.][0-9]{0,9}|[0-9]+[.][0-9]{0,9}|[.][0-9]{1,9})`;
const UNITS = "(?:year|month|week|day|hour|minute|second|millisecond|microsecond)";
const TERM = `(?:${WHOLE}${SPACE}+${UNITS}|${FRACTION}${SPACE}+second)s?`;

/** More than any part holds. */
const BEYOND = "1000000000000000000000000";

/** The value of a text of numbers and units, which may have INTERVAL before them; NULL where it is none. */
export function calendarOfText(x: string, to: SqlType): string {
  const trimmed = `lower(trim(${x}, ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13)))`;
  const body = `regexp_replace(${trimmed}, '^interval${SPACE}+', '')`;
  const total = (unit: string, times: bigint | number) =>
    `coalesce(list_sum(list_transform(regexp_extract_all(t, '(${WHOLE})${SPACE}+${unit}', 1), lambda n: coalesce(CAST(TRY_CAST(regexp_replace(n, '${SPACE}', '', 'g') AS BIGINT) AS HUGEINT), ${BEYOND}) * ${times})), 0)`;
  const [, hour, minute, second] = FIELD_MICROS;
  // Whole seconds are found among these, too.
  const parts = `regexp_extract(n, '^([+-]?)${SPACE}*([0-9]*)[.]?([0-9]*)', ['sign', 'whole', 'fraction'])`;
  const whole = `CASE p['whole'] WHEN '' THEN 0 ELSE coalesce(CAST(TRY_CAST(p['whole'] AS BIGINT) AS HUGEINT), ${BEYOND}) END`;
  const value = `CASE p['sign'] WHEN '-' THEN -1 ELSE 1 END * (${whole} * ${second} + CAST(rpad(left(p['fraction'], 6), 6, '0') AS HUGEINT))`;
  const seconds = `coalesce(list_sum(list_transform(regexp_extract_all(t, '(${FRACTION}|${WHOLE})${SPACE}+second', 1), lambda n: ${bind("p", parts, value)})), 0)`;
  const months = `${total("year", 12)} + ${total("month", 1)}`;
  const days = `${total("week", 7)} + ${total("day", 1)}`;
  const micros = `${total("hour", hour as bigint)} + ${total("minute", minute as bigint)} + ${seconds} + ${total("millisecond", 1000)} + ${total("microsecond", 1)}`;
  const [m, d, u] = ["TRY_CAST(w['m'] AS INTEGER)", "TRY_CAST(w['d'] AS INTEGER)", "TRY_CAST(w['u'] AS BIGINT)"];
  const held = `CASE WHEN ${m} IS NOT NULL AND ${d} IS NOT NULL AND ${u} IS NOT NULL THEN {'months': ${m}, 'days': ${d}, 'micros': ${u}} END`;
  const read = bind("w", `{'m': ${months}, 'd': ${days}, 'u': ${micros}}`, held);
  const found = bind("t", body, `CASE WHEN regexp_full_match(t, '${TERM}(?:${SPACE}+${TERM})*') THEN ${read} END`);
  return `CAST(${found} AS ${duckdbType(to)})`;
}
