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
  if (!isObject(cell)) throw broken(place, `it is ${describe(cell)}, not an object`);
  const { cell_type: type, source, metadata = {}, attachments } = cell;
  if (type !== "code" && type !== "markdown" && type !== "raw") {
    throw broken(place, `its "cell_type" is ${describe(type)}, not "code", "markdown" or "raw"`);
  }
  if (!isText(source)) throw broken(place, `its "source" is ${describe(source)}, not a text or a list of texts`);
  checkMetadata(metadata, place);
  const parsed = { ...cell, cell_type: type, source: join(source), metadata };
  if (attachments !== undefined) Object.assign(parsed, { attachments: parseAttachments(attachments, place) });
  if (type !== "code") return parsed as ParsedCell;

  const { outputs = [], execution_count: count = null } = cell;
  if (!Array.isArray(outputs)) throw broken(place, `its "outputs" are ${describe(outputs)}, not a list`);
  if (count !== null && typeof count !== "number")
    throw broken(place, `its "execution_count" is ${describe(count)}, not a number`);
  const parsedOutputs = outputs.map((output: unknown, index) =>
    parseOutput(output, (problem) => broken(place, `its output ${index + 1} ${problem}`), lenient),
  );
  return { ...parsed, execution_count: count, outputs: parsedOutputs } as ParsedCell;
}

/** Throws NotebookError unless these can be a cell's metadata. */
export function checkMetadata(metadata: unknown, place: string): asserts metadata is JsonObject {
  if (!isObject(metadata)) throw broken(place, `its "metadata" are ${describe(metadata)}, not an object`);
  if (metadata.tags !== undefined && !isTexts(metadata.tags))
    throw broken(place, `its "tags" are ${describe(metadata.tags)}, not a list of texts`);
}

function parseAttachments(attachments: unknown, place: string): JsonObject {
  if (!isObject(attachments) || !Object.values(attachments).every(isObject))
    throw broken(place, `its "attachments" are not an object of objects`);
  return mapValues(attachments, (bundle) => joinBundle(bundle as JsonObject));
}

function parseOutput(output: unknown, error: (problem: string) => NotebookError, lenient: boolean): JsonObject {
  if (!isObject(output)) throw error(`is ${describe(output)}, not an object`);
  const { output_type: type, data, metadata = {}, text, ename, evalue, traceback } = output;
  switch (type) {
    case "stream":
      if (!isText(text)) throw error(`has ${describe(text)} as its "text"`);
      if (typeof output.name !== "string") throw error(`has ${describe(output.name)} as its "name"`);
      return { ...output, text: join(text) };
    case "display_data":
    case "execute_result": {
      if (!isObject(data)) throw error(`has ${describe(data)} as its "data"`);
      if (!isObject(metadata)) throw error(`has ${describe(metadata)} as its "metadata"`);
      const shown = { ...output, data: joinBundle(data), metadata };
      return type === "execute_result" ? { execution_count: null, ...shown } : shown;
    }
    case "error":
      if (typeof ename !== "string" || typeof evalue !== "string" || !isTexts(traceback))
        throw error('has no texts as its "ename", "evalue" and "traceback"');
      return output;
    default:
      if (!lenient) throw error(`has the "output_type" ${describe(type)}`);
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

const broken = (place: string, problem: string): NotebookError => new NotebookError(`${place} is broken: ${problem}.`);

function describe(value: unknown): string {
  if (value === undefined) return "missing";
  if (Array.isArray(value)) return "a list of other things";
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
