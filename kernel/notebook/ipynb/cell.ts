import type { Cell } from "../nbformat.ts";
import { NotebookError } from "../notebook-error.ts";
import { isObject, isTexts, type JsonObject, mapValues } from "./json-object.ts";

/** A cell with or without a valid id. */
export type ParsedCell = Omit<Cell, "id"> & { readonly id?: unknown };

/**
 * A cell as the file has it, with its texts joined and what nbformat wants filled in. `place` names it in the errors
 * (NotebookError); `lenient` lets outputs pass whose type a later nbformat may know.
 */
export function parseCell(cell: unknown, place: string, lenient: boolean): ParsedCell {
  if (!isObject(cell)) throw broken(place, `is ${describe(cell)}, not an object`);
  const { cell_type: type, source, metadata = {}, attachments } = cell;
  if (type !== "code" && type !== "markdown" && type !== "raw")
    throw broken(place, unlike("cell_type", type, '"code", "markdown" or "raw"'));
  if (!isText(source)) throw broken(place, unlike("source", source, texts));
  if (!isObject(metadata)) throw broken(place, unlike("metadata", metadata, "an object"));
  if (metadata.tags !== undefined && !isTexts(metadata.tags))
    throw broken(place, unlike("tags", metadata.tags, "a list of texts"));
  const parsed = { ...cell, cell_type: type, source: join(source), metadata };
  if (attachments !== undefined) Object.assign(parsed, { attachments: parseAttachments(attachments, place) });
  if (type !== "code") return parsed as ParsedCell;

  const { outputs = [], execution_count: count = null } = cell;
  if (!Array.isArray(outputs)) throw broken(place, unlike("outputs", outputs, "a list"));
  if (count !== null && typeof count !== "number") throw broken(place, unlike("execution_count", count, "a number"));
  const parsedOutputs = outputs.map((output: unknown, index) =>
    parseOutput(output, `output ${index + 1} of ${place}`, lenient),
  );
  return { ...parsed, execution_count: count, outputs: parsedOutputs } as ParsedCell;
}

const texts = "a text or a list of texts";

function parseAttachments(attachments: unknown, place: string): JsonObject {
  if (!isObject(attachments) || !Object.values(attachments).every(isObject))
    throw broken(place, 'has "attachments" that are not an object of objects');
  return mapValues(attachments, (bundle) => joinBundle(bundle as JsonObject));
}

function parseOutput(output: unknown, place: string, lenient: boolean): JsonObject {
  if (!isObject(output)) throw broken(place, `is ${describe(output)}, not an object`);
  const { output_type: type, name, text, data, metadata = {}, ename, evalue, traceback } = output;
  switch (type) {
    case "stream":
      if (!isText(text)) throw broken(place, unlike("text", text, texts));
      if (typeof name !== "string") throw broken(place, unlike("name", name, '"stdout" or "stderr"'));
      return { ...output, text: join(text) };
    case "display_data":
    case "execute_result": {
      if (!isObject(data)) throw broken(place, unlike("data", data, "an object"));
      if (!isObject(metadata)) throw broken(place, unlike("metadata", metadata, "an object"));
      const shown = { ...output, data: joinBundle(data), metadata };
      return type === "execute_result" ? { execution_count: null, ...shown } : shown;
    }
    case "error":
      if (typeof ename !== "string" || typeof evalue !== "string" || !isTexts(traceback))
        throw broken(place, 'has no texts as its "ename", "evalue" and "traceback"');
      return output;
    default:
      if (!lenient) throw broken(place, unlike("output_type", type, "one that nbformat 4.5 knows"));
      return output;
  }
}

/** nbformat may keep any text of a bundle as a list of lines, but where the MIME type is JSON's a list is a list. */
const joinBundle = (bundle: JsonObject): JsonObject =>
  mapValues(bundle, (value, mime) => (isTexts(value) && !isJson(mime) ? value.join("") : value));

const isJson = (mime: string): boolean =>
  mime === "application/json" || (mime.startsWith("application/") && mime.endsWith("+json"));

const isText = (value: unknown): value is string | readonly string[] => typeof value === "string" || isTexts(value);

const join = (text: string | readonly string[]): string => (typeof text === "string" ? text : text.join(""));

const broken = (place: string, problem: string): NotebookError =>
  new NotebookError(`${place} is broken: it ${problem}.`);

/** What is wrong with a field, as the end of a sentence. */
function unlike(name: string, value: unknown, wanted: string): string {
  return value === undefined ? `has no "${name}"` : `has ${describe(value)} as its "${name}", not ${wanted}`;
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return "a list of other things";
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
