import type { Expression } from "../../plan/expressions.ts";
import { anywhere, Reader } from "./expression-reader.ts";
import { withHiddenTexts } from "./hidden-texts.ts";
import { Library } from "./library.ts";
import { isGiven } from "./parts.ts";
import { orRefused, Refusal } from "./refusal.ts";
import { type Fields, type Node, partsOf } from "./tree.ts";

/**
 * An expression in Spark's SQL, in the terms of plans: what it means is then what the same means as a column, on every
 * engine. The library reads it.
 * @throws AnalysisError for text that cannot be read, and for what plans have no terms for
 */
export function readExpression(text: string): Promise<Expression> {
  return orRefused(() => read(text));
}

async function read(text: string): Promise<Expression> {
  const library = await Library.load("spark", "spark");
  const hidden = withHiddenTexts(text);
  const source = { text, at: hidden.at };
  const [tree, ...more] = library.parse(`SELECT ${hidden.text}`, "SELECT ".length, source);
  const [kind, select] = partsOf(tree) ?? [];
  const { expressions = [], ...others } = (select ?? {}) as { expressions?: readonly Node[] };
  const [only, second] = expressions;
  if (kind !== "select" || only === undefined || second !== undefined || more.length > 0 || hasMore(others))
    throw new Refusal("What is not one expression");
  return new Reader(library, hidden, anywhere).read(only);
}

/** Other parts of a SELECT. */
const hasMore = (fields: Fields): boolean => Object.values(fields).some(isGiven);
