import { DAY_TIME_FIELDS, FIELD_MICROS, type IntervalType, intervalType, YEAR_MONTH_FIELDS } from "./interval-types.ts";

export type IntervalValue = { readonly value: bigint; readonly type: IntervalType };

/**
 * A literal of SQL that both dialects read alike, whole: `INTERVAL 2 DAYS 3 HOURS`, `INTERVAL '2' DAY`,
 * `INTERVAL '1 02:03:04.5' DAY TO SECOND`, `INTERVAL '1-2' YEAR TO MONTH`. Undefined for any other text.
 */
export function intervalIn(text: string): IntervalValue | undefined {
  const body = /^\s*interval\b\s*(.*?)\s*$/is.exec(text)?.[1];
  if (body === undefined) return undefined;
  const ansi = /^([+-]?)\s*'\s*([+-]?)\s*([\d :.-]+?)\s*'\s+(\w+)(?:\s+to\s+(\w+))?$/is.exec(body);
  if (ansi !== null && (ansi[5] !== undefined || /[ :.]|\d-/.test(ansi[3] ?? ""))) {
    const [, outer, inner, digits = "", start = "", end = start] = ansi;
    const type = intervalType(start.toLowerCase(), end.toLowerCase());
    const value = type && digitsValue(digits, type);
    return type && value !== undefined
      ? { type, value: (outer === "-") !== (inner === "-") ? -value : value }
      : undefined;
  }
  return unitsValue(body);
}

/** "1 02:03:04.5" by the fields of a type. */
function digitsValue(digits: string, type: IntervalType): bigint | undefined {
  if (type.kind === "year_month_interval") {
    const [, years, months] = /^(\d{1,9})(?:-(\d{1,2}))?$/.exec(digits) ?? [];
    if (years === undefined || (months !== undefined) !== (type.start !== type.end) || Number(months ?? 0) > 11)
      return undefined;
    return type.start === type.end
      ? BigInt(years) * (type.start === 0 ? 12n : 1n)
      : BigInt(years) * 12n + BigInt(months ?? 0);
  }
  const [whole = "", fraction = "", more] = digits.split(".");
  const parts = whole.split(/[ :]/);
  if (more !== undefined || (fraction !== "" && type.end !== 3) || parts.length !== type.end - type.start + 1)
    return undefined;
  if (
    !/^\d{1,9}$/.test(fraction || "0") ||
    parts.some((part, index) => !(index === 0 ? /^\d{1,9}$/ : /^\d{1,2}$/).test(part))
  )
    return undefined;
  const limits = [Number.POSITIVE_INFINITY, 23, 59, 59];
  if (parts.some((part, index) => index > 0 && Number(part) > (limits[type.start + index] as number))) return undefined;
  const value = parts.reduce(
    (sum, part, index) => sum + BigInt(part) * (FIELD_MICROS[type.start + index] as bigint),
    0n,
  );
  return value + BigInt(fraction.slice(0, 6).padEnd(6, "0"));
}

const SMALL: { readonly [unit: string]: readonly [field: number, micros: bigint] } = {
  week: [0, 7n * FIELD_MICROS[0]],
  ...Object.fromEntries(DAY_TIME_FIELDS.map((unit, field) => [unit, [field, FIELD_MICROS[field] as bigint]])),
  millisecond: [3, 1000n],
  microsecond: [3, 1n],
};

/** "2 days 3 hours", with or without quotes around the numbers or around all. */
function unitsValue(body: string): IntervalValue | undefined {
  const words = body.replaceAll("'", " ").trim().toLowerCase().split(/\s+/);
  if (words.length < 2 || words.length % 2 !== 0) return undefined;
  const fields: number[] = [];
  let value = 0n;
  let kind: IntervalType["kind"] | undefined;
  for (let index = 0; index < words.length; index += 2) {
    const count = words[index] ?? "";
    const unit = (words[index + 1] ?? "").replace(/s$/, "");
    const months = YEAR_MONTH_FIELDS.indexOf(unit as "year");
    const [field, size] = months >= 0 ? [months, months === 0 ? 12n : 1n] : (SMALL[unit] ?? []);
    const own = months >= 0 ? "year_month_interval" : "day_time_interval";
    if (!/^[+-]?\d{1,15}$/.test(count) || field === undefined || size === undefined || (kind ?? own) !== own)
      return undefined;
    kind = own;
    fields.push(field);
    value += BigInt(count) * size;
  }
  if (kind === undefined) return undefined;
  return { value, type: { kind, start: Math.min(...fields), end: Math.max(...fields) } };
}
