import { AnalysisError } from "../../../errors.ts";
import type { Expression } from "../../../plan/expressions.ts";
import { checkOnly, isGiven, listOf, nameIn } from "../parts.ts";
import type { Fields } from "../tree.ts";
import type { Level, Reading } from "./reading.ts";
import { type Column, found, isBehind, missing, type Relation } from "./relation.ts";

type Starred = { readonly name: string; readonly expression: Expression };

/** What `*`, `t.*` and `struct.*` stand for, less what EXCEPT names. */
export async function starColumns(
  reading: Reading,
  fields: Fields,
  rows: Relation,
  outer: Level | undefined,
): Promise<readonly Starred[]> {
  checkOnly("star", fields, "table", "except");
  const table = isGiven(fields.table) ? partsOfName(fields.table) : undefined;
  const columns = rows.columns.filter((column) =>
    table === undefined ? column.isHidden === undefined : isBehind(column, table),
  );
  const all =
    columns.length > 0 || table === undefined
      ? columns.map(({ name, inPlan }): Starred => ({ name, expression: reading.columnOf(inPlan, name) }))
      : await fieldsOf(reading, table, rows, outer);
  const left = without(all, columns, listOf(fields.except).map(nameIn), rows);
  if (left.length > 0) return left;
  throw new AnalysisError(
    "NO_COLUMNS",
    "SQL: The star stands for no column: there is no table (FROM), or all are left out.",
  );
}

/** The library keeps `a.b` as one name. */
const partsOfName = (name: unknown): string[] =>
  (name as Fields).quoted === true ? [nameIn(name)] : nameIn(name).split(".");

function without(
  all: readonly Starred[],
  columns: readonly Column[],
  names: readonly string[],
  rows: Relation,
): readonly Starred[] {
  const dropped = new Set(names.map((name) => name.toLowerCase()));
  const absent = names.find((name) => !all.some((one) => one.name.toLowerCase() === name.toLowerCase()));
  if (absent !== undefined) throw missing([absent], columns.length > 0 ? { plan: rows.plan, columns } : rows);
  return all.filter(({ name }) => !dropped.has(name.toLowerCase()));
}

async function fieldsOf(
  reading: Reading,
  parts: readonly string[],
  rows: Relation,
  outer: Level | undefined,
): Promise<readonly Starred[]> {
  const head = found(rows, parts);
  const schema = head && (await reading.schema(rows.plan, outer));
  let type = schema?.find(({ name }) => name === head?.column.inPlan)?.type;
  let expression: Expression = reading.columnOf(head?.column.inPlan ?? "", head?.column.name ?? "");
  for (const name of head?.fields ?? []) {
    type =
      type?.kind === "struct"
        ? type.fields.find((field) => field.name.toLowerCase() === name.toLowerCase())?.type
        : undefined;
    expression = { kind: "field", input: expression, name };
  }
  if (type?.kind === "struct")
    return type.fields.map(({ name }) => ({ name, expression: { kind: "field", input: expression, name } }));
  const name = parts.join(".");
  throw new AnalysisError(
    "COLUMN_NOT_FOUND",
    `SQL: "${name}.*" is of no table and of no struct: there is no table "${name}" in FROM, nor a column of this name that is a struct.`,
  );
}
