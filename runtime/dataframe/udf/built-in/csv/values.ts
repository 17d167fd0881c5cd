import { QuernError } from "../../../../errors.ts";
import { inError } from "../built-in.ts";
import type { TextOptions } from "../text-options.ts";

export type CsvFormat = {
  readonly separator: string;
  readonly nullText: string;
  readonly emptyText: string;
  readonly trimsLeft: boolean;
  readonly trimsRight: boolean;
};

/** What only Spark's own parser knows. */
const SPARK_ONLY =
  "quote escape comment charToEscapeQuoteEscaping unescapedQuoteHandling maxColumns maxCharsPerColumn multiLine lineSep";

export function csvFormat(options: TextOptions): CsvFormat {
  for (const name of SPARK_ONLY.split(" "))
    if (options.text(name) !== undefined) throw options.onSparkOnly(name, "TypeScript reads CSV here without it");
  const trimsLeft = options.isTrue("ignoreLeadingWhiteSpace", false);
  const trimsRight = options.isTrue("ignoreTrailingWhiteSpace", false);
  // Alone it makes Spark's parser fail at spaces.
  if (trimsRight && !trimsLeft)
    throw options.onSparkOnly("ignoreTrailingWhiteSpace", "it needs ignoreLeadingWhiteSpace here");
  return {
    separator: (options.text("sep") ?? options.text("delimiter") ?? ",").replace(/^\\t$/, "\t"),
    nullText: options.text("nullValue") ?? "",
    emptyText: options.text("emptyValue") ?? "",
    trimsLeft,
    trimsRight,
  };
}

/**
 * The values of a line, null where it says so; undefined where it has none. What quotes mean that do not enclose a value is
 * known to Spark's parser alone.
 * @throws QuernError
 */
export function valuesOf(line: string, format: CsvFormat, name: string): (string | null)[] | undefined {
  const { separator, nullText, emptyText, trimsLeft, trimsRight } = format;
  if (line === "") return undefined;
  const values: (string | null)[] = [];
  for (let at = 0; ; at += separator.length) {
    if (trimsLeft) at = behindSpaces(line, at, separator);
    if (line[at] === '"') {
      const [quoted, closed] = quotedAt(line, at, name);
      at = behindSpaces(line, closed, separator);
      if (at < line.length && !line.startsWith(separator, at)) throw onlySpark(line, name, "text behind quotes");
      const value = quoted === "" ? emptyText : quoted;
      values.push(value === nullText ? null : value);
    } else {
      const found = line.indexOf(separator, at);
      const end = found < 0 ? line.length : found;
      const plain = trimsRight ? line.slice(at, lastOf(line, at, end)) : line.slice(at, end);
      values.push(plain === "" || plain === nullText ? null : plain);
      at = end;
    }
    if (at >= line.length) return values;
  }
}

const isSpace = (line: string, at: number): boolean => line.charCodeAt(at) <= 0x20;

function behindSpaces(line: string, from: number, separator: string): number {
  let at = from;
  while (at < line.length && isSpace(line, at) && !line.startsWith(separator, at)) at += 1;
  return at;
}

function lastOf(line: string, from: number, to: number): number {
  let end = to;
  while (end > from && isSpace(line, end - 1)) end -= 1;
  return end;
}

/** The content of quotes, and where it goes on behind them. A backslash makes a quote or another backslash a sign. */
function quotedAt(line: string, from: number, name: string): [text: string, end: number] {
  let text = "";
  for (let at = from + 1; at < line.length; at++) {
    if (line[at] === '"') return [text, at + 1];
    if (line[at] === "\\" && (line[at + 1] === '"' || line[at + 1] === "\\")) at += 1;
    text += line[at];
  }
  throw onlySpark(line, name, "quotes that do not end");
}

export const onlySpark = (line: string, name: string, what: string): QuernError =>
  new QuernError(
    "SPARK_ONLY",
    `${name}: in '${inError(line)}' there is ${what}, which only Spark reads. Leave such texts out by a filter, or run the frame on Spark.`,
  );
