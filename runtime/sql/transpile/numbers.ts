import type { Expression } from "../../plan/expressions.ts";
import { Refusal } from "./refusal.ts";

/** A number as Spark reads it: INT, where it does not fit LONG, DECIMAL with a point, DOUBLE with an exponent. */
export function numberIn(text: string): Expression {
  if (/^-?\d+(\.\d*)?[eE][+-]?\d+$|^-?\.\d+[eE][+-]?\d+$/.test(text))
    return { kind: "literal", value: Number(text), type: { kind: "double" } };
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d*)(?:\.(\d*))?$/.exec(text) ?? [];
  if (whole + fraction === "") throw new Refusal(`The number ${text}`);
  if (!text.includes(".")) {
    const value = BigInt(text);
    if (BigInt.asIntN(32, value) === value) return { kind: "literal", value: Number(value), type: { kind: "int" } };
    if (BigInt.asIntN(64, value) === value) return { kind: "literal", value, type: { kind: "long" } };
  }
  const digits = whole.replace(/^0+/, "");
  const scale = fraction.length;
  const precision = Math.max(digits.length + scale, scale, 1);
  if (precision > 38) throw new Refusal(`The number ${text}`);
  const value = `${sign}${digits === "" ? "0" : digits}${scale > 0 ? `.${fraction}` : ""}`;
  return { kind: "literal", value, type: { kind: "decimal", precision, scale } };
}
