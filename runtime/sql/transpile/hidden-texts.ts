import type { Expression } from "../../plan/expressions.ts";
import { suffixedNumber } from "./numbers.ts";
import { Refusal } from "./refusal.ts";

/** A text without what the library would read otherwise than Spark, and what stood there. */
export type Hidden = {
  readonly text: string;
  /** What a literal of it was in the text. */
  readonly written: (literal: string) => string;
  /** Of one that was a number with letters behind it; `sign` is what stands before it. */
  readonly number: (literal: string, sign?: "-") => Expression | undefined;
  /** The place in the user's text. */
  readonly at: (place: number) => number;
};

/**
 * The library takes backslashes out of literals before it says what it has read, and of numbers their types; so literals that
 * have some, or quotes, and raw ones, are replaced by others, of which it is known here what they mean. It does not know
 * `!` for NOT, nor TIMESTAMP_NTZ '…'.
 */
export function withHiddenTexts(text: string): Hidden {
  const texts = new Map<string, string>();
  const numbers = new Map<string, string>();
  const moved: { readonly from: number; readonly by: number }[] = [];
  let shift = 0;
  const hidden = text.replace(TOKENS, (whole, ...found) => {
    const [raw, single, double, number] = found as (string | undefined)[];
    const start = found.findLast((part) => typeof part === "number") as number;
    const other = replaced(whole, { raw, inner: single ?? double, number });
    if (other === whole) return whole;
    shift += other.length - whole.length;
    moved.push({ from: start + other.length + shift - (other.length - whole.length), by: shift });
    return other;
  });
  if (hidden.replace(TOKENS, "").includes("\\")) throw new Refusal("A backslash outside of a text");
  return {
    text: hidden,
    written: (literal) => texts.get(literal) ?? literal,
    number: (literal, sign) => {
      const found = numbers.get(literal);
      return found === undefined ? undefined : suffixedNumber(`${sign ?? ""}${found}`);
    },
    at: (place) => place - (moved.findLast(({ from }) => from <= place)?.by ?? 0),
  };

  function replaced(
    whole: string,
    { raw, inner, number }: { readonly [part in "raw" | "inner" | "number"]?: string | undefined },
  ): string {
    if (whole === "!") return " NOT ";
    const [, type, time] = /^(timestamp_.tz)\s*('.*')$/is.exec(whole) ?? [];
    if (type !== undefined) return `CAST(${time} AS ${type})`;
    if (number !== undefined) {
      const name = `quern number ${numbers.size + 1}`;
      numbers.set(name, number);
      return `'${name}'`;
    }
    if (raw === undefined && !/[\\'"]/.test(inner ?? "")) return whole;
    const name = `quern text ${texts.size + 1}`;
    texts.set(name, raw === undefined ? unescaped(inner ?? "") : raw.slice(2, -1));
    return `'${name}'`;
  }
}

const TOKENS =
  /(\br(?:'[^']*'|"[^"]*"))|'((?:[^'\\]|\\.|'')*)'|"((?:[^"\\]|\\.|"")*)"|`(?:[^`]|``)*`|--[^\n]*|\/\*[\s\S]*?\*\/|\btimestamp_[nl]tz\s*'[^'\\]*'|[\p{L}_][\p{L}\p{N}_]*|((?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?(?:bd|[lsydf])(?![\p{L}\p{N}_]))|\d[\p{L}\p{N}_.]*|!(?!=)/gisu;

/** As Spark reads it: of `\%` and `\_` the backslash stays, for LIKE. */
const unescaped = (text: string): string =>
  text.replace(ESCAPES, (whole, four?: string, eight?: string, octal?: string, sign?: string) => {
    if (four !== undefined) return String.fromCharCode(Number.parseInt(four, 16));
    if (eight !== undefined) return String.fromCodePoint(Number.parseInt(eight, 16));
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    if (sign === undefined) return whole.charAt(0);
    return SIGNS[sign] ?? sign;
  });

const ESCAPES = /\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})|\\([01][0-7]{2})|\\(.)|''|""/gs;

const SIGNS: { readonly [sign: string]: string } = {
  "0": "\0",
  b: "\b",
  n: "\n",
  r: "\r",
  t: "\t",
  Z: "\x1a",
  "%": "\\%",
  _: "\\_",
};
