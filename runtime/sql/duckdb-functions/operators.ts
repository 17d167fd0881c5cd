import { AnalysisError } from "../../errors.ts";
import { isCalendarInterval } from "../../plan/interval-types.ts";
import { decimalOf, isFraction, isInteger, isNumeric } from "../../plan/numeric.ts";
import type { SqlType } from "../../plan/types.ts";
import type { Arg, Template, Templates } from "../dialect.ts";
import { quoteText } from "../duckdb-literal.ts";
import { hasOrderKey, orderKey } from "../duckdb-order-key.ts";
import { regexText } from "../duckdb-regex.ts";
import { type Fragment, infix, loose, tight } from "../fragment.ts";
import { literalText } from "../literal-argument.ts";
import { negatedCalendar } from "./calendar-intervals.ts";
import { type Divided, decimalArithmetic, decimalQuotient } from "./decimals.ts";
import { asDecimals } from "./exact-decimals.ts";
import { divided, intervalArithmetic, scaled } from "./intervals.ts";
import { asResult, eachOnce, raise } from "./parts.ts";
import { sparkOnlyError } from "./spark-only.ts";

const chain =
  (operator: string): Template =>
  ([left, right]) =>
    infix(left.fragment, operator, right.fragment);

/**
 * Numbers are compared as they are: DuckDB finds the same common type, and a cast around a column would keep the
 * comparison from being pushed into the file. Only FLOAT it compares with integers as FLOAT.
 */
const comparable = (args: readonly Arg[]): readonly { readonly operand: string; readonly text: string }[] => {
  const types = args.map((arg) => arg.given.type);
  const mixed = types.some((type) => type.kind === "float") && !types.every(isFraction);
  return types.every(isNumeric) && !mixed && !isCut(args) ? asDecimals(args) : args;
};

/** Where no decimal holds all of both, Spark gives digits behind the point up before it compares. */
const isCut = (args: readonly Arg[]): boolean =>
  args.some(({ type, given }) => {
    const own = decimalOf(given.type);
    return type.kind === "decimal" && own !== undefined && own.scale > type.scale;
  });

const compare =
  (operator: string): Template =>
  (args) => {
    const [left, right] = isEquality(operator) ? comparable(args) : ordered(comparable(args), args[0].type);
    return loose(`${left?.operand} ${operator} ${right?.operand}`);
  };

const isEquality = (operator: string) => !/^[<>]=?$/.test(operator);

const ordered = (args: ReturnType<typeof comparable>, type: SqlType): ReturnType<typeof comparable> =>
  hasOrderKey(type) ? args.map(({ text }) => ({ text: orderKey(text, type), operand: orderKey(text, type) })) : args;

const between: Template = (args) => {
  const [value, low, high] = ordered(comparable(args), args[0].type);
  return loose(`${value?.operand} BETWEEN ${low?.operand} AND ${high?.operand}`);
};

const isin: Template = (args) => {
  const [value, ...list] = comparable(args);
  if (list.length === 0) return "false";
  return loose(`${value?.operand} IN (${list.map((item) => item.text).join(", ")})`);
};

/** Decimals get Spark's digits. */
const arithmetic =
  (operator: string): Template =>
  (args, call) => {
    const [left, right] = args;
    const { type } = call.result;
    const span =
      operator === "+" || operator === "-"
        ? intervalArithmetic(operator, args, call)
        : operator === "*"
          ? scaled(args, call)
          : undefined;
    if (span !== undefined) return span;
    if (type.kind !== "decimal") return infix(left.fragment, operator, right.fragment);
    return asResult(decimalArithmetic(operator, left, right, type).text, call);
  };

/** DuckDB answers Infinity or NULL for a divisor of 0. */
const guarded = (left: Arg, right: Arg, message: string, result: Fragment): Fragment => {
  if (isNonZero(right)) return result;
  // NULL divided by 0 is NULL.
  const fails = `${right.operand} = 0${left.nullable ? ` AND ${left.operand} IS NOT NULL` : ""}`;
  return tight(`CASE WHEN ${fails} THEN ${raise(message)} ELSE ${result.text} END`);
};

const ZERO_DIVISOR = "[DIVIDE_BY_ZERO] Division by zero. Use try_divide to get NULL instead.";

const divide: Template = (args, call) => {
  const [left, right] = args;
  const { type } = call.result;
  const span = divided(args, call);
  if (span !== undefined) return span;
  const quotient =
    type.kind === "decimal"
      ? tight(decimalQuotient(left as Divided, right as Divided, type, isShort(left) && isShort(right)))
      : infix(left.fragment, "/", right.fragment);
  return guarded(left, right, ZERO_DIVISOR, quotient);
};

/** In 64 bits, whatever the numbers are. */
const wholeQuotient: Template = ([left, right]) => {
  const dividend = left.given.type.kind === "long" ? left.fragment : tight(`CAST(${left.text} AS BIGINT)`);
  return guarded(left, right, ZERO_DIVISOR, infix(dividend, "//", right.fragment));
};

const modulo: Template = ([left, right], call) => {
  const { type } = call.result;
  const message = "[REMAINDER_BY_ZERO] Remainder of a division by zero. Use try_mod to get NULL instead.";
  const remainder =
    type.kind === "decimal"
      ? tight(asResult(decimalArithmetic("%", left, right, type).text, call))
      : infix(left.fragment, "%", isInteger(type) ? positiveOne(right) : right.fragment);
  return guarded(left, right, message, remainder);
};

/** DuckDB fails with the smallest integer and a divisor of -1; of 1 the remainder is 0, too. */
const positiveOne = (divisor: Arg): Fragment => {
  const { expression, operand, fragment } = divisor;
  if (expression.kind === "literal") return Number(expression.value) === -1 ? tight("1") : fragment;
  return tight(`CASE ${operand} WHEN -1 THEN 1 ELSE ${operand} END`);
};

const isShort = ({ expression }: Arg) => expression.kind === "column" || expression.kind === "literal";

const isNonZero = ({ expression }: Arg) => expression.kind === "literal" && Number(expression.value) !== 0;

const escapedText = (character: string) => `\\u{${character.codePointAt(0)?.toString(16)}}`;

const like =
  (operator: string): Template =>
  (args) => {
    const [text, pattern] = args;
    const escapeChar = args.length > 2 ? literalText(args[2], "like: the escape character") : "\\";
    if ([...escapeChar].length !== 1)
      throw new AnalysisError("INVALID_ESC", `like: the escape character is one character, not "${escapeChar}".`);
    if (escapeChar > "\x7F")
      throw sparkOnlyError("like", `DuckDB takes no escape character beyond ASCII, as "${escapeChar}" is`);
    const wrong = new RegExp(`${escapedText(escapeChar)}(?!${escapedText(escapeChar)}|[%_])`, "u");
    const given = pattern.expression.kind === "literal" ? String(pattern.expression.value ?? "") : "";
    if (wrong.test(given.replaceAll(escapeChar + escapeChar, "")))
      throw new AnalysisError(
        "INVALID_FORMAT",
        `like: in "${given}" the escape character ${escapeChar} stands before what needs none: it goes before %, _ and itself.`,
      );
    // Spark's escape character is the backslash, DuckDB has none; with one, it compares several times as slowly.
    const isPlain = pattern.expression.kind === "literal" && !String(pattern.expression.value).includes(escapeChar);
    const read = pattern.expression.kind === "literal" ? pattern.operand : likePattern(pattern, escapeChar);
    return loose(`${text.operand} ${operator} ${read}${isPlain ? "" : ` ESCAPE ${quoteText(escapeChar)}`}`);
  };

/** Of a pattern that is no literal its values tell whether they can be: DuckDB takes some that Spark refuses. */
function likePattern(pattern: Arg, escapeChar: string): string {
  const sign = `\\x{${escapeChar.codePointAt(0)?.toString(16)}}`;
  const well = quoteText(`(?s)(?:[^${sign}]|${sign}[${sign}%_])*`);
  const message = quoteText(
    ` has the escape character ${escapeChar} before what needs none: it goes before %, _ and itself.`,
  );
  return eachOnce(
    [pattern],
    (p) =>
      `CASE WHEN ${p} IS NULL OR regexp_full_match(${p}, ${well}) THEN ${p} ELSE error('[INVALID_FORMAT] like: ' || ${p} || ${message}) END`,
  );
}

const call =
  (name: string): Template =>
  (args) =>
    `${name}(${args.map((arg) => arg.text).join(", ")})`;

export const operatorTemplates: Templates = {
  add: arithmetic("+"),
  subtract: arithmetic("-"),
  multiply: arithmetic("*"),
  divide,
  div: wholeQuotient,
  modulo,
  negate: ([x], call) => (isCalendarInterval(x.type) ? negatedCalendar(x, call) : loose(`-${x.operand}`)),
  eq: compare("="),
  ne: compare("<>"),
  lt: compare("<"),
  le: compare("<="),
  gt: compare(">"),
  ge: compare(">="),
  eqNullSafe: compare("IS NOT DISTINCT FROM"),
  isin,
  between,
  and: chain("AND"),
  or: chain("OR"),
  rowFraction: (args) =>
    loose(`CAST(hash(${args.map(({ text }) => text).join(", ")}) AS DOUBLE) / 18446744073709551616`),
  not: ([x]) => loose(`NOT ${x.operand}`),
  isNull: ([x]) => loose(`${x.operand} IS NULL`),
  isNotNull: ([x]) => loose(`${x.operand} IS NOT NULL`),
  isNaN: ([x]) => (x.nullable ? `coalesce(isnan(${x.text}), false)` : `isnan(${x.text})`),
  like: like("LIKE"),
  ilike: like("ILIKE"),
  rlike: ([text, regex]) => `regexp_matches(${text.text}, ${regexText(regex, text, "rlike", "taken")})`,
  contains: call("contains"),
  startsWith: call("starts_with"),
  startswith: call("starts_with"),
  endsWith: call("ends_with"),
  endswith: call("ends_with"),
};
