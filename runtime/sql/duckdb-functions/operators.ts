import { isFraction, isNumeric } from "../../plan/numeric.ts";
import type { Arg, Template, Templates } from "../dialect.ts";
import { type Fragment, infix, loose, tight } from "../fragment.ts";
import { asResult, raise } from "./parts.ts";

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
  return types.every(isNumeric) && !mixed ? args.map((arg) => arg.given) : args;
};

const compare =
  (operator: string): Template =>
  (args) => {
    const [left, right] = comparable(args);
    return loose(`${left?.operand} ${operator} ${right?.operand}`);
  };

const between: Template = (args) => {
  const [value, low, high] = comparable(args);
  return loose(`${value?.operand} BETWEEN ${low?.operand} AND ${high?.operand}`);
};

const isin: Template = (args) => {
  const [value, ...list] = comparable(args);
  if (list.length === 0) return "false";
  return loose(`${value?.operand} IN (${list.map((item) => item.text).join(", ")})`);
};

/** DuckDB makes of a whole number beside a decimal what has to be made of it. */
const beside = (arg: Arg): Fragment =>
  arg.type.kind === "decimal" && arg.expression.kind === "literal" ? arg.given.fragment : arg.fragment;

/** Decimals get Spark's digits. */
const arithmetic =
  (operator: string): Template =>
  ([left, right], call) => {
    const result = infix(beside(left), operator, beside(right));
    return call.result.type.kind === "decimal" ? asResult(result.text, call) : result;
  };

/** DuckDB answers Infinity or NULL for a divisor of 0. */
const dividing =
  (operator: string, message: string): Template =>
  ([left, right], call) => {
    const quotient = infix(beside(left), operator, beside(right));
    const isDecimal = call.result.type.kind === "decimal";
    const result: Fragment = isDecimal ? tight(asResult(quotient.text, call)) : quotient;
    if (isNonZero(right)) return result;
    // NULL divided by 0 is NULL.
    const fails = `${right.operand} = 0${left.nullable ? ` AND ${left.operand} IS NOT NULL` : ""}`;
    return `CASE WHEN ${fails} THEN ${raise(message)} ELSE ${result.text} END`;
  };

const isNonZero = ({ expression }: Arg) => expression.kind === "literal" && Number(expression.value) !== 0;

const like =
  (operator: string): Template =>
  ([text, pattern]) =>
    // Spark's escape character is the backslash, DuckDB has none; with one, it compares several times as slowly.
    loose(`${text.operand} ${operator} ${pattern.operand}${isPlain(pattern) ? "" : " ESCAPE '\\'"}`);

const isPlain = ({ expression }: Arg) => expression.kind === "literal" && !String(expression.value).includes("\\");

const call =
  (name: string): Template =>
  (args) =>
    `${name}(${args.map((arg) => arg.text).join(", ")})`;

export const operatorTemplates: Templates = {
  add: arithmetic("+"),
  subtract: arithmetic("-"),
  multiply: arithmetic("*"),
  divide: dividing("/", "[DIVIDE_BY_ZERO] Division by zero. Use nullif(divisor, 0) to get NULL instead"),
  modulo: dividing("%", "[REMAINDER_BY_ZERO] Remainder by zero. Use nullif(divisor, 0) to get NULL instead"),
  negate: ([x]) => loose(`-${x.operand}`),
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
  not: ([x]) => loose(`NOT ${x.operand}`),
  isNull: ([x]) => loose(`${x.operand} IS NULL`),
  isNotNull: ([x]) => loose(`${x.operand} IS NOT NULL`),
  isNaN: ([x]) => (x.nullable ? `coalesce(isnan(${x.text}), false)` : `isnan(${x.text})`),
  like: like("LIKE"),
  ilike: like("ILIKE"),
  rlike: call("regexp_matches"),
  contains: call("contains"),
  startsWith: call("starts_with"),
  startswith: call("starts_with"),
  endsWith: call("ends_with"),
  endswith: call("ends_with"),
};
