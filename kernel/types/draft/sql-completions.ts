import type { CursorContext } from "./cursor.ts";
import type { Offer } from "./items.ts";
import { tablesRead, withoutTexts } from "./sql-tables.ts";

/** What SQL text is about: where the cursor stands in it, and the tables that it names. */
export type SqlCursor = {
  /** The word before the cursor, and the names with dots in front of it: of `t.address.ci` a table or an alias and a struct. */
  readonly word: string;
  readonly qualifiers: readonly string[];
  /** A table's name belongs here. */
  readonly wantsTable: boolean;
  /** What is read where the cursor stands, by the name it has there; a query in brackets by its text. */
  readonly tables: ReadonlyMap<string, string>;
  /** In a string or a comment of the SQL, nothing is offered. */
  readonly isQuoted: boolean;
  /** The word stands behind an open quote: `"IMDB R`. */
  readonly isQuotedName: boolean;
};

const qualifier = String.raw`(?:[\p{L}_$][\p{L}\p{N}_$]*|"[^"]+"|\$\{\s*[\p{L}_$][\p{L}\p{N}_$]*\s*\})`;

export function sqlCursor(before: string, after: string): SqlCursor {
  const open = /(?:^|[\s(,.=\\])"([^"]*)$/.exec(withoutTexts(before))?.[1];
  const isQuotedName = open !== undefined && isQuoted(before);
  const word = isQuotedName ? open : (/[\p{L}_$][\p{L}\p{N}_$]*$/u.exec(before)?.[0] ?? "");
  const head = before.slice(0, before.length - word.length - (isQuotedName ? 1 : 0));
  const dotted = new RegExp(String.raw`(?:${qualifier}\.)+$`, "u").exec(head)?.[0] ?? "";
  const qualifiers = dotted.match(new RegExp(qualifier, "gu")) ?? [];
  return {
    word,
    qualifiers: qualifiers.map((name) => name.replaceAll(/^"|"$|^\$\{\s*|\s*\}$/g, "")),
    wantsTable: /\b(?:from|join|into|update|table|describe|summarize)\s+$/i.test(head),
    tables: tablesRead(before, after),
    isQuoted: isQuoted(head),
    isQuotedName,
  };
}

/** An odd number of quotes, or a comment that has not ended. */
function isQuoted(sql: string): boolean {
  const rest = sql.replaceAll(/'[^']*'|"[^"]*"|--[^\n]*\n|\/\*[\s\S]*?\*\//g, " ");
  return /['"]|--|\/\*/.test(rest);
}

/** A column's name as SQL has it. */
export const sqlName = (name: string): string =>
  /^[a-z_][a-z0-9_]*$/i.test(name) ? name : `"${name.replaceAll('"', '""')}"`;

const words = (list: string, kind: string): Offer[] => list.split(/\s+/).map((text) => ({ text, kind }));

const clauses = words(
  `select from where group order by having limit join left inner on as and or not in is null between like case when then
  else end distinct union all with over partition desc asc true false`,
  "keyword",
);
const functions = words("count sum avg min max round coalesce cast date_trunc row_number rank lag lead", "function");

/** Keywords and functions that begin as the word does, in its case. */
export function sqlWords(word: string, { isExpression }: { readonly isExpression: boolean }): Offer[] {
  const isUpper = word !== "" && word === word.toUpperCase();
  const all = isExpression
    ? [...functions, ...clauses.filter(({ text }) => expressionWords.has(text))]
    : [...clauses, ...functions];
  return all
    .filter(({ text }) => text.startsWith(word.toLowerCase()))
    .map(({ text, kind }) => ({ text: isUpper && kind === "keyword" ? text.toUpperCase() : text, kind }));
}

const expressionWords = new Set(
  "and or not in is null between like case when then else end over as true false".split(" "),
);

/** Whether a string is SQL as a whole, or a part of it. */
export function sqlKind({ where, tag, calls, quote }: CursorContext): "query" | "expression" | undefined {
  if (where === "template" && tag?.names[0]?.name === "sql") return "query";
  if (where === "code" || where === "comment") return undefined;
  const [call] = calls;
  const name = call?.names[0]?.name;
  if (!call?.isDirect || (call.argument !== 0 && name !== "selectExpr") || quote === "") return undefined;
  if (name === "sql") return "query";
  if (name === "expr" || name === "selectExpr") return "expression";
  return (name === "filter" || name === "where") && call.names[0]?.dotAt !== undefined ? "expression" : undefined;
}
