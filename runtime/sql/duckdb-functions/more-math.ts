import { isFraction, isInteger, isNumeric } from "../../plan/numeric.ts";
import type { Arg, Template, Templates } from "../dialect.ts";
import { loose } from "../fragment.ts";
import { literalText } from "../literal-argument.ts";
import { operatorTemplates } from "./operators.ts";
import { asResult, bind, eachOnce, typed } from "./parts.ts";
import { roundedText } from "./round.ts";

const NAN = "CAST('NaN' AS DOUBLE)";

/** NaN for what is no angle, where DuckDB fails. */
const ofFinite =
  (formula: (x: string) => string): Template =>
  ([x]) =>
    eachOnce([x], (v) => `CASE WHEN isinf(${v}) THEN ${NAN} ELSE ${formula(v)} END`);

const within =
  (name: string, inside: (x: string) => string): Template =>
  ([x]) =>
    eachOnce([x], (v) => `CASE WHEN NOT (${inside(v)}) THEN ${NAN} ELSE ${name}(${v}) END`);

const reciprocal =
  (name: string): Template =>
  ([x]) =>
    eachOnce([x], (v) => `CASE WHEN isinf(${v}) THEN ${NAN} ELSE 1e0 / ${name}(${v}) END`);

const tried =
  (name: string): Template =>
  (args, call) => {
    const sql = operatorTemplates[name]?.(args, call) ?? "";
    const text = typeof sql === "string" ? sql : sql.text;
    // TRY takes error() only where it stands in a lambda.
    return isNumeric(call.result.type) ? `TRY(${text})` : `TRY(${bind("tried", "1", text)})`;
  };

/** NULL instead of a division by zero. */
const unlessZero =
  (name: string): Template =>
  (args, call) => {
    if (!isNumeric(call.result.type)) return tried(name)(args, call);
    const sql = operatorTemplates[name]?.(args, call) ?? "";
    return `CASE WHEN ${args[1].operand} <> 0 THEN ${typeof sql === "string" ? sql : sql.text} END`;
  };

/** The remainder, moved above 0. */
const pmod: Template = ([left, right], call) =>
  eachOnce([left, right], (a, b) => {
    const text = (x: string) => asResult(x, call);
    return `CASE WHEN ${b} = 0 AND ${a} IS NOT NULL THEN error('[REMAINDER_BY_ZERO] Remainder of a division by zero. Use try_mod to get NULL instead.') WHEN ${text(`${a} % ${b}`)} < 0 THEN ${text(`(${a} % ${b} + ${b}) % ${b}`)} ELSE ${text(`${a} % ${b}`)} END`;
  });

const bround: Template = (args, call) => {
  const [x] = args;
  const places = args.length > 1 ? Number(literalText(args[1], "bround: the number of places")) : 0;
  if (isInteger(x.type) && places >= 0) return x.fragment;
  if (isFraction(x.type)) {
    const rounded = roundedText(x.type.kind === "float" ? `CAST(${x.text} AS DOUBLE)` : x.text, places, "to even");
    return x.type.kind === "float" ? asResult(rounded, call) : rounded;
  }
  const unit = places < 0 ? `1${"0".repeat(-places)}` : decimalUnit(places, "1");
  const half = places < 0 ? `5${"0".repeat(-places - 1)}` : decimalUnit(places + 1, "5");
  const twice = places < 0 ? `2${"0".repeat(-places)}` : decimalUnit(places, "2");
  return eachOnce([x], (v) => {
    const up = `round(${v}, ${places})`;
    return asResult(
      `CASE WHEN abs(${up} - ${v}) = ${half} AND ${up} % ${twice} <> 0 THEN ${up} - sign(${v}) * ${unit} ELSE ${up} END`,
      call,
    );
  });
};

const decimalUnit = (places: number, digit: string): string =>
  places === 0 ? digit : `0.${"0".repeat(places - 1)}${digit}`;

const widthBucket: Template = (args) =>
  eachOnce(args, (v, low, high, count) => {
    const up = `CASE WHEN ${v} < ${low} THEN 0 WHEN ${v} >= ${high} THEN ${count} + 1 ELSE CAST(floor(${count} * (${v} - ${low}) / (${high} - ${low})) AS BIGINT) + 1 END`;
    const down = `CASE WHEN ${v} > ${low} THEN 0 WHEN ${v} <= ${high} THEN ${count} + 1 ELSE CAST(floor(${count} * (${low} - ${v}) / (${low} - ${high})) AS BIGINT) + 1 END`;
    const wrong = [
      `${count} <= 0`,
      `${count} = 9223372036854775807`,
      `${low} = ${high}`,
      ...[v, low, high].map((x) => `isnan(${x})`),
      `isinf(${low})`,
      `isinf(${high})`,
    ];
    return `CASE WHEN ${wrong.join(" OR ")} OR ${v} IS NULL THEN NULL WHEN ${low} < ${high} THEN ${up} ELSE ${down} END`;
  });

const bitsOf = ({ type }: Arg) => (type.kind === "long" ? 64 : 32);

/** A whole number's lowest bits, as the signed number that they are in Java. */
const signed = (text: string, bits: number) => {
  const size = 2n ** BigInt(bits);
  const low = `((${text}) & ${size - 1n}::HUGEINT)`;
  return `CAST(CASE WHEN ${low} >= ${size / 2n} THEN ${low} - ${size}::HUGEINT ELSE ${low} END AS ${bits === 64 ? "BIGINT" : "INTEGER"})`;
};
const unsigned = (text: string, bits: number) => `(${text}::HUGEINT & ${2n ** BigInt(bits) - 1n}::HUGEINT)`;

/** Java takes the lowest bits of the distance, and drops what is shifted out. */
const shift =
  (direction: "left" | "right" | "unsigned"): Template =>
  ([x, distance]) =>
    eachOnce([x, distance], (v, n) => {
      const bits = bitsOf(x);
      const by = `(${n} & ${bits - 1})`;
      if (direction === "right") return `(${v} >> CAST(${by} AS ${bits === 64 ? "BIGINT" : "INTEGER"}))`;
      if (direction === "unsigned") return signed(`${unsigned(v, bits)} // (1::HUGEINT << ${by})`, bits);
      return signed(`(${unsigned(v, bits)} & ((1::HUGEINT << (${bits} - ${by})) - 1)) * (1::HUGEINT << ${by})`, bits);
    });

const infixed =
  (operator: string): Template =>
  ([left, right]) =>
    loose(`${left.operand} ${operator} ${right.operand}`);

export const moreMathTemplates: Templates = {
  acos: within("acos", (x) => `abs(${x}) <= 1`),
  asin: within("asin", (x) => `abs(${x}) <= 1`),
  atanh: ([x]) =>
    eachOnce(
      [x],
      (v) =>
        `CASE WHEN ${v} = -1 THEN CAST('-Infinity' AS DOUBLE) WHEN NOT (abs(${v}) <= 1) THEN ${NAN} ELSE atanh(${v}) END`,
    ),
  cos: ofFinite((x) => `cos(${x})`),
  sin: ofFinite((x) => `sin(${x})`),
  tan: ofFinite((x) => `tan(${x})`),
  cot: ofFinite((x) => `1e0 / tan(${x})`),
  csc: reciprocal("sin"),
  sec: reciprocal("cos"),
  e: () => "exp(1e0)",
  // Exact for small x, too (Kahan).
  expm1: ([x]) =>
    eachOnce(
      [x],
      (v) =>
        `CASE WHEN exp(${v}) = 1 THEN ${v} WHEN exp(${v}) - 1 = -1 THEN -1e0 WHEN isinf(exp(${v})) THEN exp(${v}) ELSE (exp(${v}) - 1) * ${v} / ln(exp(${v})) END`,
    ),
  log1p: ([x]) =>
    eachOnce(
      [x],
      (v) =>
        `CASE WHEN ${v} <= -1 THEN NULL WHEN 1 + ${v} = 1 THEN ${v} WHEN isinf(${v}) OR isnan(${v}) THEN ${v} ELSE ln(1 + ${v}) * (${v} / ((1 + ${v}) - 1)) END`,
    ),
  hypot: ([x, y]) =>
    eachOnce([x, y], (a, b) => {
      const [most, least] = [`greatest(abs(${a}), abs(${b}))`, `least(abs(${a}), abs(${b}))`];
      return `CASE WHEN ${a} IS NULL OR ${b} IS NULL THEN NULL WHEN isinf(${a}) OR isinf(${b}) THEN CAST('Infinity' AS DOUBLE) WHEN isnan(${a}) OR isnan(${b}) THEN ${NAN} WHEN ${most} = 0 THEN 0e0 ELSE ${most} * sqrt(1 + pow(${least} / ${most}, 2)) END`;
    }),
  positive: ([x]) => x.fragment,
  rint: ([x]) => `round_even(${x.text}, 0)`,

  bround,
  factorial: ([x], call) =>
    eachOnce([x], (v) => `CASE WHEN ${v} BETWEEN 0 AND 20 THEN ${asResult(`factorial(${v})`, call)} END`),
  pmod,
  try_add: tried("add"),
  try_subtract: tried("subtract"),
  try_multiply: tried("multiply"),
  try_divide: unlessZero("divide"),
  try_mod: unlessZero("modulo"),
  width_bucket: widthBucket,

  unhex: ([x]) =>
    eachOnce(
      [x],
      (v) =>
        `CASE WHEN regexp_full_match(${v}, '[0-9A-Fa-f]*') THEN unhex(CASE WHEN length(${v}) % 2 = 1 THEN '0' || ${v} ELSE ${v} END) END`,
    ),

  bit_count: ([x], call) => asResult(`bit_count(CAST(${x.text} AS BIGINT))`, call),
  getbit: ([x, position], call) =>
    eachOnce([x, position], (v, n) => {
      const bits = { byte: 8, short: 16, int: 32, long: 64 }[x.type.kind as "int"] ?? 64;
      return `CASE WHEN ${n} < 0 OR ${n} >= ${bits} THEN error('[INVALID_PARAMETER_VALUE] getbit: the position has to be from 0 to ${bits - 1}, not ' || ${n} || '.') ELSE ${asResult(`(CAST(${v} AS BIGINT) >> ${n}) & 1`, call)} END`;
    }),
  bitwise_not: ([x]) => `(~${x.operand})`,
  bitwiseAND: infixed("&"),
  bitwiseOR: infixed("|"),
  bitwiseXOR: typed("xor"),
  shiftleft: shift("left"),
  shiftright: shift("right"),
  shiftrightunsigned: shift("unsigned"),
};
