import { AnalysisError } from "../../../../errors.ts";
import { MAX_PRECISION } from "../../../../plan/numeric.ts";
import { type BuiltInFunction, literalText, STRING } from "../built-in.ts";
import { TextOptions } from "../text-options.ts";
import { javaPattern } from "../time/java-pattern.ts";
import { textTimes } from "../time/text-times.ts";
import { double, numbersOf } from "./read.ts";
import { csvFormat, onlySpark, valuesOf } from "./values.ts";

const NAME = "schema_of_csv";

/** The types of a line's values, in SQL: of each the first that reads it. */
export const schemaOf: BuiltInFunction<undefined> = {
  plan: ({ args: [csv, map] }) => {
    const line = literalText(csv);
    const options = TextOptions.of(NAME, map);
    if (typeof line !== "string") throw new AnalysisError("UNEXPECTED_NULL", `${NAME} needs a text, not NULL.`);
    const values = valuesOf(line, csvFormat(options), NAME);
    if (values === undefined) throw new AnalysisError("MALFORMED_CSV", `${NAME}: an empty text has no columns.`);
    const infer = inference(options, line);
    const fields = values.map((value, index) => `_c${index}: ${value === null ? "STRING" : infer(value)}`);
    return { instead: { kind: "literal", value: `STRUCT<${fields.join(", ")}>`, type: STRING } };
  },
  compute: () => () => null,
};

function inference(options: TextOptions, line: string): (text: string) => string {
  options.expectEnglish();
  const times = textTimes(options, "UTC");
  const numbers = numbersOf(options);
  const isDate = options.isTrue("preferDate", true) ? dateReader(options) : () => false;
  return (text) => {
    if (text === "") return "STRING";
    const whole = wholeType(text, line);
    if (whole !== undefined) return whole;
    if (double(text, line, numbers, NAME) !== undefined) return "DOUBLE";
    if (isDate(text)) return "DATE";
    if (times.timestamp(text) !== undefined) return "TIMESTAMP";
    return /^(?:true|false)$/i.test(text) ? "BOOLEAN" : "STRING";
  };
}

/** Dates are read by their format alone, and not as a cast reads them. */
function dateReader(options: TextOptions): (text: string) => boolean {
  const read =
    options.text("dateFormat") === undefined ? javaPattern("yyyy-MM-dd") : { date: textTimes(options, "UTC").date };
  return (text) => typeof read !== "string" && read.date(text) !== undefined;
}

/** What is no INT or BIGINT is a DECIMAL if it has nothing behind the point; undefined for other texts. */
function wholeType(text: string, line: string): string | undefined {
  if (/^[+-]?\p{Nd}+$/u.test(text) && !/^[+-]?\d+$/.test(text))
    throw onlySpark(line, NAME, "a number in other digits than ASCII's");
  if (/^[+-]?\d+$/.test(text)) {
    const value = BigInt(text.replace("+", ""));
    if (BigInt.asIntN(32, value) === value) return "INT";
    if (BigInt.asIntN(64, value) === value) return "BIGINT";
  }
  const match = /^[+-]?(\d+)\.?(?:[eE][+-]?0+)?$/.exec(text);
  if (match === null) return undefined;
  const precision = (match[1] as string).replace(/^0+(?=.)/, "").length;
  return precision <= MAX_PRECISION ? `DECIMAL(${precision},0)` : undefined;
}
