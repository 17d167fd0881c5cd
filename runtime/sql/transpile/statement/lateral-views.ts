import { AnalysisError } from "../../../errors.ts";
import type { Expression } from "../../../plan/expressions.ts";
import { functionEntry } from "../../../plan/functions.ts";
import type { Named } from "../../../plan/nodes.ts";
import { checkOnly, isGiven, listOf, nameIn } from "../parts.ts";
import { Refusal } from "../refusal.ts";
import type { Fields } from "../tree.ts";
import { overRows } from "./over-rows.ts";
import type { Around, Reading } from "./reading.ts";
import { type Column, freeNames, type Relation } from "./relation.ts";
import { queriesIn } from "./subqueries.ts";
import { oneRow } from "./values.ts";

/** LATERAL VIEW explode(list) t AS x: for each row the rows that a generator makes of it. */
export function lateralView(reading: Reading, rows: Relation, view: Fields, around: Around): Promise<Relation> {
  checkOnly("lateral_view", view, "this", "table_alias", "column_aliases", "outer");
  const names = listOf(view.column_aliases).map(nameIn);
  const alias = isGiven(view.table_alias) ? nameIn(view.table_alias) : undefined;
  return generated(reading, rows, { node: view.this, alias, names, isOuter: view.outer === true, around });
}

/** LATERAL explode(list) AS t(x). */
export function lateralGenerator(
  reading: Reading,
  rows: Relation,
  fields: Fields,
  how: { readonly around: Around; readonly isOuter: boolean },
): Promise<Relation> {
  checkOnly("lateral", fields, "this", "alias", "column_aliases");
  const names = listOf(fields.column_aliases).map(nameIn);
  const alias = isGiven(fields.alias) ? nameIn(fields.alias) : undefined;
  return generated(reading, rows, { node: fields.this, alias, names, ...how });
}

/** FROM explode(array(1, 2)). */
export const generatorRows = (reading: Reading, node: unknown, around: Around): Promise<Relation> =>
  generated(reading, oneRow(reading), { node, alias: undefined, names: [], isOuter: false, around });

type Generated = {
  readonly node: unknown;
  readonly alias: string | undefined;
  readonly names: readonly string[];
  readonly isOuter: boolean;
  readonly around: Around;
};

async function generated(
  reading: Reading,
  rows: Relation,
  { node, alias, names, isOuter, around }: Generated,
): Promise<Relation> {
  const queries = await queriesIn(reading, node, rows, around);
  const read = overRows(reading, rows, around, queries).read(node);
  const expression = isOuter ? outerOf(read) : read;
  if (expression.kind !== "call" || functionEntry(expression.name)?.kind !== "generator")
    throw new Refusal(`${reading.nameOf(read)}, which makes no rows, in FROM or LATERAL VIEW`);
  const probe = reading.make({ kind: "project", input: rows.plan, columns: [{ name: "col", expression }] });
  const own = (await reading.schema(probe, around.outer)).map(({ name }) => name);
  if (names.length > 0 && names.length !== own.length)
    throw new AnalysisError(
      "COLUMN_COUNT",
      `SQL: ${reading.nameOf(read)} gives ${own.length === 1 ? "one column" : `the columns ${own.join(", ")}`}, and ${names.length} names are given: ${names.join(", ")}.`,
    );
  const shown = own.map((name, index) => names[index] ?? name);
  const kept = rows.columns.map(
    ({ inPlan }): Named => ({ name: inPlan, expression: { kind: "column", name: inPlan } }),
  );
  const free = freeNames(
    shown,
    kept.map(({ name }) => name),
  );
  const columns = [...uniquely(kept), { name: free[0] as string, expression, names: free }];
  const made = shown.map(
    (name, index): Column => ({ name, inPlan: free[index] as string, ...(alias && { qualifier: [alias] }) }),
  );
  return { plan: reading.make({ kind: "project", input: rows.plan, columns }), columns: [...rows.columns, ...made] };
}

/** A key of a join is there under two names. */
const uniquely = (columns: readonly Named[]): Named[] => [
  ...new Map(columns.map((column) => [column.name, column])).values(),
];

/** With OUTER, a row of which none is made is there with NULLs. */
function outerOf(generator: Expression): Expression {
  const name = generator.kind === "call" ? `${generator.name}_outer` : "";
  if (generator.kind === "call" && generator.name.endsWith("_outer")) return generator;
  if (generator.kind !== "call" || functionEntry(name) === undefined)
    throw new Refusal("LATERAL VIEW OUTER of this function");
  return { ...generator, name };
}
