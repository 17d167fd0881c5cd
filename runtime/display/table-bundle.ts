import type { RecordBatch, Table } from "apache-arrow";
import type { Schema } from "../plan/types.ts";
import { arrowTableView } from "./arrow-table.ts";
import { objectTableView } from "./object-table.ts";
import { renderTableHtml } from "./table.ts";
import type { TableView } from "./table-view.ts";
import { renderTableText } from "./text-table.ts";

/**
 * Rows of a table that is shown without a number of rows being asked for: a small one as a whole (hours, days of a month,
 * states of a country), of others the first.
 */
export const rowsShown = { first: 20, whole: 50 };

const shownOf = (rows: number) => (rows <= rowsShown.whole ? rows : rowsShown.first);

export type TableBundle = { readonly "text/html": string; readonly "text/plain": string };

/** Where a table is shown: the session's time zone, and the width of the terminal if it is shown in one. */
export type TablePlace = { readonly zone?: string | undefined; readonly columns?: number | undefined };

const tableBundle = (view: TableView, { columns }: TablePlace): TableBundle => ({
  "text/html": renderTableHtml(view),
  "text/plain": renderTableText(view, columns),
});

/** The first rows of an Arrow table or of one record batch. */
export function arrowBundle(value: Table | RecordBatch, place: TablePlace = {}): TableBundle {
  const batches = "batches" in value ? value.batches : [value];
  const options = { rows: shownOf(value.numRows), total: value.numRows, zone: place.zone };
  return tableBundle(arrowTableView({ schema: value.schema, batches }, options), place);
}

/** The first rows of a frame, which have been computed. */
export function previewBundle(
  preview: {
    readonly schema: Schema;
    readonly table: Table;
    readonly limit: number;
    readonly total: number | undefined;
    readonly timeZone: string;
    readonly engine?: string | undefined;
    readonly characters?: number | undefined;
  },
  place: TablePlace = {},
): TableBundle {
  const { schema, table, limit, total, timeZone, engine, characters } = preview;
  const options = { schema, rows: limit, total, zone: timeZone, engine, characters };
  return tableBundle(arrowTableView(table, options), place);
}

/** The first of an array of objects. */
export function objectsBundle(
  objects: readonly { readonly [key: string]: unknown }[],
  place: TablePlace = {},
): TableBundle {
  return tableBundle(objectTableView(objects, { rows: shownOf(objects.length) }), place);
}
