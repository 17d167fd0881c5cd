import { Decimal } from "decimal.js";
import { AnalysisError } from "../errors.ts";
import type { Plan } from "../plan/nodes.ts";
import { isColumn } from "./column.ts";
import { generatedName } from "./prepare.ts";

/** Whose SQL a text is. */
export type Dialect = "duckdb" | "spark";

/** SQL text with what was put between its pieces: frames are relations, other values literals. */
export function sqlOfTemplate(
  pieces: readonly string[],
  values: readonly unknown[],
  planOf: (value: unknown) => Plan | undefined,
  dialect: Dialect,
): { text: string; inputs: { [name: string]: Plan } } {
  const inputs: { [name: string]: Plan } = {};
  let text = pieces[0] ?? "";
  values.forEach((value, i) => {
    const plan = planOf(value);
    if (plan === undefined) text += Array.isArray(value) ? listText(value, text, dialect) : literalText(value, dialect);
    else {
      const name = generatedName(++frames);
      inputs[name] = plan;
      text += name;
    }
    text += pieces[i + 1] ?? "";
  });
  return { text, inputs };
}

let frames = 0;

/** `IN ${list}` and `IN (${list})`; anywhere else an array. */
function listText(values: readonly unknown[], before: string, dialect: Dialect): string {
  const [isIn, parenthesis] = /\bin\s*(\(\s*)?$/i.exec(before) ?? [];
  if (isIn === undefined) return arrayText(values, dialect);
  if (values.length === 0)
    throw new AnalysisError(
      "SQL_TEXT",
      "An empty list cannot stand behind IN: IN () is no SQL. Leave the condition out where the list is empty",
    );
  const list = values.map((each) => literalText(each, dialect)).join(", ");
  return parenthesis === undefined ? `(${list})` : list;
}

function arrayText(values: readonly unknown[], dialect: Dialect): string {
  const list = values.map((each) => literalText(each, dialect)).join(", ");
  return dialect === "spark" ? `array(${list})` : `[${list}]`;
}

/** The words of a text that may name tables. */
export function wordsOf(text: string): Set<string> {
  return new Set(text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu));
}

/** Text that begins so asks for rows; any other may be a command, and is parsed at once to find out. */
export function looksLikeQuery(text: string): boolean {
  const start = text.replace(/^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/|\()+/, "");
  if (/^with\b/i.test(start)) return !/\b(insert|update|delete|merge)\b/i.test(start);
  return /^(select|from|values|table|describe|show|summarize|pivot|unpivot)\b/i.test(start);
}

function literalText(value: unknown, dialect: Dialect): string {
  if (isColumn(value)) {
    throw new AnalysisError(
      "SQL_TEXT",
      "A Column cannot stand in sql`…`: write the column's name into the text, or use the DataFrame's methods",
    );
  }
  if (value === null) return "NULL";
  switch (typeof value) {
    case "string":
      return quoted(dialect === "spark" ? value.replaceAll("\\", "\\\\") : value);
    case "boolean":
      return value ? "TRUE" : "FALSE";
    case "bigint":
      return `CAST(${quoted(String(value))} AS ${BigInt.asIntN(64, value) === value ? "BIGINT" : "DECIMAL(38,0)"})`;
    case "number":
      if (Number.isSafeInteger(value) && !Object.is(value, -0)) return String(value);
      return `CAST(${quoted(String(value))} AS DOUBLE)`;
    case "object":
      return objectText(value, dialect);
    default:
      throw new AnalysisError(
        "SQL_TEXT",
        `${value === undefined ? "undefined" : `A ${typeof value}`} cannot stand in sql\`…\``,
      );
  }
}

function objectText(value: object, dialect: Dialect): string {
  const [instant, local] = dialect === "spark" ? ["TIMESTAMP", "TIMESTAMP_NTZ"] : ["TIMESTAMPTZ", "TIMESTAMP"];
  if (Array.isArray(value)) return arrayText(value, dialect);
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw new AnalysisError("SQL_TEXT", "An invalid Date cannot stand in sql`…`");
    return `${instant} ${quoted(value.toISOString())}`;
  }
  if (value instanceof Temporal.Instant) return `${instant} ${quoted(value.toString())}`;
  if (value instanceof Temporal.ZonedDateTime) return `${instant} ${quoted(value.toInstant().toString())}`;
  if (value instanceof Temporal.PlainDateTime) return `${local} ${quoted(value.toString())}`;
  if (value instanceof Temporal.PlainDate) return `DATE ${quoted(value.toString())}`;
  if (Decimal.isDecimal(value)) return value.toFixed();
  throw new AnalysisError(
    "SQL_TEXT",
    `A ${value.constructor?.name ?? "object"} cannot stand in sql\`…\`: only frames and literals can`,
  );
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
