import { decimalOf } from "../../plan/numeric.ts";
import type { Arg } from "../dialect.ts";

type Operand = { readonly operand: string; readonly text: string };

/** As many decimal digits a DOUBLE tells apart (IEEE 754; DBL_DIG). */
const DIGITS = 15;

/**
 * Decimals compared with literals of DOUBLE, as `f.price.ge(9.99)` has them: Spark compares them as DOUBLEs. Of decimals with no
 * more digits than a DOUBLE tells apart each is another DOUBLE, in the same order, so a literal that is one of theirs is written
 * as such: the comparison then reaches the statistics of files, which a cast of the column would keep it from.
 */
export function asDecimals(args: readonly Arg[]): readonly Operand[] {
  const types = args.flatMap(({ given }) => (given.type.kind === "decimal" ? [decimalOf(given.type)] : []));
  const [first] = types;
  if (first === undefined || types.some((type) => type === undefined || type.precision > DIGITS))
    return args.map(({ given }) => given);
  const scale = Math.min(...types.map((type) => type?.scale ?? 0));
  const whole = Math.min(...types.map((type) => (type?.precision ?? 0) - (type?.scale ?? 0)));
  return args.map(({ given, expression }) => {
    if (given.type.kind !== "double" || expression.kind !== "literal") return given;
    const [text, digits = "", fraction = ""] = /^-?(\d+)(?:\.(\d+))?$/.exec(String(expression.value)) ?? [];
    if (text === undefined || digits.length > whole || fraction.length > scale) return given;
    const decimal = fraction === "" ? `${text}.0` : text;
    return { operand: decimal, text: decimal };
  });
}
