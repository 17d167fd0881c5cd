import type { Wording } from "./wording.ts";

/** What DuckDB says of numbers and text that do not fit the type that they are to have. */
const IN_COLUMN = "(?: when casting from source column (.*))?$";

export const castErrors: readonly Wording[] = [
  // Sums and rounded numbers are HUGEINTs before they get their type.
  [
    new RegExp(`^Type INT128 with value (\\S+) can't be cast .* type (\\w+)${IN_COLUMN}`),
    "ARITHMETIC_OVERFLOW",
    (value, type) =>
      `The result ${value} is beyond ${typeIn(type)}. Cast to a wider type first, such as decimal(38,0).`,
  ],
  [new RegExp(`^Type \\w+ with value (\\S+) can't be cast .* type (\\w+)${IN_COLUMN}`), "CAST_OVERFLOW", beyond],
  [new RegExp(`^Failed to cast decimal value (\\S+) to type (\\w+)${IN_COLUMN}`), "CAST_OVERFLOW", beyond],
  [new RegExp(`^Could not cast value (\\S+) to (DECIMAL\\(.*?\\))${IN_COLUMN}`), "NUMERIC_VALUE_OUT_OF_RANGE", beyond],
  [
    new RegExp(`^Casting value "(.*?)" to type (DECIMAL\\(.*?\\)) failed: value is out of range\\.?${IN_COLUMN}`),
    "NUMERIC_VALUE_OUT_OF_RANGE",
    beyond,
  ],
  [
    new RegExp(
      `^Could not convert string ["'](nan|-?inf|[-+]?[\\d.]+(?:e[-+]?\\d+)?)["'] to (DECIMAL\\(.*?\\))${IN_COLUMN}`,
      "i",
    ),
    "NUMERIC_VALUE_OUT_OF_RANGE",
    beyond,
  ],
  [
    new RegExp(`^Could not convert string ["'](.*)["'] to (.*?)${IN_COLUMN}`),
    "CAST_INVALID_INPUT",
    (value, type, column) =>
      `The value '${value}'${inColumn(column)} is no ${typeIn(type)}; use tryCast, in SQL TRY_CAST, to get NULL.`,
  ],
  [
    /^Failure in decode: could not convert blob to UTF8/,
    "MALFORMED_CHARACTER_CODING",
    () =>
      "There are bytes that are no UTF-8, and DuckDB's text is always UTF-8. Keep them as binary, or show them by hex.",
  ],
];

function beyond(value = "", type = "", column = ""): string {
  const special = { nan: "NaN", inf: "Infinity", "-inf": "-Infinity" }[value.toLowerCase()];
  const found = `The value ${special ?? value}${inColumn(column)}`;
  return special === undefined
    ? `${found} is beyond ${typeIn(type)}. Use a wider type, or tryCast to get NULL.`
    : `${found} has no place in ${typeIn(type)}. Use tryCast to get NULL.`;
}

/** What it says of results that do not fit their type. */
export const arithmeticErrors: readonly Wording[] = [
  [
    /^Overflow in (\w+) of DECIMAL\(\d+\) \((.*)\)/,
    "NUMERIC_VALUE_OUT_OF_RANGE",
    (operation, values) =>
      `The result of ${operation} has more than the 38 digits of a decimal (${values}, without decimal points). ${fewer(operation)}`,
  ],
  [
    /^Overflow in (\w+) of INT128 /,
    "NUMERIC_VALUE_OUT_OF_RANGE",
    () => `The result has more than the 38 digits of a decimal. Cast to fewer digits first.`,
  ],
  [
    /^Overflow in HUGEINT /,
    "ARITHMETIC_OVERFLOW",
    () =>
      "The sum is beyond all whole numbers and decimals. Cast to double first, or use try_sum or try_avg to get NULL.",
  ],
  [
    /^Overflow in (\w+) of (\w+) \((.*)\)/,
    "ARITHMETIC_OVERFLOW",
    (operation, type, values) => `${values} is beyond ${typeIn(type)}. ${wider(operation)}`,
  ],
  [
    /^Overflow in division of (.*)/,
    "ARITHMETIC_OVERFLOW",
    (values) => `${values} is beyond the type of its operands. Cast to a wider type first.`,
  ],
  [
    /^Overflow on abs\((.*)\)/,
    "ARITHMETIC_OVERFLOW",
    (value) => `abs(${value}) is beyond the type of its argument. Cast to a wider type first.`,
  ],
  [
    /^(?:Overflow in negation of|Negation of HUGEINT)/,
    "ARITHMETIC_OVERFLOW",
    () => "The smallest number of a type has no negative in it. Cast to a wider type first.",
  ],
  [
    /^((?:STDDEV|VAR|SEM|SKEW|Kurtosis)\w*)(?:\(?.*\)?) is out of range/i,
    "ARITHMETIC_OVERFLOW",
    (name) =>
      `${name.toLowerCase()}: the squares of the values are beyond double. Divide the values by a constant first.`,
  ],
  [/^(?:Hugeint )?division by zero/i, "DIVIDE_BY_ZERO", () => "Division by zero. Use try_divide to get NULL instead."],
];

const TRY = new Map([
  ["addition", "try_add"],
  ["subtraction", "try_subtract"],
  ["subtract", "try_subtract"],
  ["multiplication", "try_multiply"],
]);

const orTry = (operation: string) => (TRY.has(operation) ? `, or use ${TRY.get(operation)} to get NULL` : "");
const wider = (operation: string) => `Cast to a wider type first${orTry(operation)}.`;
/** A sum is made of additions, too. */
const fewer = (operation: string) =>
  `Cast to fewer digits first${orTry(operation).replace("try_add", "try_add or try_sum")}.`;

/** Names of our own in the SQL, of parts of values, and whole expressions say nothing to the user. */
const inColumn = (name = "") => (name === "" || /[(\n]|^(item|entry|once)$/.test(name) ? "" : ` of "${name}"`);

/** DuckDB speaks of how values are stored. */
const typeIn = (duckdb = "") => SQL_TYPES.get(duckdb) ?? duckdb.toLowerCase();

const SQL_TYPES = new Map([
  ["INT8", "tinyint"],
  ["INT16", "smallint"],
  ["INT32", "int"],
  ["INT64", "bigint"],
  ["BOOL", "boolean"],
]);
