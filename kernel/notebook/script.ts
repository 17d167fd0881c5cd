import { derivedIds, idsOf } from "./cell-ids.ts";
import { type ParsedCell, parseCell } from "./ipynb/cell.ts";
import { withKernel } from "./kernel-metadata.ts";
import type { Cell, Notebook } from "./nbformat.ts";
import { NotebookError } from "./notebook-error.ts";
import { NoComment, parseBody, printBody } from "./script/body.ts";
import { parseHeader, printHeader } from "./script/header.ts";
import { magicLine } from "./script/magics.ts";
import { type Marker, parseMarker, printMarker } from "./script/marker.ts";

// The percent format of Jupytext, Spyder and VS Code (https://jupytext.readthedocs.io/en/latest/formats-scripts.html), with
// what a notebook has more: `id=` and `attachments=` on a cell's marker, and texts that lines of a comment cannot hold.

/** The notebook in a script: a cell for each part that begins with `// %%`. `path` is for the errors: NotebookError. */
export function parseScript(text: string, path = "the script"): Notebook {
  const lines = text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .split("\n");
  if (lines.at(-1) === "") lines.pop();
  const header = parseHeader(lines, path);
  const parts = split(lines, header.end, path);
  const cells = parts.map((part) => parsePart(part, path));
  if (header.raw !== undefined) cells.unshift(parseCell({ cell_type: "raw", source: header.raw }, path, false));
  const ids = idsOf(cells);
  return {
    metadata: withKernel(header.metadata),
    nbformat: 4,
    nbformat_minor: 5,
    cells: cells.map((cell, index) => ({ ...cell, id: ids[index] }) as Cell),
  };
}

/** The script of a notebook, in which all is but the outputs. `parseScript` gives the notebook again. */
export function printScript({ metadata, cells }: Notebook): string {
  const derived = derivedIds(cells);
  const parts = cells.map((cell, index) => printCell(cell, cell.id === derived[index]));
  const header = printHeader(metadata);
  return [...(header.length > 0 ? [header] : []), ...parts].map((lines) => `${lines.join("\n")}\n`).join("\n");
}

function printCell(cell: Cell, idIsDerived: boolean): string[] {
  const { cell_type: type, metadata } = cell;
  const { lines, fields } = printBody(type, cell.source);
  const attachments = cell.cell_type === "code" ? undefined : cell.attachments;
  const marker = printMarker({
    type,
    metadata,
    fields: { ...(idIsDerived ? {} : { id: cell.id }), attachments, ...fields },
  });
  return [marker, ...lines];
}

/** The lines of a cell, and its marker; `start` is the index of the first of the lines. */
type Part = { readonly marker: Marker; readonly lines: readonly string[]; readonly start: number };

function split(lines: readonly string[], start: number, path: string): Part[] {
  const parts: { marker: Marker; lines: string[]; start: number }[] = [];
  let part = { marker: unmarked, lines: [] as string[], start };
  for (const [index, line] of lines.entries()) {
    if (index < start) continue;
    const marker = markerOf(line, `${path}:${index + 1}`);
    if (!marker) part.lines.push(line);
    else {
      parts.push(part);
      part = { marker, lines: [], start: index + 1 };
    }
  }
  // An empty line before a marker is the script's.
  for (const { lines } of parts) if (lines.at(-1) === "") lines.pop();
  parts.push(part);
  const before = parts[0]?.lines.every((line) => line.trim() === "");
  return before ? parts.slice(1) : parts;
}

const unmarked: Marker = { type: "code", metadata: {}, fields: {} };

function markerOf(line: string, place: string): Marker | undefined {
  try {
    return parseMarker(line);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new NotebookError(`${place}: this cell's marker cannot be read: ${error.message}.`);
  }
}

function parsePart(part: Part, path: string): ParsedCell {
  const { marker, lines, start } = part;
  const { type, fields } = marker;
  const { id, attachments, language, magic_args } = fields;
  const isMagic = type === "code" && magicLine(fields, lines) !== undefined;
  const own = Object.entries(isMagic ? {} : { language, magic_args }).filter(([, value]) => value !== undefined);
  const metadata = { ...marker.metadata, ...Object.fromEntries(own) };
  const source = sourceOf(part, path);
  const cell = { cell_type: type, metadata, source, id, ...(attachments === undefined ? {} : { attachments }) };
  return parseCell(cell, `the cell at ${path}:${start}`, false);
}

function sourceOf({ marker: { type, fields }, lines, start }: Part, path: string): string {
  try {
    return parseBody(type, lines, fields);
  } catch (error) {
    if (!(error instanceof NoComment)) throw error;
    throw new NotebookError(
      `${path}:${start + error.index + 1} is no comment, and stands in a ${type} cell: put "// " before it, or "// %%" above it if it is code.`,
    );
  }
}
