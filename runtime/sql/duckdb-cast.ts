import { isFraction, isInteger, isNumeric, sameType } from "../plan/numeric.ts";
import { typeName } from "../plan/type-names.ts";
import type { SqlType } from "../plan/types.ts";
import type { Unconverted } from "./dialect.ts";
import { doubleAsText } from "./duckdb-double-text.ts";
import { duckdbLiteral, duckdbType } from "./duckdb-literal.ts";
import { type Fragment, tight } from "./fragment.ts";

/** A cast with Spark's ANSI results: fractions are cut off, text is read strictly, times are text without a zone. */
export function duckdbCast(arg: Unconverted, to: SqlType, onError: "fail" | "null"): Fragment {
  const from = arg.type;
  if (sameType(from, to)) return arg.fragment;
  const cast = (text: string, type = to) =>
    `${onError === "null" ? "TRY_CAST" : "CAST"}(${text} AS ${duckdbType(type)})`;
  if (from.kind === "string" && isInteger(to)) return tight(textToInteger(arg, to, onError, cast(arg.text)));
  if (from.kind === "string" && to.kind === "binary") return tight(`encode(${arg.text})`);
  if (from.kind === "binary" && to.kind === "string") return tight(`decode(${arg.text})`);
  if ((isFraction(from) || from.kind === "decimal") && isInteger(to)) return tight(cast(`trunc(${arg.text})`));
  // DuckDB writes .5 where there are no digits before the point.
  if (from.kind === "decimal" && to.kind === "string" && from.precision === from.scale)
    return tight(`regexp_replace(CAST(${arg.text} AS VARCHAR), '^(-?)[.]', '\\10.')`);
  if (isFraction(from) && to.kind === "string") return tight(doubleAsText(arg));
  if (from.kind === "timestamp" && to.kind === "string") return tight(cast(`CAST(${arg.text} AS TIMESTAMP)`));
  if (from.kind === "timestamp" && isInteger(to)) return tight(cast(`floor(epoch(${arg.text}))`));
  if (from.kind === "timestamp" && isNumeric(to)) return tight(cast(`epoch(${arg.text})`));
  if (isNumeric(from) && to.kind === "timestamp") return tight(`to_timestamp(${arg.text})`);
  if (from.kind === "array" && to.kind === "array") return tight(arrayCast(arg, from, to, onError, cast(arg.text)));
  return tight(cast(arg.text));
}

/** Elements are cast one by one where a plain cast would not give the same. */
function arrayCast(
  arg: Unconverted,
  from: SqlType & { kind: "array" },
  to: SqlType & { kind: "array" },
  onError: "fail" | "null",
  plain: string,
): string {
  const element = { ...arg, fragment: tight("item"), text: "item", operand: "item", type: from.element };
  const { text } = duckdbCast(element, to.element, onError);
  const isPlain = text === "item" || /^(TRY_)?CAST\(item AS [^()]*(\([^()]*\))?\)$/.test(text);
  return isPlain ? plain : `list_transform(${arg.text}, lambda item: ${text})`;
}

/** DuckDB would read '1.5' and '1e2' as whole numbers. */
function textToInteger(arg: Unconverted, to: SqlType, onError: "fail" | "null", cast: string): string {
  const isWhole = `regexp_full_match(trim(${arg.text}), '[+-]?[0-9]+')`;
  if (onError === "null") return `CASE WHEN ${isWhole} THEN ${cast} END`;
  const message = `'[CAST_INVALID_INPUT] The value ''' || ${arg.operand} || ''' is no ${typeName(to)}; use tryCast to get NULL'`;
  return `CASE WHEN NOT ${isWhole} THEN error(${message}) ELSE ${cast} END`;
}

/** A conversion that the function table asks for; left to DuckDB where it converts to the same type by itself. */
export function duckdbConvert(arg: Unconverted, to: SqlType): Fragment {
  const from = arg.type;
  if (sameType(from, to) || to.kind === "void") return arg.fragment;
  if (arg.expression.kind === "literal" && arg.expression.value === null) return duckdbLiteral(null, to);
  // The type of a text of the user's own is not known.
  if (from.kind === "void") return arg.fragment;
  if (isWidened(from, to)) return arg.fragment;
  return duckdbCast(arg, to, "fail");
}

/** TINYINT and SMALLINT would pull a literal beside them down to their own range; FLOAT pulls integers down. */
const isWidened = (from: SqlType, to: SqlType): boolean =>
  (from.kind === "int" && (to.kind === "long" || to.kind === "double")) ||
  (from.kind === "long" && to.kind === "double");
