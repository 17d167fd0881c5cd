import type { ReadExpression, TextPlace } from "../../plan/statement.ts";
import type { Field } from "../../plan/types.ts";
import { anywhere, Reader } from "./expression-reader.ts";
import { withHiddenTexts } from "./hidden-texts.ts";
import { Library } from "./library.ts";
import { isGiven } from "./parts.ts";
import { orRefused, Refusal } from "./refusal.ts";
import { readers } from "./statement/readers.ts";
import { Reading } from "./statement/reading.ts";
import type { Column } from "./statement/relation.ts";
import { queriesIn, subqueryOf } from "./statement/subqueries.ts";
import { type Fields, type Node, partsOf } from "./tree.ts";

/**
 * An expression in Spark's SQL, in the terms of plans: what it means is then what the same means as a column, on every
 * engine. The library reads it.
 * @throws AnalysisError for text that cannot be read, and for what plans have no terms for
 */
export function readExpression(text: string, place: TextPlace): Promise<ReadExpression> {
  return orRefused(() => read(text, place));
}

async function read(text: string, { sources, rows }: TextPlace): Promise<ReadExpression> {
  const library = await Library.load("spark", "spark");
  const hidden = withHiddenTexts(text);
  const source = { text, at: hidden.at };
  const [tree, ...more] = library.parse(`SELECT ${hidden.text}`, "SELECT ".length, source);
  const [kind, select] = partsOf(tree) ?? [];
  const { expressions = [], ...others } = (select ?? {}) as { expressions?: readonly Node[] };
  const [only, second] = expressions;
  if (kind !== "select" || only === undefined || second !== undefined || more.length > 0 || hasMore(others))
    throw new Refusal("What is not one expression");
  if (rows === undefined || !/\bselect\b/i.test(hidden.text))
    return { expression: new Reader(library, hidden, anywhere).read(only) };
  const reading = new Reading({ library, hidden }, { text, sources, readers, origin: sources.origin });
  const relation = { plan: rows, columns: (await sources.schema(rows)).map(columnOf) };
  const queries = await queriesIn(reading, only, relation, { queries: new Map() });
  const own = { ...anywhere, subquery: subqueryOf(reading, queries) };
  return { expression: new Reader(library, hidden, own).read(only), subqueries: reading.subplans };
}

const columnOf = ({ name, alias }: Field): Column => ({
  name,
  inPlan: name,
  ...(alias && { qualifier: [alias.frame] }),
});

/** Other parts of a SELECT. */
const hasMore = (fields: Fields): boolean => Object.values(fields).some(isGiven);
