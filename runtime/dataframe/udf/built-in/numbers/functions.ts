import type { Decimal } from "decimal.js";
import { AnalysisError } from "../../../../errors.ts";
import type { Expression } from "../../../../plan/expressions.ts";
import { isNumeric } from "../../../../plan/numeric.ts";
import type { SqlType } from "../../../../plan/types.ts";
import { type BuiltInFunction, type Call, inError, literalText, orError, STRING, withError } from "../built-in.ts";
import { type NumberFormat, numberFormat } from "./format.ts";
import { parseNumber } from "./parse.ts";
import { writeNumber } from "./write.ts";

function formatIn({ name, args }: Call): NumberFormat {
  const text = literalText(args[1]) ?? "";
  const format = numberFormat(text);
  if (typeof format !== "string") return format;
  throw new AnalysisError(
    "INVALID_FORMAT",
    `${name}: the format "${text}" is not valid: ${format}. A format is made of S or MI, $, digits 0 and 9 with commas, a point and digits, and S, MI or PR: "S999,999.00".`,
  );
}

const asText = (value: Expression): Expression => ({ kind: "cast", input: value, type: STRING, onError: "fail" });

const toNumber = (fails: boolean): BuiltInFunction<NumberFormat> => ({
  plan: (call) => {
    const format = formatIn(call);
    const type: SqlType = { kind: "decimal", precision: format.whole + format.fraction, scale: format.fraction };
    return {
      args: [asText(call.args[0] as Expression)],
      type: fails ? withError(type) : type,
      parameters: format,
      ...(fails && { strict: true, within: orError }),
    };
  },
  compute: (format) => (text: string) => {
    const value = parseNumber(text, format);
    if (!fails) return value ?? null;
    if (value !== undefined) return { value, error: null };
    const error = `[INVALID_FORMAT] to_number: '${inError(text)}' is not in the format "${format.text}"; use try_to_number to get NULL.`;
    return { value: null, error };
  },
});

/** Of dates and bytes it is another function. */
const toChar: BuiltInFunction<NumberFormat> = {
  plan: (call, typeOf) => {
    const [value, format] = call.args as [Expression, Expression];
    const type = typeOf(value);
    if (type.kind === "date" || type.kind === "timestamp" || type.kind === "timestamp_ntz")
      return { instead: { kind: "call", name: "date_format", args: [value, format] } };
    if (type.kind === "binary") return { instead: ofBytes(value, literalText(format) ?? "") };
    const decimal = decimalOf(type);
    if (decimal === undefined)
      throw new AnalysisError("TYPE_MISMATCH", "to_char takes a number, a date, a time or bytes: cast the value.");
    const input: Expression = { kind: "cast", input: value, type: decimal, onError: "fail" };
    return { args: [input], type: STRING, strict: true, parameters: formatIn(call) };
  },
  compute: (format) => (value: Decimal) => writeNumber(value, format),
};

function ofBytes(value: Expression, format: string): Expression {
  const call = (name: string, ...args: Expression[]): Expression => ({ kind: "call", name, args: [value, ...args] });
  switch (format.toLowerCase()) {
    case "base64":
      return call("base64");
    case "hex":
      return call("hex");
    case "utf-8":
      return call("decode", { kind: "literal", value: "UTF-8", type: STRING });
    default:
      throw new AnalysisError(
        "INVALID_PARAMETER_VALUE.BINARY_FORMAT",
        `to_char: bytes are written in the format "base64", "hex" or "utf-8", not "${format}".`,
      );
  }
}

/** What Spark makes of a number to write it. */
function decimalOf(type: SqlType): SqlType | undefined {
  const decimal = (precision: number, scale = 0): SqlType => ({ kind: "decimal", precision, scale });
  switch (type.kind) {
    case "byte":
      return decimal(3);
    case "short":
      return decimal(5);
    case "int":
      return decimal(10);
    case "long":
      return decimal(20);
    case "float":
      return decimal(14, 7);
    case "double":
      return decimal(30, 15);
    default:
      return isNumeric(type) ? type : undefined;
  }
}

export const numberFunctions: { readonly [name: string]: BuiltInFunction<any> } = {
  to_number: toNumber(true),
  try_to_number: toNumber(false),
  to_char: toChar,
};
