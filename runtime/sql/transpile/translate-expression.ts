import type { Expression } from "../../plan/expressions.ts";
import { readExpression } from "./read-expression.ts";
import { Refusal } from "./refusal.ts";
import { type SqlDialect, translate } from "./translate.ts";

/**
 * An expression of one dialect for an engine with the other. What is in Spark's SQL means what plans mean, so it becomes a
 * part of the plan; text of DuckDB's, and what plans have no terms for, becomes text of the other dialect.
 * @throws AnalysisError for text that cannot be read, and for what is refused.
 */
export async function translateExpression(text: string, from: SqlDialect, to: SqlDialect): Promise<Expression> {
  if (from === "spark") {
    try {
      return await readExpression(text);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return { kind: "sql", text: await translate(text, from, to, "expression") };
}
