import { type Data, type Decimal, type RecordBatch, Type, type Vector } from "apache-arrow";
import type { Named, Plan } from "../../plan/nodes.ts";
import { arrowCellText, microsAt, unscaledAt, valueAt } from "../arrow-cell.ts";
import { decimalText } from "../number-text.ts";
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
  const readers = fields.map(([name, { decode }], index) => {
    const data = batch.data.children[index] as Data;
    const read = (row: number): unknown => {
      const value = vegaValue(data, row);
      return decode && typeof value === "number" ? decode(value) : value;
    };
    return [name, read] as const;
  });
  return Array.from({ length: batch.numRows }, (_, row) =>
    Object.fromEntries(readers.map(([name, read]) => [name, read(row)])),
  );
}

/** One value as JSON. */
function vegaValue(data: Data, row: number): unknown {
  if (data.typeId === Type.Null || !data.getValid(row)) return null;
  switch (data.typeId) {
    case Type.Date:
      return data.values instanceof Int32Array ? Number(data.values[row]) * 86_400_000 : Number(data.values[row]);
    case Type.Timestamp:
      return Number(microsAt(data, row)) / 1000;
    case Type.Int:
      return Number(data.values[row]);
    case Type.Float: {
      const value = Number(valueAt(data, row));
      // JSON has no NaN and no infinity.
      return Number.isFinite(value) ? value : null;
    }
    case Type.Decimal:
      return Number(decimalText(unscaledAt(data, row), (data.type as Decimal).scale));
    case Type.List:
    case Type.FixedSizeList: {
      const items = valueAt(data, row) as Vector;
      return items.data.flatMap((part) => Array.from({ length: part.length }, (_, index) => vegaValue(part, index)));
    }
    case Type.Struct: {
      const names = (data.type.children as readonly { name: string }[]).map(({ name }) => name);
      return Object.fromEntries(names.map((name, index) => [name, vegaValue(data.children[index] as Data, row)]));
    }
    case Type.Bool:
    case Type.Utf8:
    case Type.LargeUtf8:
      return valueAt(data, row);
    default:
      // Maps, bytes: nothing that a chart draws; their text, at least.
      return arrowCellText(data, row, { zone: "UTC", items: 100, characters: 1000 }) ?? null;
  }
}
