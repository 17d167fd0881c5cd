import { nullCell, stringCell, valueCell } from "./cell.ts";
import { inspectLine } from "./inspect.ts";
import { type Cell, columnWindow, footerText, type TableColumn, type TableView } from "./table-view.ts";

/** Whether an array is one of plain objects, so that it reads better as a table than as text. */
export function isTabular(value: unknown): value is readonly { readonly [key: string]: unknown }[] {
  return Array.isArray(value) && value.length > 0 && value.slice(0, keyRows).every(isPlainObject) && hasKeys(value);
}

/** An array of objects as a table: the first rows, and every key that one of the first thousand objects has. */
export function objectTableView(
  objects: readonly { readonly [key: string]: unknown }[],
  options: { readonly rows: number },
): TableView {
  const names = [...new Set(objects.slice(0, keyRows).flatMap((object) => Object.keys(object)))];
  const rows = objects.slice(0, options.rows);
  const { shown, hidden } = columnWindow(names.length);
  const columns = shown.map((index) => column(names[index] as string, rows));
  const footer = footerText({ shown: rows.length, total: objects.length, available: rows.length }, names.length);
  return { columns, ...(hidden && { hidden }), rows: rows.length, footer };
}

const keyRows = 1000;

function isPlainObject(value: unknown): boolean {
  if (typeof value !== "object" || value === null || typeof Reflect.get(value, displaySymbol) === "function")
    return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

const displaySymbol = Symbol.for("Jupyter.display");
const hasKeys = (values: readonly object[]) => values.slice(0, keyRows).some((value) => Object.keys(value).length > 0);

function column(name: string, rows: readonly { readonly [key: string]: unknown }[]): TableColumn {
  const values = rows.map((row) => (Object.hasOwn(row, name) ? { value: row[name] } : undefined));
  const kinds = [...new Set(values.filter((entry) => entry && entry.value != null).map((entry) => kind(entry?.value)))];
  return {
    name,
    type: kinds.join(" | "),
    align: kinds.length > 0 && kinds.every((one) => numeric.has(one)) ? "right" : "left",
    cells: values.map((entry) => (entry ? cell(entry.value) : { text: "", absent: true })),
  };
}

const numeric = new Set(["number", "bigint", "Decimal"]);

/** What a TypeScript reader would call the type. */
function kind(value: unknown): string {
  if (typeof value !== "object") return typeof value;
  if (Array.isArray(value)) return "array";
  return (value as object).constructor?.name || "object";
}

function cell(value: unknown): Cell {
  if (value === null) return nullCell;
  if (typeof value === "string") return stringCell(value);
  if (value === undefined) return { text: "undefined", absent: true };
  if (value instanceof Date) return valueCell(dateCellText(value));
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean")
    return valueCell(String(value));
  if (isText(value)) return valueCell(String(value));
  return valueCell(inspectLine(value));
}

/** Dates at UTC midnight are what DATE columns are collected as. */
function dateCellText(value: Date): string {
  if (Number.isNaN(value.getTime())) return "Invalid Date";
  const text = value.toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.replace("T", " ").replace(".000Z", "Z");
}

/** Objects whose text is their value: decimals, and the dates and times of Temporal. */
function isText(value: unknown): boolean {
  const tag = Object.prototype.toString.call(value);
  return tag.startsWith("[object Temporal.") || (value as object).constructor?.name === "Decimal";
}
