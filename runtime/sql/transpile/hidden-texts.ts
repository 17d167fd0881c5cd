import { Refusal } from "./refusal.ts";

/** A text without what the library would read otherwise than Spark, and what stood there. */
export type Hidden = { readonly text: string; readonly written: (literal: string) => string };

/**
 * The library takes backslashes out of literals before it says what it has read; so literals that have some, and raw ones,
 * are replaced by others, of which it is known here what they mean.
 */
export function withHiddenTexts(text: string): Hidden {
  const values = new Map<string, string>();
  const hidden = text.replace(LITERALS, (whole, raw?: string, single?: string, double?: string) => {
    if (whole.startsWith("--") || whole.startsWith("/*") || whole.startsWith("`")) return whole;
    const inner = raw === undefined ? (single ?? double ?? "") : raw.slice(2, -1);
    const isPlain = raw === undefined && !inner.includes("\\");
    if (isPlain) return whole;
    const name = `quern text ${values.size + 1}`;
    values.set(name, raw === undefined ? unescaped(inner) : inner);
    return `'${name}'`;
  });
  if (hidden.replace(LITERALS, "").includes("\\")) throw new Refusal("A backslash outside of a text");
  return { text: hidden, written: (literal) => values.get(literal) ?? literal };
}

const LITERALS =
  /(\br(?:'[^']*'|"[^"]*"))|'((?:[^'\\]|\\.|'')*)'|"((?:[^"\\]|\\.|"")*)"|`(?:[^`]|``)*`|--[^\n]*|\/\*[\s\S]*?\*\//gis;

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
