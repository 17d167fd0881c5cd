import { type Schema as ArrowSchema, Field, makeData, RecordBatch, Struct, Table } from "apache-arrow";
import { AnalysisError } from "../errors.ts";
import type { Schema } from "../plan/types.ts";
import { arrowSchema, arrowType, schemaOfArrow } from "./arrow-types.ts";
import { buildData } from "./build-data.ts";
import { inferType } from "./infer-type.ts";

/** Data by column. */
export type Columns = { readonly [name: string]: ArrayLike<any> & Iterable<any> };

export type LocalData = { readonly data: Table; readonly schema: Schema };

/** The Arrow table and the schema of data from JavaScript; errors name the row and the column. */
export function localData(data: unknown, schema: unknown, schemaOf: (given: any) => Schema): LocalData {
  const names = isNames(schema) ? schema : undefined;
  const fields = schema === undefined || names !== undefined ? undefined : schemaOf(schema);
  if (data instanceof Table) return arrowData(data, fields, names);
  const columns = columnsOf(data, fields, names);
  const found: Schema = fields ?? columns.map(({ name, values }) => inferField(name, values));
  checkNames(found);
  const length = columns[0]?.values.length ?? 0;
  const children = found.map((field, i) => {
    const values = (columns[i] as Column).values;
    if (!field.nullable) refuseNull(field.name, values);
    return buildData(values, field.type, field.name);
  });
  return { data: tableOfChildren(found, children, length), schema: Object.freeze(found) };
}

type Column = { readonly name: string; readonly values: readonly unknown[] };

const isNames = (schema: unknown): schema is readonly string[] =>
  Array.isArray(schema) && schema.every((name) => typeof name === "string");

function arrowData(table: Table, fields: Schema | undefined, names: readonly string[] | undefined): LocalData {
  const own = schemaOfArrow(table.schema);
  const schema = fields ?? own.map((field, i) => ({ ...field, name: names?.[i] ?? field.name }));
  if (schema.length !== own.length) {
    throw new AnalysisError(
      "CREATE_FRAME",
      `The schema has ${schema.length} columns and the Arrow table ${own.length}`,
    );
  }
  checkNames(schema);
  return { data: table, schema };
}

function columnsOf(data: unknown, fields: Schema | undefined, names: readonly string[] | undefined): Column[] {
  const given = fields?.map(({ name }) => name) ?? names;
  if (Array.isArray(data)) return columnsOfRows(data, given);
  const columns = (data as { columns?: unknown } | null | undefined)?.columns;
  if (typeof columns === "object" && columns !== null) return columnsOfColumns(columns as Columns, given);
  throw new AnalysisError(
    "CREATE_FRAME",
    'createDataFrame takes rows ([{ id: 1, name: "a" }]), { columns: { id: [1, 2] } } or an Arrow table',
  );
}

function columnsOfRows(rows: readonly unknown[], given: readonly string[] | undefined): Column[] {
  const wrong = rows.findIndex((row) => typeof row !== "object" || row === null);
  if (wrong >= 0) {
    throw new AnalysisError(
      "CREATE_FRAME",
      `Row ${wrong} is ${String(rows[wrong])}: a row is an object, or an array where a schema names the columns`,
    );
  }
  const names = given ?? namesInRows(rows);
  if (names.length === 0) {
    throw new AnalysisError(
      "CREATE_FRAME",
      'There are no columns to find types from: give a schema, as in createDataFrame([], "id LONG, name STRING")',
    );
  }
  const tuples = rows.length > 0 && rows.every((row) => Array.isArray(row));
  if (tuples) {
    const short = (rows as readonly unknown[][]).findIndex((row) => row.length !== names.length);
    if (short >= 0)
      throw new AnalysisError(
        "CREATE_FRAME",
        `Row ${short} has ${(rows[short] as unknown[]).length} values for ${names.length} columns`,
      );
  } else if (given !== undefined) refuseUnknown(rows, given);
  return names.map((name, i) => ({ name, values: rows.map((row: any) => (tuples ? row[i] : ownValue(row, name))) }));
}

const ownValue = (row: any, name: string): unknown =>
  name in Object.prototype && !Object.hasOwn(row, name) ? null : row[name];

/** In the order of first appearance: a row may leave a column out. */
function namesInRows(rows: readonly unknown[]): string[] {
  if (rows.some((row) => Array.isArray(row))) {
    throw new AnalysisError(
      "CREATE_FRAME",
      'Rows that are arrays need names: createDataFrame(rows, ["id", "name"]) or a schema',
    );
  }
  const names = new Set<string>();
  for (const row of rows) for (const name of Object.keys(row as object)) names.add(name);
  return [...names];
}

function refuseUnknown(rows: readonly unknown[], names: readonly string[]): void {
  const known = new Set(names);
  rows.forEach((row, i) => {
    const unknown = Object.keys(row as object).find((name) => !known.has(name));
    if (unknown !== undefined)
      throw new AnalysisError(
        "CREATE_FRAME",
        `Row ${i} has "${unknown}", which is not in the schema: ${names.join(", ")}`,
      );
  });
}

function columnsOfColumns(columns: Columns, given: readonly string[] | undefined): Column[] {
  const names = given ?? Object.keys(columns);
  const found = names.map((name) => {
    const values = columns[name];
    if (values === undefined || typeof values !== "object" || typeof values[Symbol.iterator] !== "function") {
      throw new AnalysisError("CREATE_FRAME", `Column "${name}" is no list of values`);
    }
    return { name, values: Array.isArray(values) ? values : Array.from(values) };
  });
  const different = found.find(({ values }) => values.length !== found[0]?.values.length);
  if (different !== undefined) {
    throw new AnalysisError(
      "CREATE_FRAME",
      `Column "${different.name}" has ${different.values.length} values and "${found[0]?.name}" ${found[0]?.values.length}`,
    );
  }
  return found;
}

function inferField(name: string, values: readonly unknown[]) {
  return {
    name,
    type: inferType(values, name),
    nullable: values.some((value) => value === null || value === undefined),
  };
}

function refuseNull(name: string, values: readonly unknown[]): void {
  const row = values.findIndex((value) => value === null || value === undefined);
  if (row >= 0)
    throw new AnalysisError(
      "CREATE_FRAME",
      `Row ${row}, column "${name}": ${values[row]} in a column that is NOT NULL`,
    );
}

function checkNames(schema: Schema): void {
  const seen = new Map<string, string>();
  for (const { name } of schema) {
    if (name === "") throw new AnalysisError("CREATE_FRAME", "A column has an empty name");
    const other = seen.get(name.toLowerCase());
    if (other !== undefined)
      throw new AnalysisError(
        "CREATE_FRAME",
        `The columns "${other}" and "${name}" have the same name: case does not count`,
      );
    seen.set(name.toLowerCase(), name);
  }
}

function tableOfChildren(schema: Schema, children: readonly any[], length: number): Table {
  const struct = new Struct(schema.map(({ name, type, nullable }) => new Field(name, arrowType(type), nullable)));
  const data = makeData({ type: struct, length, nullCount: 0, children: [...children] });
  const arrow: ArrowSchema = arrowSchema(schema);
  return new Table(arrow, [new RecordBatch(arrow, data as any)]);
}
