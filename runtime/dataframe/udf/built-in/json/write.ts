import type { JsonParser } from "./parser.ts";
import { JsonError, Token } from "./tokens.ts";

/** How characters beyond U+FFFF are written, which hangs on what Jackson writes into: bytes have them escaped, texts as they are. */
export type Astral = "escaped" | "plain";

/** What the parser stands at as JSON, written anew: without spaces, numbers as Java has them (1.10 is 1.1, 1e5 100000.0). */
export function copied(parser: JsonParser, astral: Astral): string {
  switch (parser.token) {
    case Token.START_OBJECT: {
      let fields = "";
      for (let token = parser.next(); token !== Token.END_OBJECT; token = parser.next()) {
        fields += `${fields === "" ? "" : ","}${quoted(parser.name ?? "", astral)}:`;
        parser.next();
        fields += copied(parser, astral);
      }
      return `{${fields}}`;
    }
    case Token.START_ARRAY: {
      let items = "";
      for (let token = parser.next(); token !== Token.END_ARRAY; token = parser.next())
        items += `${items === "" ? "" : ","}${copied(parser, astral)}`;
      return `[${items}]`;
    }
    case Token.STRING:
      return quoted(parser.string, astral);
    case Token.INTEGER:
      return integerText(parser.number);
    case Token.FLOAT:
      return floatText(parser.number);
    case Token.TRUE:
      return "true";
    case Token.FALSE:
      return "false";
    case Token.NULL:
      return "null";
    default:
      throw new JsonError("no value");
  }
}

export function quoted(text: string, astral: Astral): string {
  if (PLAIN.test(text)) return `"${text}"`;
  return `"${text.replace(astral === "escaped" ? SPECIAL_OR_ASTRAL : SPECIAL, (sign) => escaped(sign))}"`;
}

const PLAIN = /^[^"\\\p{Cc}\p{Cs}\u{10000}-\u{10ffff}]*$/u;
const SPECIAL = /["\\\p{Cc}]/gu;
const SPECIAL_OR_ASTRAL = /["\\\p{Cc}\p{Cs}\u{10000}-\u{10ffff}]/gu;

/** As Java encodes text: half a pair of surrogates becomes a question mark. */
export const encodable = (text: string): string =>
  text.isWellFormed()
    ? text
    : text.toWellFormed().replaceAll("\ufffd", (sign, at: number) => (text[at] === sign ? sign : "?"));

export function expectWhole(text: string): void {
  if (!text.isWellFormed()) throw new JsonError("half a pair of surrogates");
}

const SHORT: { readonly [sign: string]: string } = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r",
};
function escaped(sign: string): string {
  const code = sign.charCodeAt(0);
  if (code >= 0x7f && code < 0xa0) return sign;
  return SHORT[sign] ?? sign.split("").map(unit).join("");
}

const unit = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;

export const integerText = (digits: string): string => (digits === "-0" ? "0" : digits);

function floatText(digits: string): string {
  const value = Number(digits.replace(/INF$/, "Infinity"));
  return Number.isFinite(value) ? javaDouble(value) : `"${value}"`;
}

/** A DOUBLE as Java writes it. */
export function javaDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) {
    const text = String(value);
    return text.includes(".") ? text : `${text}.0`;
  }
  const shortest = value.toExponential();
  // Two digits at the least: of the smallest DOUBLE they are 4.9.
  const [digits, exponent] = (shortest.includes(".") ? shortest : value.toExponential(1)).split("e");
  return `${digits}E${Number(exponent)}`;
}
