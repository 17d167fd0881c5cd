import { readFileSync } from "node:fs";
import { ParameterError, quoted } from "./error.ts";
import type { Given } from "./inject.ts";
import { parseJson } from "./json.ts";

/**
 * What is given on the command line: the `name=text` of each `--param`, and the path of `--params`, a file with a JSON
 * object. A `--param` overrides the file, and of two with the same name the last counts, as papermill has it.
 * Throws {@link ParameterError}.
 */
export function readParams(params: readonly string[], file?: string): ReadonlyMap<string, Given> {
  const given = new Map<string, Given>(file === undefined ? [] : readFile(file));
  for (const param of params) {
    const [, name, text] = /^([^=]+)=(.*)$/s.exec(param) ?? [];
    if (name === undefined || text === undefined) {
      throw new ParameterError(`--param ${quoted(param)} is not of the form name=value.`);
    }
    given.set(name, { text });
  }
  return given;
}

function readFile(path: string): [string, Given][] {
  const json = parseJson(readText(path).replace(/^\uFEFF/, ""));
  if (!("value" in json)) {
    throw new ParameterError(
      `${path}:${json.line}:${json.column} is not JSON: ${json.found === "the end" ? "the text ends here" : `${quoted(json.found)} is out of place`}.`,
    );
  }
  const { value } = json;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ParameterError(`${path} holds no JSON object: write {"name": value, …}.`);
  }
  return Object.entries(value).map(([name, json]) => [name, { json }]);
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    const reasons: { readonly [code: string]: string } = {
      ENOENT: "there is no such file",
      EACCES: "no permission",
      EISDIR: "it is a folder",
      ENOTDIR: "there is no such folder",
    };
    throw new ParameterError(
      `the parameters file ${path} cannot be read: ${reasons[code] ?? (error as Error).message}.`,
    );
  }
}
