import type { SqlDialect } from "../../plan/expressions.ts";
import type { ReadExpression, Sources, TextPlace } from "../../plan/statement.ts";
import type { Translation } from "../engine.ts";
import type { Parsed } from "./parse.ts";

// What reads Spark's SQL is loaded by the first text in it: its library has 23 MB.
const statements = () => import("../../sql/transpile/statement/read-statement.ts");
const expressions = () => import("../../sql/transpile/read-expression.ts");

export async function translate(text: string, from: SqlDialect, sources: Sources): Promise<Translation> {
  if (from === "duckdb") return { kind: "text", text };
  return (await statements()).readStatement(text, sources);
}

export async function translateExpression(text: string, from: SqlDialect, place: TextPlace): Promise<ReadExpression> {
  if (from === "duckdb") return { expression: { kind: "sql", text } };
  return (await expressions()).readExpression(text, place);
}

export async function parseSpark(text: string): Promise<Parsed> {
  return { kind: await (await statements()).kindOfStatement(text), tables: [] };
}
