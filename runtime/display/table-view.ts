import { formatCount, plural } from "./html.ts";

/** What one cell shows. `plain` is for where there is no styling, and tells null and "null" apart by itself. */
export type Cell = {
  readonly text: string;
  /** A value that is absent rather than text: shown muted. */
  readonly absent?: true;
  /** The whole of what `text` cuts, as far as a tooltip can hold it. */
  readonly full?: string;
};

export type TableColumn = {
  readonly name: string;
  readonly type: string;
  readonly align: "left" | "right";
  readonly cells: readonly Cell[];
};

/** A table ready to be drawn, as HTML or as text: the rows and columns to show, and how many there are. */
export type TableView = {
  readonly columns: readonly TableColumn[];
  /** Columns left out, and how many of `columns` stand before them. */
  readonly hidden?: { readonly before: number; readonly count: number };
  /** Rows shown. */
  readonly rows: number;
  /** Characters of a cell, where a number of them was asked for: cells have been cut to it, and are cut no more if there is no end. */
  readonly characters?: number;
  /** "20 of 3,000,000 rows". */
  readonly footer: string;
};

export type Extent = {
  readonly shown: number;
  /** Rows in all, where that is known. */
  readonly total?: number | undefined;
  /** Rows at hand; where there are more than those shown, one was asked for to see whether there are. */
  readonly available: number;
};

/** Says how much of the whole is shown. */
export function footerText({ shown, total, available }: Extent, columns: number): string {
  const rows =
    total !== undefined && total > shown
      ? `${formatCount(shown)} of ${plural(total, "row")}`
      : available > shown + 1
        ? `first ${plural(shown, "row")} of more than ${formatCount(available - 1)}`
        : available > shown
          ? `first ${plural(shown, "row")}`
          : plural(shown, "row");
  return `${rows} · ${plural(columns, "column")}`;
}

/** Which columns of a wide table are shown: all, or those at both ends. */
export function columnWindow(count: number): { shown: readonly number[]; hidden?: { before: number; count: number } } {
  const indexes = [...Array(count).keys()];
  if (count <= maxColumns) return { shown: indexes };
  const shown = [...indexes.slice(0, endColumns), ...indexes.slice(-endColumns)];
  return { shown, hidden: { before: endColumns, count: count - shown.length } };
}

// A page scrolls sideways, so a table of some width is better whole; one of a thousand columns is better cut short.
const maxColumns = 40;
const endColumns = 10;
