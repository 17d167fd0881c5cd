import { AnalysisError } from "../errors.ts";
import type { LiteralValue } from "../plan/expressions.ts";
import { fieldName } from "../plan/functions/collections.ts";
import { parseInterval } from "../plan/interval.ts";
import { intervalLiteral, intervalTypeName } from "../plan/interval-types.ts";
import { MAX_TIME_PRECISION } from "../plan/numeric.ts";
import type { SqlType } from "../plan/types.ts";
import { notOnSpark } from "../plan/udf/udf.ts";
import { variableName } from "../plan/variables.ts";
import { unitOf } from "./date-units.ts";
import type { Arg, Args, Dialect, Template, Templates, Unconverted } from "./dialect.ts";
import { type Fragment, infix, loose, tight } from "./fragment.ts";
import { withAliases } from "./function-aliases.ts";
import { literalText } from "./literal-argument.ts";
import { dateText, doubleText, hexText, isExactDecimal, percentText, timestampText, timeText } from "./literal-text.ts";

const quote = (name: string) => `\`${name.replaceAll("`", "``")}\``;
/** Spark reads backslashes in text as the start of an escape. */
const quoteText = (text: string) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\0", "\\0")}'`;

export function sparkType(type: SqlType): string {
  switch (type.kind) {
    case "byte":
      return "TINYINT";
    case "short":
      return "SMALLINT";
    case "long":
      return "BIGINT";
    case "decimal":
      return `DECIMAL(${type.precision}, ${type.scale})`;
    case "time":
      return `TIME(${type.precision})`;
    case "day_time_interval":
    case "year_month_interval":
      return intervalTypeName(type).toUpperCase();
    case "calendar_interval":
      return "INTERVAL";
    case "array":
      return `ARRAY<${sparkType(type.element)}>`;
    case "map":
      return `MAP<${sparkType(type.key)}, ${sparkType(type.value)}>`;
    case "struct":
      return `STRUCT<${type.fields.map((field) => `${quote(field.name)}: ${sparkType(field.type)}`).join(", ")}>`;
    default:
      return type.kind.toUpperCase();
  }
}

function literal(value: LiteralValue, type: SqlType): Fragment {
  if (value === null) return type.kind === "void" ? tight("NULL") : tight(`CAST(NULL AS ${sparkType(type)})`);
  switch (type.kind) {
    case "boolean":
      return tight(String(value));
    case "byte":
      return number(`${value}Y`);
    case "short":
      return number(`${value}S`);
    case "int":
      return number(String(value));
    case "long":
      return number(`${value}L`);
    case "float":
      return Number.isFinite(value) ? number(`${value}F`) : tight(`float('${value}')`);
    case "double":
      return Number.isFinite(value) ? number(doubleText(value as number)) : tight(`double('${value}')`);
    case "decimal":
      return isExactDecimal(String(value), type.precision, type.scale)
        ? number(String(value))
        : tight(`CAST('${value}' AS ${sparkType(type)})`);
    case "string":
      return tight(quoteText(String(value)));
    case "binary":
      return tight(`X'${hexText(value as Uint8Array)}'`);
    case "date": {
      const text = dateText(Number(value));
      return tight(text ? `DATE '${text}'` : `date_from_unix_date(${value})`);
    }
    case "timestamp": {
      const text = timestampText(BigInt(value as bigint));
      return tight(text ? `TIMESTAMP '${text}+00:00'` : `timestamp_micros(${value}L)`);
    }
    case "timestamp_ntz": {
      const text = timestampText(BigInt(value as bigint));
      if (text) return tight(`TIMESTAMP_NTZ '${text}'`);
      return tight(`to_utc_timestamp(CAST(timestamp_micros(${value}L) AS TIMESTAMP_NTZ), current_timezone())`);
    }
    case "day_time_interval":
    case "year_month_interval":
      return tight(intervalLiteral(BigInt(value as bigint), type));
    case "time": {
      const text = `TIME '${timeText(BigInt(value as bigint))}'`;
      return tight(type.precision === MAX_TIME_PRECISION ? text : `CAST(${text} AS ${sparkType(type)})`);
    }
    default:
      return tight(`CAST(${value} AS ${sparkType(type)})`);
  }
}

const number = (text: string): Fragment => (text.startsWith("-") ? loose(text) : tight(text));

const chain =
  (operator: string): Template =>
  ([left, right]) =>
    infix(left.fragment, operator, right.fragment);
const compare =
  (operator: string): Template =>
  ([left, right]) =>
    loose(`${left.operand} ${operator} ${right.operand}`);
const like =
  (operator: string): Template =>
  (args) => {
    const [text, pattern, escapeChar] = args;
    const compared = `${text.operand} ${operator} ${pattern.operand}`;
    return loose(args.length > 2 ? `${compared} ESCAPE ${escapeChar.text}` : compared);
  };
/** Spark's SQL changes no struct: it is made again, field by field. */
const structAgain: Template = ([from, name, value], call) => {
  const { fields } = call.result.type as SqlType & { kind: "struct" };
  const isGiven = (field: string) =>
    call.name === "withField" && field.toLowerCase() === literalText(name, "withField: the name").toLowerCase();
  const list = fields.map(
    (field) => `${quoteText(field.name)}, ${isGiven(field.name) ? value.text : `${from.operand}.${quote(field.name)}`}`,
  );
  return `IF(${from.operand} IS NULL, NULL, named_struct(${list.join(", ")}))`;
};

/** A word of the grammar, not a text. */
const unitWord = (unit: Arg): string => {
  const word = literalText(unit, "the unit");
  if (!/^[A-Za-z]+$/.test(word)) throw new AnalysisError("INVALID_PARAMETER_VALUE", `"${word}" is no unit of time.`);
  return word.toUpperCase();
};
const named =
  (name: string): Template =>
  (args, call) =>
    `${name}(${call.distinct ? "DISTINCT " : ""}${args.map((arg) => arg.text).join(", ")})${call.over}`;
const trim =
  (side: string, name: string): Template =>
  (args) =>
    args.length === 1 ? `${name}(${args[0].text})` : `trim(${side} ${args[1].text} FROM ${args[0].text})`;

/** Spark's types of intervals have months, or days and less. */
function intervalText(text: string): string {
  const { months, days, micros } = parseInterval(text) ?? { months: 0, days: 0, micros: 0n };
  if (months !== 0) return `INTERVAL '${months}' MONTH`;
  const all = BigInt(days) * 86_400_000_000n + micros;
  const positive = all < 0n ? -all : all;
  const two = (part: bigint) => String(part).padStart(2, "0");
  const seconds = (positive / 1_000_000n) % 86_400n;
  const clock = `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`;
  const fraction = String(positive % 1_000_000n).padStart(6, "0");
  return `INTERVAL '${all < 0n ? "-" : ""}${positive / 86_400_000_000n} ${clock}.${fraction}' DAY TO SECOND`;
}

/** For functions whose arguments are all of one type, which Spark does not look for. */
const alike =
  (name: string): Template =>
  (args) => {
    const texts = args.map(({ text, type, given }) =>
      given.type.kind === type.kind || given.type.kind === "void" || text !== given.text
        ? text
        : `CAST(${text} AS ${sparkType(type)})`,
    );
    return `${name}(${texts.join(", ")})`;
  };

const namedStruct = (args: Args): string =>
  `named_struct(${args.map((arg, index) => `${quoteText(fieldName(arg.expression, index))}, ${arg.text}`).join(", ")})`;

const operators: Templates = {
  add: chain("+"),
  subtract: chain("-"),
  multiply: chain("*"),
  divide: chain("/"),
  div: chain("DIV"),
  modulo: chain("%"),
  negate: ([x]) => loose(`-${x.operand}`),
  eq: compare("="),
  ne: compare("<>"),
  lt: compare("<"),
  le: compare("<="),
  gt: compare(">"),
  ge: compare(">="),
  eqNullSafe: compare("<=>"),
  isin: ([value, ...list]) =>
    list.length === 0 ? "false" : loose(`${value.operand} IN (${list.map((item) => item.text).join(", ")})`),
  between: ([value, low, high]) => loose(`${value.operand} BETWEEN ${low.operand} AND ${high.operand}`),
  and: chain("AND"),
  or: chain("OR"),
  not: ([x]) => loose(`NOT ${x.operand}`),
  isNull: ([x]) => loose(`${x.operand} IS NULL`),
  isNotNull: ([x]) => loose(`${x.operand} IS NOT NULL`),
  isNaN: named("isnan"),
  rowFraction: (args, call) => loose(`${named("xxhash64")(args, call)} / 1.8446744073709552E19D + 0.5D`),
  like: like("LIKE"),
  ilike: like("ILIKE"),
  rlike: compare("RLIKE"),
  startsWith: named("startswith"),
  endsWith: named("endswith"),
};

/** Spark's own names and meanings: only what is no function call in its SQL. */
const functions: Templates = withAliases({
  ...operators,
  count: (args, call) => (args.length === 0 ? `count(*)${call.over}` : named("count")(args, call)),
  countDistinct: (args, call) => named("count")(args, { ...call, distinct: true }),
  trim: trim("BOTH", "trim"),
  ltrim: trim("LEADING", "ltrim"),
  rtrim: trim("TRAILING", "rtrim"),
  isnotnull: ([x]) => loose(`${x.operand} IS NOT NULL`),
  getItem: ([from, key]) =>
    from.type.kind === "struct" && key.expression.kind === "literal"
      ? `${from.operand}.${quote(String(key.expression.value))}`
      : `${from.operand}[${key.text}]`,
  greatest: alike("greatest"),
  least: alike("least"),
  nanvl: alike("nanvl"),
  element_at: alike("element_at"),
  try_element_at: alike("try_element_at"),
  map_contains_key: alike("map_contains_key"),
  array_contains: alike("array_contains"),
  date_trunc: ([unit, time]) => `date_trunc(${quoteText(unitOf("date_trunc", unit))}, ${time.text})`,
  trunc: ([date, unit]) => `trunc(${date.text}, ${quoteText(unitOf("trunc", unit))})`,
  struct: namedStruct,
  rowIndex: () => "CAST(row_number() OVER (ORDER BY monotonically_increasing_id()) - 1 AS BIGINT)",
  rowToJson: (args) => `to_json(${namedStruct(args)})`,
  create_map: named("map"),
  withField: structAgain,
  dropFields: structAgain,
  // Spark's SQL has no such function, its DataFrames have.
  product: ([x], { distinct, over }) => {
    const list = `collect_list(${distinct ? "DISTINCT " : ""}CAST(${x.text} AS DOUBLE))${over}`;
    return `IF(count(${x.text})${over} = 0, NULL, aggregate(${list}, 1.0D, (a, v) -> a * v))`;
  },
  nth_value: ([value, n, ignored], call) => {
    const nulls = ignored !== undefined && literalText(ignored, "nth_value: ignoreNulls") === "true";
    return `nth_value(${value.text}, ${n.text})${nulls ? " IGNORE NULLS" : ""}${call.over}`;
  },
  timestamp_add: ([unit, count, time]) => `timestampadd(${unitWord(unit)}, ${count.text}, ${time.text})`,
  timestamp_diff: ([unit, start, end]) => `timestampdiff(${unitWord(unit)}, ${start.text}, ${end.text})`,
  approx_count_distinct: (args, call) => {
    const [x, deviation] = args;
    if (args.length === 1) return named("approx_count_distinct")(args, call);
    const given = Number(literalText(deviation, "approx_count_distinct: the deviation"));
    return `approx_count_distinct(${x.text}, ${doubleText(given)})${call.over}`;
  },
  sequence: (args, call) => {
    const [start, stop, step] = args;
    if (args.length < 3 || step.given.type.kind !== "string") return named("sequence")(args, call);
    return `sequence(${start.text}, ${stop.text}, ${intervalText(literalText(step, "sequence: the step"))})`;
  },
  tumblingWindow: named("window"),
  slidingWindow: named("window"),
  instant: ([x]) => `CAST(${x.text} AS ${sparkType(x.type)})`,
  // Spark's own takes none but a window of its own, which one that was kept is no more.
  window_time: ([window]) => loose(`${window.operand}.${quote("end")} - INTERVAL '0.000001' SECOND`),
  bitwise_not: ([x]) => loose(`~${x.operand}`),
  bitwiseAND: chain("&"),
  bitwiseOR: chain("|"),
  bitwiseXOR: chain("^"),
});

/**
 * Spark converts most arguments itself, and other functions than the table has it for. Text becomes what is taken, and
 * bytes become text, by a cast; so do numbers that a function takes of no wider type.
 */
function convert(arg: Unconverted, to: SqlType): Fragment {
  const from = arg.type.kind;
  if (from === to.kind || from === "void") return arg.fragment;
  const isNarrowed =
    (to.kind === "int" && ["long", "float", "double", "decimal"].includes(from)) ||
    (to.kind === "long" && ["float", "double", "decimal"].includes(from));
  if (from !== "string" && !(from === "binary" && to.kind === "string") && !isNarrowed) return arg.fragment;
  return tight(`CAST(${arg.text} AS ${sparkType(to)})`);
}

/** Spark 4 in ANSI mode: its semantics are the contract, so functions and conversions are written as they are. */
export const spark: Dialect = {
  name: "spark",
  quote,
  literal,
  cast: (arg, to, onError) => tight(`${onError === "null" ? "TRY_CAST" : "CAST"}(${arg.text} AS ${sparkType(to)})`),
  convert,
  userText: loose,
  outside: (name) => {
    throw new AnalysisError("UDF", notOnSpark(name));
  },
  field: (input, name) =>
    tight(`${input.operand}${input.type.kind === "map" ? `[${quoteText(name)}]` : `.${quote(name)}`}`),
  variable: ({ name, depth }) => tight(quote(variableName(name, depth))),
  lambda: (parameters, { text }) => {
    const names = parameters.map(({ name, depth }) => quote(variableName(name, depth))).join(", ");
    return loose(`${parameters.length === 1 ? names : `(${names})`} -> ${text}`);
  },
  functions,
  rangeDistance: (distance) => String(distance),
  ordersWindowsByLiterals: true,
  hasHints: true,
  // Of a seed the SQL takes digits alone.
  sample: ({ fraction, seed }) => `(${percentText(fraction)}) REPEATABLE (${BigInt.asUintN(63, BigInt(seed))})`,
  range: ({ start, end, step, partitions }) => ({
    from: `range(${start}, ${end}, ${step}${partitions === undefined ? "" : `, ${partitions}`})`,
  }),
};
