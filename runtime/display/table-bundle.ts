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

const tableBundle = (view: TableView): TableBundle => ({
  "text/html": renderTableHtml(view),
  "text/plain": renderTableText(view),
});

/** The first rows of an Arrow table or of one record batch. */
export function arrowBundle(value: Table | RecordBatch, zone?: string): TableBundle {
  const batches = "batches" in value ? value.batches : [value];
  return tableBundle(
    arrowTableView({ schema: value.schema, batches }, { rows: shownOf(value.numRows), total: value.numRows, zone }),
  );
}

/** The first rows of a frame, which have been computed. */
export function previewBundle(preview: {
  readonly schema: Schema;
  readonly table: Table;
  readonly limit: number;
  readonly total: number | undefined;
  readonly timeZone: string;
}): TableBundle {
  const { schema, table, limit, total, timeZone } = preview;
  return tableBundle(arrowTableView(table, { schema, rows: limit, total, zone: timeZone }));
}

/** The first of an array of objects. */
export function objectsBundle(objects: readonly { readonly [key: string]: unknown }[]): TableBundle {
  return tableBundle(objectTableView(objects, { rows: shownOf(objects.length) }));
}
