import { type Data, type RecordBatch, Type } from "apache-arrow";
import type { Named, Plan } from "../../plan/nodes.ts";
import { microsAt } from "../arrow-cell.ts";
import { asDouble, type ChartColumn, wallClock } from "./column.ts";
import type { ChartSource } from "./source.ts";
import type { DataState } from "./state.ts";

/** A row as Vega gets it: JSON, with times as milliseconds of the wall clock. */
export type VegaRow = { readonly [field: string]: unknown };

/** Runs the query of a state and reads the fields that are wanted, at most `limit` rows. */
export async function readValues(
  source: ChartSource,
  state: DataState,
  wanted: readonly string[],
  limit?: number,
): Promise<VegaRow[]> {
  const fields = wanted.map((name): [string, ChartColumn] => [name, state.fields.get(name) as ChartColumn]);
  const columns = fields.map(([, column], index): Named => ({ name: `c${index}`, expression: outgoing(column) }));
  // A mark without any field still has a mark for each row.
  const shown = columns.length > 0 ? columns : [{ name: "c0", expression: rowMark }];
  const project: Plan = { kind: "project", input: state.input, columns: shown };
  const plan: Plan = limit === undefined ? project : { kind: "limit", input: project, count: limit, offset: 0 };
  const batches = await source.run(plan);
  return batches.flatMap((batch) => rowsOf(batch, fields));
}

const rowMark = { kind: "literal", value: true, type: { kind: "boolean" } } as const;

/** JavaScript has one kind of number. */
function outgoing(column: ChartColumn) {
  if (column.decode) return column.expression;
  if (column.type.kind === "decimal" || column.type.kind === "long") return asDouble(column);
  return wallClock(column);
}

function rowsOf(batch: RecordBatch, fields: readonly [string, ChartColumn][]): VegaRow[] {
  const readers = fields.map(([name, column], index) => {
    const data = batch.data.children[index] as Data;
    const vector = batch.getChildAt(index);
    const read = (row: number): unknown => {
      if (data.typeId === Type.Null || !data.getValid(row)) return null;
      return toVega(data, row, () => vector?.get(row), column.decode);
    };
    return [name, read] as const;
  });
  return Array.from({ length: batch.numRows }, (_, row) =>
    Object.fromEntries(readers.map(([name, read]) => [name, read(row)])),
  );
}

function toVega(data: Data, row: number, get: () => unknown, decode: ChartColumn["decode"]): unknown {
  switch (data.typeId) {
    case Type.Date:
      return data.values instanceof Int32Array ? Number(data.values[row]) * 86_400_000 : Number(data.values[row]);
    case Type.Timestamp:
      return Number(microsAt(data, row)) / 1000;
    case Type.Int:
    case Type.Float: {
      const value = Number(get());
      if (decode) return decode(value);
      // JSON has no NaN and no infinity; Vega leaves all three out alike.
      return Number.isFinite(value) ? value : null;
    }
    default:
      return plain(get());
  }
}

/** Nested values as JSON. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if ("toJSON" in value && typeof value.toJSON === "function") return plain(value.toJSON());
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
