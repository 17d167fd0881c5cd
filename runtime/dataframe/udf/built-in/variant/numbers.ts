import type { DecimalType } from "../../../../plan/numeric.ts";
import type { Node } from "../../../variant/node.ts";
import { decimalDigits } from "../../../variant/node.ts";
import { trimmed } from "./trimmed.ts";

/** A whole number of so many bits; what is behind the point is cut off, but in texts there may be none. */
export function wholeOf(node: Node, bits: 8 | 16 | 32 | 64): number | bigint | undefined {
  const value = integerOf(node, bits);
  if (value === undefined || BigInt.asIntN(bits, value) !== value) return undefined;
  return bits === 64 ? value : Number(value);
}

function integerOf(node: Node, bits: number): bigint | undefined {
  switch (node.kind) {
    case "boolean":
      return node.value ? 1n : 0n;
    case "long":
      return node.value;
    case "decimal":
      return node.value / 10n ** BigInt(node.scale);
    case "double":
    case "float": {
      if (!Number.isFinite(node.value)) return undefined;
      const value = BigInt(Math.trunc(node.value));
      // Java takes 2^63 for the largest LONG, as a DOUBLE has no number between.
      return bits === 64 && value === 2n ** 63n ? value - 1n : value;
    }
    case "string": {
      const text = trimmed(node.value);
      return /^[+-]?\d+$/.test(text) ? BigInt(text.replace("+", "")) : undefined;
    }
    case "timestamp":
      return floorDivide(node.value, MICROS);
    default:
      return undefined;
  }
}

export function doubleOf(node: Node): number | undefined {
  switch (node.kind) {
    case "boolean":
      return node.value ? 1 : 0;
    case "long":
      return Number(node.value);
    case "decimal":
      return Number(decimalDigits(node.value, node.scale));
    case "double":
    case "float":
      return node.value;
    case "string":
      return doubleOfText(trimmed(node.value));
    case "timestamp":
      return Number(node.value) / 1e6;
    default:
      return undefined;
  }
}

export function floatOf(node: Node): number | undefined {
  const value = doubleOf(node.kind === "long" ? { kind: "long", value: forFloat(node.value) } : node);
  return value === undefined ? undefined : Math.fround(value);
}

/** Rounded twice a number may become another one: the bits that a DOUBLE has no place for are one bit that it has. */
const forFloat = (value: bigint): bigint =>
  BigInt.asIntN(53, value) === value || value % 2048n === 0n ? value : ((value >> 12n) << 12n) | 2048n;

/** As Java's Double.parseDouble reads, and Spark's words for what is not finite. */
function doubleOfText(text: string): number | undefined {
  const special = SPECIAL.get(text.toLowerCase());
  if (special !== undefined) return special;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?[df]?$/i.test(text)) return undefined;
  return Number(text.replace(/[df]$/i, ""));
}

const SPECIAL: ReadonlyMap<string, number> = new Map([
  ["nan", Number.NaN],
  ...["inf", "+inf", "infinity", "+infinity"].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...["-inf", "-infinity"].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
]);

/** Without its point; undefined beyond the type's digits. */
export function decimalOfNode(node: Node, { precision, scale }: DecimalType): bigint | undefined {
  const exact = exactOf(node);
  if (exact === undefined) return undefined;
  const value = rescaled(exact.value, exact.scale, scale);
  const limit = 10n ** BigInt(precision);
  return value < limit && value > -limit ? value : undefined;
}

type Exact = { readonly value: bigint; readonly scale: number };

function exactOf(node: Node): Exact | undefined {
  switch (node.kind) {
    case "boolean":
      return { value: node.value ? 1n : 0n, scale: 0 };
    case "long":
      return { value: node.value, scale: 0 };
    case "decimal":
      return node;
    case "double":
    case "float":
      return Number.isFinite(node.value) ? exactOfText(String(node.value)) : undefined;
    case "string":
      return exactOfText(trimmed(node.value));
    case "timestamp":
      return { value: node.value, scale: 6 };
    default:
      return undefined;
  }
}

function exactOfText(text: string): Exact | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,9}))?$/i.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = "", behind = "", exponent = "0"] = match;
  if (whole + behind === "") return undefined;
  const value = BigInt(`${whole}${behind}`);
  const scale = behind.length - Number(exponent);
  // What is beyond all decimals needs no digits.
  if (value === 0n || scale > 400) return { value: 0n, scale: 0 };
  if (scale < -400) return undefined;
  return { value: sign === "-" ? -value : value, scale };
}

/** Halves go away from zero. */
function rescaled(value: bigint, from: number, to: number): bigint {
  if (to >= from) return value * 10n ** BigInt(to - from);
  const unit = 10n ** BigInt(from - to);
  const half = value < 0n ? -(unit / 2n) : unit / 2n;
  return (value + half) / unit;
}

export function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}

export const MICROS = 1_000_000n;
