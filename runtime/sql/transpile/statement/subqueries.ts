import { AnalysisError } from "../../../errors.ts";
import type { Expression } from "../../../plan/expressions.ts";
import { operandsFirst } from "../../../plan/walk.ts";
import { isGiven } from "../parts.ts";
import { Refusal } from "../refusal.ts";
import { partsOf } from "../tree.ts";
import type { Around, Level, Reading } from "./reading.ts";
import type { Relation } from "./relation.ts";

/** The queries in expressions, which are read before them. */
export type Queries = ReadonlyMap<unknown, Relation>;

/** Reads the queries in parts of the text that see these rows. */
export async function queriesIn(reading: Reading, parts: unknown, rows: Relation, around: Around): Promise<Queries> {
  const found = new Set<unknown>();
  collect(parts, found);
  const read = new Map<unknown, Relation>();
  const outer: Level = { relation: rows, ...(around.outer && { outer: around.outer }) };
  for (const query of found)
    read.set(query, await reading.readers.query(reading, query, { queries: around.queries, outer }));
  return read;
}

/** Queries in queries are found when these are read. */
function collect(value: unknown, found: Set<unknown>): void {
  if (Array.isArray(value)) for (const each of value) collect(each, found);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  const [kind, fields] = partsOf(value) ?? [];
  if (kind === "subquery" || kind === "exists") {
    found.add(fields?.this);
    return;
  }
  if (kind === "in" && isGiven(fields?.query)) found.add(fields?.query);
  for (const [name, field] of Object.entries(fields ?? value))
    if (kind !== "in" || name !== "query") collect(field, found);
}

/** What stands for a query in an expression. */
export const subqueryOf =
  (reading: Reading, queries: Queries) =>
  (query: unknown, how: "scalar" | "exists" | "in", value?: Expression): Expression => {
    const relation = queries.get(query);
    if (relation === undefined) throw new Refusal("A query in this place");
    const visible = relation.columns.filter((column) => column.isHidden === undefined);
    if (how !== "exists" && visible.length !== 1)
      throw new AnalysisError(
        "SUBQUERY",
        `SQL: A query that stands for ${how === "in" ? "the list of an IN" : "a value"} has one column, not ${visible.map(({ name }) => name).join(", ")}.`,
      );
    return reading.subquery(relation.plan, how, value);
  };

/**
 * Spark computes `x IN (query)` as false where it is NULL, but where a row is kept by it: so that is the only place for it, alone
 * or within AND, OR and NOT.
 */
export function checkPlaces(root: Expression, where: "condition" | "value"): void {
  const kept = new Set<Expression>();
  const stack = where === "condition" ? [root] : [];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    kept.add(next);
    if (next.kind === "call" && ["and", "or", "not"].includes(next.name)) stack.push(...next.args);
  }
  const lost = operandsFirst(root).some((part) => part.kind === "subquery" && part.how === "in" && !kept.has(part));
  if (lost) throw new Refusal("IN (SELECT …) elsewhere than in WHERE and HAVING, alone or within AND, OR and NOT");
}

export const hasSubquery = (root: Expression): boolean => operandsFirst(root).some((part) => part.kind === "subquery");
