import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import { Decimal } from "decimal.js";
import { sql } from "../../../../runtime/index.ts";

/**
 * What becomes of a text on the other engine: the same rows ("equal"), an error of Quern's before anything runs
 * ("refused"), or an error of the engine when it runs ("fails").
 */
export type Outcome = "equal" | "refused" | "fails";
export type Query = { readonly outcome: Outcome; readonly text: string; readonly section: string };

/** The queries of a file: a line each, `outcome | text`, below the headings of their sections. */
export function queriesIn(file: string): Query[] {
  let section = "";
  return readFileSync(new URL(file, import.meta.url), "utf8")
    .split("\n")
    .flatMap((line) => {
      if (line.startsWith("#")) section = line.slice(2);
      const [, outcome, text] = /^(equal|refused|fails) +\| (.*)$/.exec(line) ?? [];
      return outcome === undefined ? [] : [{ outcome: outcome as Outcome, text: text as string, section }];
    });
}

export type Answer = {
  readonly rows?: readonly string[];
  readonly names?: readonly string[];
  readonly types?: readonly string[];
  readonly code?: string;
  readonly message?: string;
};

/**
 * The rows of a text, in a form to compare, or its error. Rows without an ORDER BY are put in one. With `types`, names are as
 * they are written, and the types of the columns are told.
 */
export async function answerOf(text: string, { types = false } = {}): Promise<Answer> {
  try {
    const frame = sql(text);
    const found = (await frame.collect()) as { [name: string]: unknown }[];
    const columns = types ? ((await frame.dtypes()) as [name: string, type: string][]) : [];
    const rows = found.map((row) => inspect(Object.values(row).map(comparable), { depth: 9, breakLength: Infinity }));
    const names = types ? columns.map(([name]) => name) : Object.keys(found[0] ?? {}).map((name) => name.toLowerCase());
    const sorted = /order by/i.test(text) ? rows : rows.sort();
    return { rows: sorted, names, ...(types && { types: columns.map(([, type]) => type) }) };
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return { code: code ?? "BUG", message };
  }
}

/** The last digits of a double depend on the order of additions. */
function comparable(value: unknown): unknown {
  if (typeof value === "number") return Number.isInteger(value) ? value + 0 : Number(value.toPrecision(14));
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, comparable(item)]));
  if (Array.isArray(value)) return value.map(comparable);
  if (Decimal.isDecimal(value)) return `decimal ${value}`;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, comparable(item)]));
}

export const isRefusal = ({ code }: Answer): boolean =>
  code === "SQL_DIALECT" || code === "SYNTAX" || code === "EMPTY_SQL";
