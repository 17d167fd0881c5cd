import { Decimal } from "decimal.js";
import { QuernError } from "../../../../errors.ts";
import { type Group, isDigits, type NumberFormat } from "./format.ts";

/** The number that a text in a format is; undefined where it is not in it. @throws QuernError for one beyond the format */
export function parseNumber(
  text: string,
  { text: format, tokens, whole, fraction }: NumberFormat,
): Decimal | undefined {
  const found = { whole: "", fraction: "", isBehindPoint: false };
  let at = 0;
  let isNegative = false;
  let opened = false;
  let closed = false;
  for (const token of tokens) {
    const sign = text[at];
    switch (token.kind) {
      case "group": {
        const end = passGroup(text, at, token, found);
        if (end === undefined) return undefined;
        at = end;
        break;
      }
      case ".":
        if (sign === ".") {
          found.isBehindPoint = true;
          at += 1;
        }
        break;
      case "$":
        if (sign === undefined) break;
        if (sign !== "$") return undefined;
        at += 1;
        break;
      case "S":
      case "MI":
        if (sign === "-") isNegative = !isNegative;
        if (sign === "-" || (sign === "+" && token.kind === "S")) at += 1;
        break;
      case "<":
        if (sign !== "<") break;
        opened = true;
        at += 1;
        break;
      case ">":
        if (sign !== ">") break;
        if (!opened) return undefined;
        closed = true;
        isNegative = !isNegative;
        at += 1;
        break;
    }
  }
  if (at < text.length || opened !== closed || found.whole + found.fraction === "") return undefined;
  if (found.whole.replace(/^0+/, "").length > whole)
    throw new QuernError(
      "NUMERIC_VALUE_OUT_OF_RANGE",
      `The number '${text}' has more digits before the point than the format "${format}".`,
    );
  const digits = `${found.whole === "" ? "0" : found.whole}.${found.fraction.padEnd(fraction, "0")}`;
  return new Decimal(`${isNegative ? "-" : ""}${digits.replace(/\.$/, "")}`);
}

/** Passes digits, separators and spaces; answers where they end, if there are as many as the format has in each place. */
function passGroup(
  text: string,
  from: number,
  { parts }: Group,
  found: { whole: string; fraction: string; readonly isBehindPoint: boolean },
): number | undefined {
  const counts = [0];
  let at = from;
  for (; at < text.length; at++) {
    const sign = text[at] as string;
    const digit = digitOf(sign);
    if (sign === ",") counts.unshift(0);
    else if (digit !== undefined) {
      counts[0] = (counts[0] as number) + 1;
      if (found.isBehindPoint) found.fraction += digit;
      else found.whole += digit;
    } else if (!isSpace(sign)) break;
  }
  const expected = parts.filter(isDigits).reverse();
  if (counts.length > expected.length) return undefined;
  const fits = expected.every(({ count, isExact }, i) =>
    isExact ? (counts[i] ?? 0) === count : (counts[i] ?? 0) <= count,
  );
  return fits ? at : undefined;
}

/** Of any script. Their digits begin at a sixteenth character, or six behind one. */
function digitOf(sign: string): number | undefined {
  if (sign >= "0" && sign <= "9") return Number(sign);
  if (!/^\p{Nd}$/u.test(sign)) return undefined;
  const code = sign.charCodeAt(0);
  const isFromSixteenth = /^\p{Nd}$/u.test(String.fromCharCode(code & 0xfff0));
  return (code & 0xf) - (isFromSixteenth ? 0 : 6);
}

/** Java's, to which separators of ASCII belong and spaces that do not break do not. */
const isSpace = (sign: string): boolean =>
  (/\s/.test(sign) && !/[\u00a0\u2007\u202f\ufeff]/.test(sign)) || (sign >= "\u001c" && sign <= "\u001f");
