import { types } from "node:util";
import { type RecordBatch, RecordBatch as RecordBatchClass, Table } from "apache-arrow";
import { arrowTableView } from "../display/arrow-table.ts";
import { errorText } from "../display/error-text.ts";
import { escapeHtml } from "../display/html.ts";
import { imageOfBytes } from "../display/image-bytes.ts";
import { inspectText } from "../display/inspect.ts";
import { isTabular, objectTableView } from "../display/object-table.ts";
import { renderTableHtml } from "../display/table.ts";
import type { TableView } from "../display/table-view.ts";
import { displaySymbol, textOfHtml } from "../display/tags.ts";
import { renderTableText } from "../display/text-table.ts";
import type { MimeBundle } from "./protocol.ts";

export type Bundle = { readonly data: MimeBundle; readonly metadata: MimeBundle };

export type DisplayOptions = {
  /** Told when a value could not be shown as it wants to be; by default it goes to stderr. */
  readonly warn?: (note: string) => void;
  /** The session's time zone; by default that of the data. */
  readonly zone?: string;
};

/**
 * What a front end shows for a value; nothing for undefined. Every bundle has text/plain. A formatter that fails is
 * reported and the plain text shown: displaying never fails.
 */
export async function toBundle(value: unknown, options: DisplayOptions = {}): Promise<Bundle | undefined> {
  if (value === undefined) return undefined;
  try {
    for (const format of formatters) {
      const bundle = await format(value, options);
      if (bundle) return bundle;
    }
  } catch (error) {
    const warn = options.warn ?? ((note: string) => process.stderr.write(`${note}\n`));
    warn(`This value could not be shown as it wants to be: ${error instanceof Error ? error.message : String(error)}`);
  }
  return text(plainText(value));
}

type Formatter = (value: any, options: DisplayOptions) => Bundle | undefined | Promise<Bundle | undefined>;

/** Asked in this order; the first that knows the value shows it. */
const formatters: readonly Formatter[] = [showsItself, arrowTable, imageBytes, url, error, objects, canvas, element];

const rowsShown = 20;

async function showsItself(value: any): Promise<Bundle | undefined> {
  if (!isObject(value) || typeof value[displaySymbol] !== "function") return undefined;
  const data: unknown = await value[displaySymbol]();
  if (!isObject(data) || Array.isArray(data)) {
    throw new TypeError(
      `its [Symbol.for("Jupyter.display")]() gave ${inspectText(data, { colors: false })}, not a MIME bundle`,
    );
  }
  return bundle({ ...data, ...("text/plain" in data ? {} : { "text/plain": plainText(value) }) });
}

function arrowTable(value: unknown, { zone }: DisplayOptions): Bundle | undefined {
  const isTable = value instanceof Table;
  if (!isTable && !(value instanceof RecordBatchClass)) return undefined;
  const batches: readonly RecordBatch[] = isTable ? value.batches : [value];
  return tableBundle(
    arrowTableView({ schema: value.schema, batches }, { rows: rowsShown, total: value.numRows, zone }),
  );
}

export function tableBundle(view: TableView): Bundle {
  return bundle({ "text/html": renderTableHtml(view), "text/plain": renderTableText(view) });
}

function imageBytes(value: unknown): Bundle | undefined {
  const image = imageOfBytes(value);
  if (!image) return undefined;
  const size = `${image.mime} (${image.bytes.length.toLocaleString("en-US")} bytes)`;
  return bundle({ [image.mime]: Buffer.from(image.bytes).toString("base64"), "text/plain": size });
}

function url(value: unknown): Bundle | undefined {
  if (!(value instanceof URL)) return undefined;
  // Other schemes could run code when clicked.
  if (!/^(https?|ftp|file|mailto):$/.test(value.protocol)) return undefined;
  const href = escapeHtml(value.href);
  return bundle({
    "text/html": `<a href="${href}" target="_blank" rel="noopener noreferrer">${href}</a>`,
    "text/plain": value.href,
  });
}

function error(value: unknown): Bundle | undefined {
  return types.isNativeError(value) || value instanceof Error ? text(errorText(value as Error)) : undefined;
}

function objects(value: unknown): Bundle | undefined {
  return isTabular(value) ? tableBundle(objectTableView(value, { rows: rowsShown })) : undefined;
}

/** Canvas libraries. */
async function canvas(value: any): Promise<Bundle | undefined> {
  if (!isObject(value) || typeof value.toDataURL !== "function") return undefined;
  const dataUrl: unknown = await value.toDataURL("image/png");
  const match = typeof dataUrl === "string" ? /^data:(image\/[a-z+]+);base64,(.+)$/s.exec(dataUrl) : null;
  if (!match) throw new TypeError("its toDataURL() gave no base64 picture");
  return bundle({ [match[1] as string]: match[2], "text/plain": plainText(value) });
}

/** Elements of DOM libraries. */
function element(value: any): Bundle | undefined {
  if (!isObject(value) || typeof value.outerHTML !== "string") return undefined;
  return bundle({ "text/html": value.outerHTML, "text/plain": textOfHtml(value.outerHTML) });
}

function plainText(value: unknown): string {
  try {
    return inspectText(value);
  } catch {
    // A custom inspect function, or a getter of a prototype, may throw.
    return Object.prototype.toString.call(value);
  }
}

const isObject = (value: unknown): value is { [key: PropertyKey]: any } => typeof value === "object" && value !== null;
const bundle = (data: MimeBundle, metadata: MimeBundle = {}): Bundle => ({ data, metadata });
const text = (plain: string): Bundle => bundle({ "text/plain": plain });
