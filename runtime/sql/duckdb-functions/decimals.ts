import type { DecimalType } from "../../plan/numeric.ts";
import type { Arg } from "../dialect.ts";
import { duckdbType } from "../duckdb-literal.ts";
import { type Fragment, infix, tight } from "../fragment.ts";

/** A number of 128 bits has at least these digits. */
const MOST_DIGITS = 38;

/** A sum, difference, product or remainder, before it gets Spark's digits. */
export function decimalArithmetic(operator: string, left: Arg, right: Arg, to: DecimalType): Fragment {
  const isNarrow = [left, right].every(({ type }) => type.kind === "decimal" && type.precision <= 18);
  // DuckDB keeps to 64 bits where both have no more, and fails beyond them.
  if (to.precision <= 18 || !isNarrow || operator === "%") return infix(beside(left), operator, beside(right));
  const isLeft = left.expression.kind !== "literal";
  const a = isLeft ? tight(widened(left, to)) : beside(left);
  return infix(a, operator, isLeft ? beside(right) : tight(widened(right, to)));
}

const widened = ({ text, type }: Arg, to: DecimalType): string =>
  `CAST(${text} AS ${duckdbType({ kind: "decimal", precision: to.precision, scale: (type as DecimalType).scale })})`;

/** DuckDB makes of a whole number beside a decimal what has to be made of it. */
export const beside = (arg: Arg): Fragment =>
  arg.type.kind === "decimal" && arg.expression.kind === "literal" ? arg.given.fragment : arg.fragment;

/** What is divided, or divides. */
export type Divided = { readonly text: string; readonly type: DecimalType };

/**
 * The quotient of two decimals, exact to the digits of `to`, halves away from zero. DuckDB divides decimals as DOUBLEs:
 * that is enough where the quotient is not so near to a half that their last digits decide; else it is divided again, as
 * whole numbers.
 */
export function decimalQuotient(left: Divided, right: Divided, to: DecimalType, isShort = false): string {
  const quotient = (a: string, b: string) => {
    const scaled = `abs(${a} / ${b} * 1e${to.scale})`;
    const exact = wholeQuotient({ text: a, type: left.type }, { text: b, type: right.type }, to);
    return `CASE WHEN abs(${scaled} % 1 - 5e-1) > ${scaled} * 1e-15 THEN CAST(${a} / ${b} AS ${duckdbType(to)}) ELSE ${exact} END`;
  };
  if (isShort) return quotient(`(${left.text})`, `(${right.text})`);
  return `list_transform([{'a': ${left.text}, 'b': ${right.text}}], lambda v: ${quotient("v['a']", "v['b']")})[1]`;
}

/**
 * All digits are divided as whole numbers; where they and the zeros put behind them would be too many, the remainder
 * gets the zeros. What is too large even so fails with an overflow.
 */
function wholeQuotient(left: Divided, right: Divided, to: DecimalType): string {
  const zeros = to.scale + right.type.scale - left.type.scale;
  const power = `CAST(1${"0".repeat(zeros)} AS HUGEINT)`;
  const [a, b] = ["abs(w['a'])", "abs(w['b'])"];
  const isOne = left.type.precision + zeros <= MOST_DIGITS;
  const digits = isOne ? `(${a} * ${power})` : `((${a} % ${b}) * ${power})`;
  const whole = isOne ? "" : `(${a} // ${b}) * ${power} + `;
  const half = `CASE WHEN ${digits} % ${b} >= ${b} - ${digits} % ${b} THEN 1 ELSE 0 END`;
  const sign = "CASE WHEN (w['a'] < 0) <> (w['b'] < 0) THEN -1 ELSE 1 END";
  const unscaled = `(${whole}${digits} // ${b} + ${half}) * ${sign}`;
  const quotient = `CAST(CAST(${unscaled} AS DECIMAL(38, 0)) * ${fraction(to.scale)} AS ${duckdbType(to)})`;
  return `list_transform([{'a': ${digitsOf(left)}, 'b': ${digitsOf(right)}}], lambda w: ${quotient})[1]`;
}

/** All digits of a decimal as a whole number. */
function digitsOf({ text, type }: Divided): string {
  const { precision, scale } = type;
  if (scale === 0) return `CAST(${text} AS HUGEINT)`;
  const needed = precision + scale + 1;
  if (needed > MOST_DIGITS) return `CAST(replace(CAST(${text} AS VARCHAR), '.', '') AS HUGEINT)`;
  const wide = duckdbType({ kind: "decimal", precision: needed, scale });
  return `CAST(CAST(${text} AS ${wide}) * CAST(1${"0".repeat(scale)} AS DECIMAL(${scale + 1}, 0)) AS HUGEINT)`;
}

const fraction = (scale: number): string =>
  scale === 0 ? "1" : `CAST('0.${"0".repeat(scale - 1)}1' AS DECIMAL(${scale + 1}, ${scale}))`;
