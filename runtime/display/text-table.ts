import { plural } from "./html.ts";
import type { TableColumn, TableView } from "./table-view.ts";
import { terminalText } from "./terminal-text.ts";
import { cut, isRightToLeft, oneLine } from "./text.ts";
import { cutToWidth, textWidth, wrapText } from "./text-width.ts";

/**
 * A table with box characters. In a terminal that is `columns` wide no line is wider: cells are cut, and columns in the
 * middle left out. Without a terminal it is at most 140 wide where that can be.
 */
export function renderTableText(view: TableView, columns?: number): string {
  const { shown, gap } =
    view.characters === Number.POSITIVE_INFINITY
      ? whole(view)
      : columns === undefined
        ? fitPage(view)
        : fitTerminal(view, Math.max(columns, fewestColumns));
  const line = (left: string, middle: string, right: string) =>
    left + shown.map((column) => "─".repeat(column.width + 2)).join(middle) + right;
  const text = (index: number) =>
    `│${shown.map((column) => ` ${pad(column.lines[index] as string, column)} `).join("│")}│`;
  const rows = [...Array(view.rows).keys()].map((index) => text(index + 2));
  const body =
    shown.length === 0
      ? []
      : [line("┌", "┬", "┐"), text(0), text(1), line("├", "┼", "┤"), ...rows, line("└", "┴", "┘")];
  const footer = gap === 0 ? view.footer : `${view.footer} (${plural(gap, "column")} not shown)`;
  const end = columns === undefined ? [footer] : wrapText(footer, Math.max(columns, fewestColumns));
  return [...body, ...end].join("\n");
}

/** Name, type and cells of a column, and how wide the widest is. */
type Sized = { readonly lines: readonly string[]; readonly width: number; readonly align: "left" | "right" };
type Fitted = { readonly shown: readonly Sized[]; readonly gap: number };

const pageWidth = 140;
/** In less than this no table can be read. */
const fewestColumns = 20;
/** Of a text that is too wide at least so much is kept, and numbers whole, before columns are left out. */
const keptWidth = 20;

/** As wide as it is: the user wants nothing cut. */
const whole = (view: TableView): Fitted => {
  const sized = view.columns.map(sizedColumn(terminalText, Number.POSITIVE_INFINITY));
  return leaveOut(view, sized, Number.POSITIVE_INFINITY, ({ width }) => width);
};

function fitPage(view: TableView): Fitted {
  const sized = view.columns.map(sizedColumn(oneLine, view.characters ?? cellCharacters));
  return leaveOut(view, sized, pageWidth, ({ width }) => width);
}

/** Cuts long texts first, then leaves out columns in the middle; of the two at the ends it cuts what it must. */
function fitTerminal(view: TableView, columns: number): Fitted {
  const sized = view.columns.map(sizedColumn(terminalText, Number.POSITIVE_INFINITY));
  const least = ({ width, align, lines }: Sized) =>
    Math.min(width, align === "right" ? Math.max(keptWidth, widest(lines.slice(2))) : keptWidth);
  const { shown, gap } = leaveOut(view, sized, columns, least);
  const room = columns - frameWidth(shown.length);
  const asked = shown.map(least);
  // The two at the ends are kept, however wide their numbers are.
  const floors = sum(asked) > room ? shown.map(() => 1) : asked;
  const widths = shared(shown, floors, room);
  return { shown: shown.map((column, index) => narrowed(column, widths[index] as number)), gap };
}

const widest = (lines: readonly string[]) => lines.reduce((most, line) => Math.max(most, textWidth(line)), 0);
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
/** The lines of the box and the blanks beside them. */
const frameWidth = (columns: number) => columns * 3 + 1;

/** Leaves out columns in the middle until the rest, each with the width it needs, fits. */
function leaveOut(view: TableView, sized: readonly Sized[], room: number, needed: (column: Sized) => number): Fitted {
  const before = view.hidden?.before ?? Math.ceil(sized.length / 2);
  const left = sized.slice(0, before);
  const right = sized.slice(before);
  let gap = view.hidden?.count ?? 0;
  const total = () => {
    const dots = gap > 0 ? 1 : 0;
    return sum([...left, ...right].map(needed)) + dots + frameWidth(left.length + right.length + dots);
  };
  while (total() > room && left.length + right.length > 2) {
    if (right.length >= left.length) right.shift();
    else left.pop();
    gap++;
  }
  const dots: Sized = { lines: ["…", "", ...Array<string>(view.rows).fill("…")], width: 1, align: "left" };
  return { shown: gap === 0 ? [...left, ...right] : [...left, dots, ...right], gap };
}

/** Widths that fit the room together: the widest give way to one common width, and nothing below its floor. */
function shared(columns: readonly Sized[], floors: readonly number[], room: number): number[] {
  const widthsAt = (level: number) =>
    columns.map(({ width }, index) => Math.min(width, Math.max(level, floors[index] as number)));
  let level = Math.max(1, ...columns.map(({ width }) => width));
  while (level > 1 && sum(widthsAt(level)) > room) level--;
  const widths = widthsAt(level);
  // What the common width leaves over.
  for (const [index, { width }] of columns.entries()) {
    if (sum(widths) < room && (widths[index] as number) < width) widths[index] = (widths[index] as number) + 1;
  }
  return widths;
}

const narrowed = ({ lines, align }: Sized, width: number): Sized => ({
  lines: lines.map((line) => cutToWidth(line, width)),
  width,
  align,
});

const sizedColumn =
  (safe: (text: string) => string, cellCharacters: number) =>
  (column: TableColumn): Sized => {
    const head = [column.name, column.type].map((text) => cut(safe(text), nameCharacters));
    const lines = [...head, ...column.cells.map((cell) => cut(safe(cell.text), cellCharacters))];
    return { lines, width: Math.max(1, widest(lines)), align: column.align };
  };

const nameCharacters = 32;
/** On a page, where there may be many such columns. */
const cellCharacters = 40;

function pad(text: string, column: Sized): string {
  const space = " ".repeat(Math.max(0, column.width - textWidth(text)));
  return column.align === "right" ? space + isolate(text) : isolate(text) + space;
}

/** Marks text that runs from right to left, so that it does not turn the box around it. */
const isolate = (text: string) => (isRightToLeft(text) ? `\u2068${text}\u2069` : text);
