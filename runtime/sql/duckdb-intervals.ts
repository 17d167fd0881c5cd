import {
  DAY_TIME_FIELDS,
  FIELD_MICROS,
  type IntervalType,
  intervalTypeName,
  isInterval,
  YEAR_MONTH_FIELDS,
} from "../plan/interval-types.ts";
import { isInteger } from "../plan/numeric.ts";
import type { SqlType } from "../plan/types.ts";
import type { Unconverted } from "./dialect.ts";
import { once } from "./duckdb-functions/parts.ts";
import { duckdbType, quoteText } from "./duckdb-literal.ts";

/**
 * Intervals are whole numbers in DuckDB: microseconds, or months. Its own type mixes months and days, orders by a month of
 * 30 days, and cannot be summed.
 */

/** How many microseconds, or months, the last of a type's fields has. */
export const lastUnit = ({ kind, end }: IntervalType): bigint =>
  kind === "day_time_interval" ? (FIELD_MICROS[end] as bigint) : end === 0 ? 12n : 1n;

/** A cast from or to an interval. */
export function castOfInterval(arg: Unconverted, to: SqlType, cast: (text: string) => string): string {
  const from = arg.type;
  if (isInterval(from)) {
    const unit = lastUnit(from);
    if (isInterval(to)) {
      const wanted = lastUnit(to);
      return wanted <= unit ? arg.text : once(arg, (x) => `(${x} - ${x} % ${wanted})`);
    }
    if (to.kind === "string") return intervalText(arg, from);
    if (isInteger(to)) return cast(`${arg.operand} // ${unit}`);
    return cast(unit === 1_000_000n ? `${arg.operand} * 0.000001` : `${arg.operand} // ${unit}`);
  }
  const unit = lastUnit(to as IntervalType);
  if (from.kind !== "decimal") return cast(`CAST(${arg.text} AS HUGEINT) * ${unit}`);
  const power = `CAST(1${"0".repeat(from.scale)} AS HUGEINT)`;
  return cast(halfUp(`CAST(${unscaled(arg.text)} AS HUGEINT) * ${unit}`, power));
}

export const unscaled = (decimal: string): string => `replace(CAST(${decimal} AS VARCHAR), '.', '')`;

/** The quotient of whole numbers, rounded, halves away from zero. */
export const halfUp = (dividend: string, divisor: string): string =>
  `list_transform([{'n': ${dividend}, 'd': ${divisor}}], lambda h: sign(h['n']) * sign(h['d']) * ((2 * abs(h['n']) + abs(h['d'])) // (2 * abs(h['d']))))[1]`;

const fieldsOf = (type: IntervalType): readonly string[] =>
  (type.kind === "day_time_interval" ? DAY_TIME_FIELDS : YEAR_MONTH_FIELDS).slice(type.start, type.end + 1);

/** As Spark writes it: INTERVAL '1 02:03:04.5' DAY TO SECOND. */
function intervalText(arg: Unconverted, type: IntervalType): string {
  const suffix = intervalTypeName(type).slice("interval ".length).toUpperCase();
  return once(arg, (x) => {
    const parts =
      type.kind === "year_month_interval"
        ? type.start !== type.end
          ? [`CAST(abs(${x}) // 12 AS VARCHAR)`, "'-'", `CAST(abs(${x}) % 12 AS VARCHAR)`]
          : [`CAST(abs(${x}) // ${lastUnit(type)} AS VARCHAR)`]
        : dayTimeParts(`abs(${x})`, type);
    return `CASE WHEN ${x} IS NOT NULL THEN 'INTERVAL ''' || CASE WHEN ${x} < 0 THEN '-' ELSE '' END || ${parts.join(" || ")} || ${quoteText(`' ${suffix}`)} END`;
  });
}

function dayTimeParts(positive: string, { start, end }: IntervalType): string[] {
  const parts: string[] = [];
  for (let field = start; field <= end; field++) {
    const unit = FIELD_MICROS[field] as bigint;
    const within = field === start ? positive : `${positive} % ${FIELD_MICROS[field - 1]}`;
    if (field > start) parts.push(field === 1 ? "' '" : "':'");
    parts.push(field === 0 ? `CAST(${positive} // ${unit} AS VARCHAR)` : `format('{:02d}', (${within}) // ${unit})`);
  }
  if (end === 3)
    parts.push(
      `CASE WHEN ${positive} % 1000000 = 0 THEN '' ELSE rtrim('.' || format('{:06d}', ${positive} % 1000000), '0') END`,
    );
  return parts;
}

/** What the text of an interval of this type looks like, without what stands around it. */
function bodyPattern(type: IntervalType): string {
  if (type.kind === "year_month_interval") return type.start === type.end ? "([0-9]+)" : "([0-9]+)-([0-9]+)";
  const parts = fieldsOf(type).map((_, index) => {
    const separator = index === 0 ? "" : type.start + index === 1 ? " " : ":";
    return `${separator}${index === 0 ? "([0-9]+)" : "([0-9]{1,2})"}`;
  });
  return `${parts.join("")}${type.end === 3 ? "(?:[.]([0-9]{1,9}))?" : ""}`;
}

/** The value of a text, bare or as a literal of SQL with the same fields; NULL where it has none. */
export function intervalOfText(x: string, type: IntervalType): string {
  const fields = fieldsOf(type);
  const suffix = intervalTypeName(type).slice("interval ".length).split(" ").join("\\s+");
  const body = bodyPattern(type);
  const names = [...fields, ...(type.kind === "day_time_interval" && type.end === 3 ? ["fraction"] : [])];
  const list = (extra: readonly string[]) => `[${[...extra, ...names].map((name) => `'${name}'`).join(", ")}]`;
  const trimmed = `trim(${x}, ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13))`;
  const bare = `regexp_extract(${trimmed}, '^()([+-]?)${body}$', ${list(["outer", "sign"])})`;
  const literal = `regexp_extract(${trimmed}, '(?i)^interval\\s+([+-]?)''([+-]?)${body}''\\s+${suffix}$', ${list(["outer", "sign"])})`;
  const number = (name: string) => `TRY_CAST(p['${name}'] AS HUGEINT)`;
  const limits = { hour: 23, minute: 59, second: 59, month: 11 };
  const checks = fields
    .slice(1)
    .map((name) => `${number(name)} <= ${limits[name as keyof typeof limits]}`)
    .concat(`length(p['${fields[0]}']) BETWEEN 1 AND 19`);
  const terms = fields.map((name, index) => {
    const unit = type.kind === "day_time_interval" ? FIELD_MICROS[type.start + index] : name === "year" ? 12n : 1n;
    return `${number(name)} * ${unit}`;
  });
  if (names.includes("fraction")) terms.push(`CAST(rpad(left(p['fraction'], 6), 6, '0') AS HUGEINT)`);
  const value = `CASE WHEN (p['outer'] = '-') <> (p['sign'] = '-') THEN -1 ELSE 1 END * (${terms.join(" + ")})`;
  const read = `CASE WHEN ${checks.join(" AND ")} THEN TRY_CAST(${value} AS ${duckdbType(type)}) END`;
  return `list_transform([CASE WHEN regexp_matches(${trimmed}, '(?i)^interval') THEN ${literal} ELSE ${bare} END], lambda p: ${read})[1]`;
}
