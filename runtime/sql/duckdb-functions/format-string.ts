import { isFraction, isInteger } from "../../plan/numeric.ts";
import type { Arg, Template } from "../dialect.ts";
import { quoteText } from "../duckdb-literal.ts";
import { literalText } from "../literal-argument.ts";
import { roundedText } from "./round.ts";
import { sparkOnlyError } from "./spark-only.ts";

/** Java's formats, as far as C's printf writes the same: %d %x %X %s %f, with a width, and a precision of %f. */
export const formatted: Template = ([format, ...values], call) => {
  const text = literalText(format, `${call.name}: the format`);
  const parts: string[] = [];
  let used = 0;
  let end = 0;
  for (const found of text.matchAll(/%(%|n|([-0+, ]*)(\d+)?(?:\.(\d+))?([a-zA-Z]))|%/g)) {
    const [whole, kind, flags = "", width = "", precision, letter = ""] = found;
    if (found.index > end) parts.push(quoteText(text.slice(end, found.index)));
    end = found.index + whole.length;
    if (kind === "%") parts.push("'%'");
    else if (kind === "n") parts.push("chr(10)");
    else {
      const value = values[used++];
      const written = kind && value && conversion(value, flags, width, precision, letter);
      if (!written)
        throw sparkOnlyError(call.name, `"${whole}" in the format "${text}" is not known to DuckDB with this argument`);
      parts.push(written);
    }
  }
  if (end < text.length || parts.length === 0) parts.push(quoteText(text.slice(end)));
  return `concat(${parts.join(", ")})`;
};

function conversion(value: Arg, flags: string, width: string, precision: string | undefined, letter: string) {
  const orNull = (text: string) => {
    if (!value.nullable) return text;
    const pad =
      width === ""
        ? "'null'"
        : flags.includes("-")
          ? `rpad('null', ${width}, ' ')`
          : `lpad('null', greatest(${width}, 4), ' ')`;
    return `CASE WHEN ${value.operand} IS NULL THEN ${pad} ELSE ${text} END`;
  };
  const { type, text } = value;
  if ((letter === "d" || letter === "x" || letter === "X") && isInteger(type) && precision === undefined) {
    if (letter !== "d" && /[+, ]/.test(flags)) return undefined;
    // Java writes the bits of a negative number in its own width, C in 64.
    if (letter !== "d" && type.kind !== "long") return undefined;
    return orNull(`printf('%${flags}${width}${letter}', CAST(${text} AS BIGINT))`);
  }
  if (
    letter === "s" &&
    precision === undefined &&
    (type.kind === "string" || isInteger(type) || type.kind === "boolean")
  ) {
    if (/[^-]/.test(flags)) return undefined;
    const shown = type.kind === "string" ? text : `CAST(${text} AS VARCHAR)`;
    if (width === "") return orNull(shown);
    const pad = flags.includes("-") ? "rpad" : "lpad";
    return orNull(`list_transform([${shown}], lambda s: ${pad}(s, greatest(${width}, length(s))::INTEGER, ' '))[1]`);
  }
  if (letter === "f" && isFraction(type) && !flags.includes(",")) {
    const places = Number(precision ?? 6);
    return orNull(
      `list_transform([CAST(${text} AS DOUBLE)], lambda f: CASE WHEN isfinite(f) THEN printf('%${flags}${width}.${places}f', ${roundedText("f", places)}) ELSE printf('%${flags.replace("0", "")}${width}s', CASE WHEN isnan(f) THEN 'NaN' WHEN f > 0 THEN 'Infinity' ELSE '-Infinity' END) END)[1]`,
    );
  }
  return undefined;
}
