import stringWidth from "string-width";
import { plural } from "./html.ts";
import type { TableColumn, TableView } from "./table-view.ts";
import { cut, isRightToLeft, oneLine } from "./text.ts";

/** A table with box characters for terminals and logs, at most `width` columns wide where that can be. */
export function renderTableText(view: TableView, width = 140): string {
  const { columns, gap } = fit(view, width);
  const head = columns.map(({ lines }) => lines.slice(0, 2));
  const rows = [...Array(view.rows).keys()].map((index) => columns.map(({ lines }) => lines[index + 2] as string));
  const line = (left: string, middle: string, right: string) =>
    left + columns.map((column) => "─".repeat(column.width + 2)).join(middle) + right;
  const text = (cells: readonly string[]) =>
    `│${cells.map((cell, index) => ` ${pad(cell, columns[index] as Sized)} `).join("│")}│`;
  const body =
    columns.length === 0
      ? []
      : [
          line("┌", "┬", "┐"),
          text(head.map((lines) => lines[0] as string)),
          text(head.map((lines) => lines[1] as string)),
          line("├", "┼", "┤"),
          ...rows.map(text),
          line("└", "┴", "┘"),
        ];
  return [...body, gap === 0 ? view.footer : `${view.footer} (${plural(gap, "column")} not shown)`].join("\n");
}

type Sized = { readonly lines: readonly string[]; readonly width: number; readonly align: "left" | "right" };

/** Leaves out columns in the middle until the rest fits. */
function fit(view: TableView, width: number): { columns: Sized[]; gap: number } {
  const sized = view.columns.map(sizedColumn);
  const before = view.hidden?.before ?? Math.ceil(sized.length / 2);
  const left = sized.slice(0, before);
  const right = sized.slice(before);
  let gap = view.hidden?.count ?? 0;
  const total = () => [...left, ...right].reduce((sum, column) => sum + column.width + 3, 1) + (gap > 0 ? 4 : 0);
  while (total() > width && left.length + right.length > 2) {
    if (right.length >= left.length) right.shift();
    else left.pop();
    gap++;
  }
  const dots: Sized = { lines: ["…", "", ...Array<string>(view.rows).fill("…")], width: 1, align: "left" };
  return { columns: gap === 0 ? [...left, ...right] : [...left, dots, ...right], gap };
}

function sizedColumn(column: TableColumn): Sized {
  const name = cut(oneLine(column.name), nameCharacters);
  const cells = column.cells.map((cell) => isolate(cut(cell.text, cellCharacters)));
  const lines = [isolate(name), cut(oneLine(column.type), nameCharacters), ...cells];
  return { lines, width: Math.max(1, ...lines.map((line) => stringWidth(line))), align: column.align };
}

const nameCharacters = 32;
const cellCharacters = 40;

function pad(text: string, column: Sized): string {
  const space = " ".repeat(Math.max(0, column.width - stringWidth(text)));
  return column.align === "right" ? space + text : text + space;
}

/** Marks text that runs from right to left, so that it does not turn the box around it. */
const isolate = (text: string) => (isRightToLeft(text) ? `\u2068${text}\u2069` : text);
