import type { Expression } from "../../plan/expressions.ts";
import { Refusal } from "./refusal.ts";

/** A number as Spark reads it: INT, where it does not fit LONG, DECIMAL with a point, DOUBLE with an exponent. */
export function numberIn(text: string): Expression {
  if (/^-?\d+(\.\d*)?[eE][+-]?\d+$|^-?\.\d+[eE][+-]?\d+$/.test(text))
    return { kind: "literal", value: Number(text), type: { kind: "double" } };
  if (/^-?\d+$/.test(text)) {
    const value = BigInt(text);
    if (BigInt.asIntN(32, value) === value) return { kind: "literal", value: Number(value), type: { kind: "int" } };
    if (BigInt.asIntN(64, value) === value) return { kind: "literal", value, type: { kind: "long" } };
  }
  return decimalIn(text);
}

function decimalIn(text: string): Expression {
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d*)(?:\.(\d*))?$/.exec(text) ?? [];
  if (whole + fraction === "") throw new Refusal(`The number ${text}`);
  const digits = whole.replace(/^0+/, "");
  const scale = fraction.length;
  const precision = Math.max(digits.length + scale, scale, 1);
  if (precision > 38) throw new Refusal(`The number ${text}`);
  const value = `${sign}${digits === "" ? "0" : digits}${scale > 0 ? `.${fraction}` : ""}`;
  return { kind: "literal", value, type: { kind: "decimal", precision, scale } };
}

/** A number whose type letters tell: 1L, 2.5BD. */
export function suffixedNumber(text: string): Expression {
  const [, digits = "", suffix = ""] = /^(.*?)(bd|[lsydf])$/i.exec(text) ?? [];
  const kind = SUFFIXES[suffix.toLowerCase()];
  if (suffix.toLowerCase() === "bd") return decimalIn(digits);
  if (kind === "double" || kind === "float")
    return { kind: "literal", value: kind === "float" ? Math.fround(Number(digits)) : Number(digits), type: { kind } };
  if (kind === undefined || !/^-?\d+$/.test(digits)) throw new Refusal(`The number ${text}`);
  const value = BigInt(digits);
  if (BigInt.asIntN(BITS[kind], value) !== value) throw new Refusal(`The number ${text}, which is beyond its type`);
  return { kind: "literal", value: kind === "long" ? value : Number(value), type: { kind } };
}

const SUFFIXES: { readonly [suffix: string]: "long" | "short" | "byte" | "double" | "float" } = {
  l: "long",
  s: "short",
  y: "byte",
  d: "double",
  f: "float",
};

const BITS = { long: 64, short: 16, byte: 8 } as const;
