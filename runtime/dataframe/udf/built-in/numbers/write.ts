import type { Decimal } from "decimal.js";
import { type Group, isDigits, type NumberFormat } from "./format.ts";

/** A number in a format; with # in place of its digits where the format has fewer. */
export function writeNumber(value: Decimal, format: NumberFormat): string {
  const [before, behind] = splitDigits(value, format);
  const isNegative = value.isNegative() && !value.isZero();
  let result = "";
  let [atWhole, atFraction] = [0, 0];
  let isBehindPoint = false;
  for (const token of format.tokens) {
    switch (token.kind) {
      case "group": {
        const length = digitsOf(token);
        if (isBehindPoint) result += behind.slice(atFraction, atFraction + length);
        else result = withGroup(result, token, before.slice(atWhole, atWhole + length));
        if (isBehindPoint) atFraction += length;
        else atWhole += length;
        break;
      }
      case ".":
        result = `${result.replace(/ $/, "0")}.`;
        isBehindPoint = true;
        break;
      case "$":
        result += "$";
        break;
      case "S":
        result = withSign(withoutLonePoint(result), isNegative ? "-" : "+");
        break;
      case "MI":
        result = isNegative ? withSign(withoutLonePoint(result), "-") : `${result} `;
        break;
      case "<":
        if (isNegative) result += "<";
        break;
      case ">":
        result = withoutLonePoint(result);
        result = isNegative ? withSign(result, ">") : `${result}  `;
        break;
    }
  }
  result = withoutLonePoint(result);
  return result === "" || result === "+" || result === "-" ? "0" : result;
}

/** As long as the format has places: spaces before, zeros behind. */
function splitDigits(value: Decimal, { whole, fraction }: NumberFormat): [string, string] {
  const [left = "", right = ""] = value.abs().toFixed().split(".");
  const before = left.replace(/^0+/, "");
  const behind = right.replace(/0+$/, "");
  if (before.length > whole || behind.length > fraction) return ["#".repeat(whole), "#".repeat(fraction)];
  return [before.padStart(whole), behind.padEnd(fraction, "0")];
}

function withGroup(given: string, { parts }: Group, digits: string): string {
  let result = given;
  let at = 0;
  for (const part of parts) {
    if (!isDigits(part)) {
      result = /[0-9]$/.test(result) ? `${result},` : withSpace(result);
      continue;
    }
    for (let i = 0; i < part.count; i++) {
      const digit = digits[at++] as string;
      result = digit !== " " ? result + digit : part.isExact ? `${result}0` : withSpace(result);
    }
  }
  return result;
}

/** A sign goes in front of the spaces that it would stand behind. */
const withSign = (text: string, sign: string): string => text.replace(/ *$/, (spaces) => sign + spaces);
/** And a space in front of signs. */
const withSpace = (text: string): string => text.replace(/[+\-<]*$/, (signs) => ` ${signs}`);

const withoutLonePoint = (text: string): string => text.replace(/^([^.]*)\.(?=$| )/, "$1 ");

const digitsOf = ({ parts }: Group): number => parts.filter(isDigits).reduce((sum, { count }) => sum + count, 0);
