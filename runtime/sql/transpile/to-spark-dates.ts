import { guarded } from "./guards.ts";
import type { Library } from "./library.ts";
import { as, partsAs, type Rule, type Rules, refuse } from "./rules.ts";
import { type Fields, isKind, literalOf, type Node, partsOf, written } from "./tree.ts";

const UNITS: { readonly [unit: string]: readonly [count: number, unit: string] } = {
  year: [1, "YEAR"],
  quarter: [3, "MONTH"],
  month: [1, "MONTH"],
  week: [7, "DAY"],
  day: [1, "DAY"],
  hour: [1, "HOUR"],
  minute: [1, "MINUTE"],
  second: [1, "SECOND"],
};

/** `INTERVAL 3 DAYS` in all of its spellings. */
const interval: Rule = ({ this: amount, unit }, _, library) => {
  const text = literalOf(amount, "string") ?? literalOf(amount, "number") ?? "";
  const named = (unit as { unit?: string } | null)?.unit;
  const [, count, word = ""] = /^\s*(-?\d+)\s*([a-z]*)\s*$/i.exec(text) ?? [];
  const [times, name] = UNITS[(named ?? word).toLowerCase().replace(/s$/, "")] ?? [];
  if (count === undefined || times === undefined || (named && word))
    return refuse("An INTERVAL that is not a whole number of one unit");
  return written(library, `INTERVAL '${Number(count) * times}' ${name}`);
};

const isTimeInterval = (value: unknown): boolean =>
  isKind(value, "interval") && /Hour|Minute|Second/.test(JSON.stringify(partsOf(value)?.[1].unit));

/** A DATE and some hours are a time with the session's zone in Spark, and one without in DuckDB. */
const plus =
  (kind: string): Rule =>
  (fields, node, library) => {
    if (isKind(fields.left, "interval")) return refuse("An INTERVAL on the left side");
    if (!isTimeInterval(fields.right)) return node;
    const left = guarded(
      library,
      fields.left,
      "typeof(_0) = 'date'",
      [fields.left],
      "a DATE with an INTERVAL of hours",
    );
    return { [kind]: { ...fields, left } };
  };

const DAY_UNITS = new Set(["year", "quarter", "month", "week"]);

/** Without a way through the session's time zone, which has hours that are not there. */
const truncate: Rule = ({ args }, _, library) => {
  const [unitNode, value] = args as [unknown, unknown];
  const unit = literalOf(unitNode, "string")?.toLowerCase() ?? "";
  const zoned = guarded(
    library,
    value,
    "typeof(_0) IN ('timestamp', 'string')",
    [value],
    "date_trunc of a TIMESTAMPTZ",
  );
  const day = "CAST(CAST(_0 AS DATE) AS TIMESTAMP_NTZ)";
  if (DAY_UNITS.has(unit))
    return written(library, `CAST(TRUNC(CAST(_0 AS DATE), '${unit.toUpperCase()}') AS TIMESTAMP_NTZ)`, [zoned]);
  if (unit === "day") return written(library, day, [zoned]);
  if (unit === "hour") return written(library, `(${day} + MAKE_DT_INTERVAL(0, HOUR(_0), 0, 0))`, [zoned]);
  if (unit === "minute") return written(library, `(${day} + MAKE_DT_INTERVAL(0, HOUR(_0), MINUTE(_0), 0))`, [zoned]);
  return refuse(`date_trunc by ${unit ? JSON.stringify(unit) : "a computed unit"}`);
};

const DIFFERENCES: { readonly [unit: string]: string } = {
  day: "CAST(DATEDIFF(CAST(_1 AS DATE), CAST(_0 AS DATE)) AS BIGINT)",
  month: "CAST((YEAR(_1) * 12 + MONTH(_1)) - (YEAR(_0) * 12 + MONTH(_0)) AS BIGINT)",
  year: "CAST(YEAR(_1) - YEAR(_0) AS BIGINT)",
};

/** DuckDB counts the borders between days, months and years. */
const difference: Rule = ({ args }, _, library) => {
  const [unit, start, end] = args as [unknown, unknown, unknown];
  const text = DIFFERENCES[literalOf(unit, "string")?.toLowerCase() ?? ""];
  if (text === undefined) return refuse("date_diff by anything but 'day', 'month' and 'year'");
  return written(library, text, [start, end]);
};

const PARTS: { readonly [part: string]: string } = {
  year: "YEAR(_0)",
  quarter: "QUARTER(_0)",
  month: "MONTH(_0)",
  week: "WEEKOFYEAR(_0)",
  day: "DAY(_0)",
  hour: "HOUR(_0)",
  minute: "MINUTE(_0)",
  dow: "(DAYOFWEEK(_0) - 1)",
  dayofweek: "(DAYOFWEEK(_0) - 1)",
  isodow: "(WEEKDAY(_0) + 1)",
  doy: "DAYOFYEAR(_0)",
  dayofyear: "DAYOFYEAR(_0)",
};

function part(name: string, value: unknown, library: Library): unknown {
  const text = PARTS[name.toLowerCase()];
  if (text === undefined) return refuse(`The part ${JSON.stringify(name)} of a time`);
  return written(library, text, [value]);
}

const extract: Rule = ({ this: value, field }, _, library) =>
  part(typeof field === "string" ? field : String(Object.values(field as object)[0]), value, library);

const datePart: Rule = ({ args }, _, library) => {
  const [name, value] = args as [unknown, unknown];
  return part(literalOf(name, "string") ?? "?", value, library);
};

/** Each directive is an expression of its own: none goes through the session's time zone. */
const DIRECTIVES: { readonly [directive: string]: string } = {
  Y: "DATE_FORMAT(CAST(_0 AS DATE), 'yyyy')",
  y: "DATE_FORMAT(CAST(_0 AS DATE), 'yy')",
  m: "DATE_FORMAT(CAST(_0 AS DATE), 'MM')",
  d: "DATE_FORMAT(CAST(_0 AS DATE), 'dd')",
  "-m": "CAST(MONTH(_0) AS STRING)",
  "-d": "CAST(DAY(_0) AS STRING)",
  B: "DATE_FORMAT(CAST(_0 AS DATE), 'MMMM')",
  b: "DATE_FORMAT(CAST(_0 AS DATE), 'MMM')",
  A: "DATE_FORMAT(CAST(_0 AS DATE), 'EEEE')",
  a: "DATE_FORMAT(CAST(_0 AS DATE), 'EEE')",
  j: "DATE_FORMAT(CAST(_0 AS DATE), 'DDD')",
  H: "LPAD(CAST(HOUR(_0) AS STRING), 2, '0')",
  M: "LPAD(CAST(MINUTE(_0) AS STRING), 2, '0')",
  S: "LPAD(CAST(SECOND(_0) AS STRING), 2, '0')",
  p: "IF(HOUR(_0) < 12, 'AM', 'PM')",
  I: "LPAD(CAST((HOUR(_0) + 11) % 12 + 1 AS STRING), 2, '0')",
};

const format: Rule = ({ args }, _, library) => {
  const [value, pattern] = args as [unknown, unknown];
  const text = literalOf(pattern, "string");
  if (text === undefined) return refuse("strftime with a format that is computed");
  const parts = [...text.matchAll(/%(-?[a-zA-Z%])|[^%]+/g)].map(([literal, directive]) => {
    if (directive === undefined || directive === "%")
      return `'${(directive ?? literal).replaceAll("'", "''").replaceAll("\\", "\\\\")}'`;
    return DIRECTIVES[directive] ?? refuse(`The directive %${directive} of strftime`);
  });
  return written(library, `CONCAT(${parts.join(", ")})`, [value]);
};

/** For reading, Spark's patterns are as strict as DuckDB's directives. */
const READ: { readonly [directive: string]: string } = { Y: "yyyy", m: "MM", d: "dd", H: "HH", M: "mm", S: "ss" };

const parse: Rule = ({ args }, _, library) => {
  const [value, pattern] = args as [unknown, unknown];
  const text = literalOf(pattern, "string");
  if (text === undefined || /[a-zA-Z'[\]{}#]/.test(text.replace(/%[a-zA-Z]/g, "")))
    return refuse("strptime with this format");
  const java = text.replace(
    /%([a-zA-Z])/g,
    (_, directive) => READ[directive] ?? refuse(`The directive %${directive} of strptime`),
  );
  return written(library, "TO_TIMESTAMP_NTZ(_0, _1)", [value, { literal: { literal_type: "string", value: java } }]);
};

const partRules = (names: readonly string[]): Rules =>
  Object.fromEntries(
    names.flatMap((name): [string, Rule][] => [
      [`function ${name}/1`, ({ args }, _: Node, library) => part(name, (args as unknown[])[0], library)],
      [name, ({ this: value }: Fields, _: Node, library) => part(name, value, library)],
    ]),
  );

export const dateRules: Rules = {
  ...partRules(["quarter", "week", "dayofweek", "isodow", "dayofyear"]),
  day_of_week: partsAs("(DAYOFWEEK(_0) - 1)", "this"),
  day_of_year: partsAs("DAYOFYEAR(_0)", "this"),
  week_of_year: partsAs("WEEKOFYEAR(_0)", "this"),
  interval,
  add: plus("add"),
  sub: plus("sub"),
  extract,
  "function date_part/2": datePart,
  "function datepart/2": datePart,
  "function date_trunc/2": truncate,
  "function datetrunc/2": truncate,
  "function date_diff/3": difference,
  "function datediff/3": difference,
  "function strftime/2": format,
  "function strptime/2": parse,
  "function dayname/1": as("DATE_FORMAT(CAST(_0 AS DATE), 'EEEE')"),
  "function monthname/1": as("DATE_FORMAT(CAST(_0 AS DATE), 'MMMM')"),
  "function weekday/1": as("(DAYOFWEEK(_0) - 1)"),
  "function today/0": as("CURRENT_DATE()"),
};
