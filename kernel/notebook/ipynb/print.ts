import { withKernel } from "../kernel-metadata.ts";
import { type Cell, isCode, type Notebook, type Output } from "../nbformat.ts";
import { isObject, type JsonObject, mapValues } from "./json-object.ts";

/** The text of an .ipynb, as the nbformat package of Python writes it: so a notebook looks the same in Git whoever saved it. */
export function printIpynb(notebook: Notebook): string {
  const file = {
    ...notebook,
    metadata: without(withKernel(notebook.metadata), "orig_nbformat", "orig_nbformat_minor", "signature"),
    cells: notebook.cells.map(splitCell),
  };
  return `${JSON.stringify(sortKeys(file), null, 1)}\n`;
}

function splitCell(cell: Cell): JsonObject {
  const split: JsonObject = { ...cell, metadata: without(cell.metadata, "trusted"), source: splitLines(cell.source) };
  if (isCode(cell)) return { ...split, outputs: cell.outputs.map(splitOutput) };
  const { attachments } = cell;
  return attachments ? { ...split, attachments: mapValues(attachments, (it) => splitBundle(it as JsonObject)) } : split;
}

function splitOutput(output: Output): JsonObject {
  switch (output.output_type) {
    case "stream":
      return { ...output, text: splitLines(output.text) };
    case "display_data":
    case "execute_result":
      return { ...output, data: splitBundle(output.data) };
    default:
      return output;
  }
}

const splitBundle = (bundle: JsonObject): JsonObject =>
  mapValues(bundle, (value, mime) => (typeof value === "string" && isLong(mime) ? splitLines(value) : value));

const isLong = (mime: string): boolean =>
  mime.startsWith("text/") || mime === "application/javascript" || mime === "image/svg+xml";

/** Lines with their ends. */
const splitLines = (text: string): string[] => (text === "" ? [] : text.split(afterLine));

// All that Python's `splitlines` takes for the end of a line.
const lineEnds = "\n\v\f\x1c\x1d\x1e\x85\u2028\u2029";
const afterLine = new RegExp(`(?<=[${lineEnds}]|\\r(?!\\n))`);

const without = (metadata: JsonObject, ...keys: string[]): JsonObject =>
  Object.fromEntries(Object.entries(metadata).filter(([key]) => !keys.includes(key)));

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, sortKeys(item)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => compareCodePoints(a, b)));
}

/** UTF-8's bytes are in the order of code points, as Python sorts; `<` would compare UTF-16 units. */
const compareCodePoints = (a: string, b: string): number =>
  /^[ -~]*$/.test(a + b) ? (a < b ? -1 : a > b ? 1 : 0) : Buffer.compare(Buffer.from(a), Buffer.from(b));
