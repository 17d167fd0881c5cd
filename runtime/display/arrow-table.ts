import {
  type Schema as ArrowSchema,
  type Data,
  type RecordBatch,
  type Timestamp,
  Type,
  type Vector,
} from "apache-arrow";
import type { Schema } from "../plan/types.ts";
import { arrowCellText, type CellFormat, floatAt } from "./arrow-cell.ts";
import { nullCell, stringCell, valueCell } from "./cell.ts";
import { numberColumn } from "./number-text.ts";
import { type Cell, columnWindow, footerText, type TableColumn, type TableView } from "./table-view.ts";
import { arrowTypeLabel, typeLabel } from "./type-label.ts";

export type ArrowTableOptions = {
  /** Types as the plan has them; without it, Arrow's. */
  readonly schema?: Schema | undefined;
  /** Rows shown at most. */
  readonly rows: number;
  /** Rows in all, where that is known. */
  readonly total?: number | undefined;
  /** The session's time zone; without it, that of the data. */
  readonly zone?: string | undefined;
  /** What computed the rows, where that is to be said. */
  readonly engine?: string | undefined;
  /** Characters of a cell, where a number of them was asked for; infinitely many for the whole of it. */
  readonly characters?: number | undefined;
};

/** The first rows of record batches as a table to draw. Reads no more than it shows. */
export function arrowTableView(
  arrow: { readonly schema: ArrowSchema; readonly batches: readonly RecordBatch[] },
  options: ArrowTableOptions,
): TableView {
  const available = arrow.batches.reduce((sum, batch) => sum + batch.numRows, 0);
  const shown = Math.min(available, options.rows);
  const fields = arrow.schema.fields;
  const { shown: indexes, hidden } = columnWindow(fields.length);
  const columns = indexes.map((index): TableColumn => {
    const field = fields[index] as (typeof fields)[number];
    const type = options.schema?.[index]?.type;
    const chunks = arrow.batches.map((batch) => batch.data.children[index] as Data);
    const dataZone = field.type.typeId === Type.Timestamp ? (field.type as Timestamp).timezone : undefined;
    const zone = options.zone ?? (dataZone || undefined) ?? "UTC";
    return {
      name: options.schema?.[index]?.name ?? field.name,
      type: (type ? typeLabel(type) : arrowTypeLabel(field.type)) + (dataZone ? ` ${zone}` : ""),
      align: rightAligned.has(field.type.typeId) ? "right" : "left",
      cells: cells(chunks, shown, zone, options.characters),
    };
  });
  const extent = footerText({ shown, total: options.total, available }, fields.length);
  const footer = options.engine === undefined ? extent : `${extent} · ${options.engine}`;
  const { characters } = options;
  return { columns, ...(hidden && { hidden }), rows: shown, footer, ...(characters !== undefined && { characters }) };
}

const rightAligned = new Set([Type.Int, Type.Float, Type.Decimal, Type.Duration]);

function cells(chunks: readonly Data[], count: number, zone: string, characters: number | undefined): Cell[] {
  const format = characters === undefined ? short : { items: Number.POSITIVE_INFINITY, characters };
  const places = firstRows(chunks, count);
  if (chunks[0]?.typeId === Type.Float) {
    const values = places.map(({ data, index }) => (data.getValid(index) ? floatAt(data, index) : null));
    return numberColumn(values).map((text, index) =>
      text === null ? nullCell : valueCell(text, exact(values[index] as number, text), characters),
    );
  }
  return places.map(({ data, index }) => {
    const text = arrowCellText(data, index, { zone, ...format });
    if (text === undefined) return nullCell;
    if (isText(data)) return stringCell(text, characters);
    // A nested value's tooltip shows more of it than the cell.
    const full = isNested(data) && characters === undefined ? arrowCellText(data, index, { zone, ...long }) : text;
    return valueCell(text, full, characters);
  });
}

const short: Omit<CellFormat, "zone"> = { items: 5, characters: 60 };
const long: Omit<CellFormat, "zone"> = { items: 100, characters: 2000 };

/** The digits that a shortened number leaves out. */
const exact = (value: number, text: string) => (Number(text) === value ? text : String(value));

function isText(data: Data): boolean {
  const type = data.typeId === Type.Dictionary ? (data.dictionary as Vector).type : data.type;
  return type.typeId === Type.Utf8 || type.typeId === Type.LargeUtf8 || type.typeId === Type.Utf8View;
}

const isNested = (data: Data) => data.type.children?.length > 0;

function firstRows(chunks: readonly Data[], count: number): { data: Data; index: number }[] {
  const places: { data: Data; index: number }[] = [];
  for (const data of chunks) {
    for (let index = 0; index < data.length && places.length < count; index++) places.push({ data, index });
  }
  return places;
}
