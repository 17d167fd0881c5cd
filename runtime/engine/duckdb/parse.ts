import { AnalysisError, excerptAt } from "../../errors.ts";
import { hideSecretsInPlace } from "../../secrets.ts";
import { quoteText } from "../../sql/duckdb-literal.ts";
import type { Binder, Database } from "./connection.ts";
import { withQuotes } from "./errors.ts";

export type Parsed = { readonly kind: "query" | "command"; readonly tables: readonly string[] };

/**
 * What SQL text is, by DuckDB's own parser: nothing is bound, so the tables need not exist. Tables are named as
 * written, without those that the text itself defines (WITH).
 */
export async function parse(database: Database, sql: string): Promise<Parsed> {
  const tree = await treeOf(database, sql);
  if (!tree.error) {
    if (tree.statements.length === 1) return { kind: "query", tables: tablesOf(tree.statements) };
    if (tree.statements.length === 0) throw new AnalysisError("EMPTY_SQL", "The SQL text is empty.", { sql });
    throw new AnalysisError("SYNTAX", "sql(…) takes one query at a time; this text has several.", { sql });
  }
  if (tree.error_type === "parser") {
    throw syntaxError(sql, tree.error_message, Number(tree.position ?? 0));
  }
  // Only queries can be taken apart so; of anything else DuckDB tells the tables it can.
  return { kind: isPivot(sql) ? "query" : "command", tables: [...database.main.getTableNames(sql, true)] };
}

/** What is wrong with the text of an expression; undefined where it is one. */
export async function mistakeIn(database: Binder, expression: string): Promise<AnalysisError | undefined> {
  const begin = "SELECT ";
  const tree = await treeOf(database, `${begin}${expression}`);
  if (!tree.error || tree.error_type !== "parser") return undefined;
  return syntaxError(expression, tree.error_message, Math.max(Number(tree.position ?? 0) - begin.length, 0));
}

async function treeOf(database: Binder, sql: string): Promise<Tree> {
  const [row] = await database.rows<{ tree: string }>(`SELECT json_serialize_sql(${quoteText(sql)})::VARCHAR AS tree`);
  return JSON.parse(row?.tree ?? "{}") as Tree;
}

type Tree =
  | { readonly error: false; readonly statements: readonly unknown[] }
  | { readonly error: true; readonly error_type: string; readonly error_message: string; readonly position?: string };

/** A pivot whose columns come from the data is two statements for DuckDB, and a query for the user. */
const isPivot = (sql: string): boolean => /^\s*(pivot|from\b[\s\S]*\bpivot)\b/i.test(sql);

function tablesOf(tree: unknown): string[] {
  const found = new Set<string>();
  collect(tree, new Set(), found);
  return [...found];
}

function collect(node: unknown, hidden: ReadonlySet<string>, found: Set<string>): void {
  if (Array.isArray(node)) {
    for (const item of node) collect(item, hidden, found);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  const entry = node as { readonly [key: string]: unknown };
  const definitions = (entry.cte_map as { map?: { key: string }[] } | undefined)?.map ?? [];
  const inner =
    definitions.length === 0 ? hidden : new Set([...hidden, ...definitions.map((cte) => cte.key.toLowerCase())]);
  if (entry.type === "BASE_TABLE" || entry.type === "SHOW_REF") {
    const parts = [entry.catalog_name, entry.schema_name, entry.table_name].filter((part) => part !== "") as string[];
    const isDefined = parts.length === 1 && inner.has(String(parts[0]).toLowerCase());
    if (entry.type === "BASE_TABLE" && !isDefined) found.add(parts.join("."));
  }
  for (const value of Object.values(entry)) collect(value, inner, found);
}

function syntaxError(sql: string, message: string, at: number): AnalysisError {
  const line = sql.slice(0, at).split("\n").length;
  const text = hideSecretsInPlace(sql).split("\n")[line - 1]?.trim() ?? "";
  const sentence = `${message.charAt(0).toUpperCase()}${message.slice(1)}`;
  const shown = `SQL: ${sentence} in line ${line}: ${text.length > 120 ? `${text.slice(0, 120)}…` : text}`;
  return new AnalysisError("SYNTAX", withQuotes(shown), { sql, excerpt: excerptAt(sql, at) });
}
