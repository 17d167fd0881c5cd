import { randomUUID } from "node:crypto";
import { closest, distance } from "fastest-levenshtein";
import { type CodeCell, hasTag, type Notebook } from "../nbformat.ts";
import { type Declared, type ParametersCell, parametersCell, refuseTwo } from "./declared.ts";
import { ParameterError, quoted, shortened } from "./error.ts";
import { fromJson } from "./from-json.ts";
import { fromText } from "./from-text.ts";
import { jsonOf } from "./json-of.ts";
import type { Written } from "./written.ts";

/** What is given to a parameter: the text of `--param name=text`, or a value of the file of `--params`. */
export type Given = { readonly text: string } | { readonly json: unknown };

/**
 * The notebook with a cell tagged `injected-parameters` directly after the one tagged `parameters`, as papermill has
 * it: it declares again what is given, and takes the place of one from an earlier run. With nothing given the notebook
 * stays as it is. Throws {@link ParameterError} where something given is not declared, or is not of the declared type.
 */
export const injectParameters = (notebook: Notebook, given: ReadonlyMap<string, Given>): Notebook =>
  withParameters(notebook, given).notebook;

/** {@link injectParameters}, and the values that were given, as JSON.stringify writes them. */
export function withParameters(
  notebook: Notebook,
  given: ReadonlyMap<string, Given>,
): { readonly notebook: Notebook; readonly values: ReadonlyMap<string, unknown> } {
  if (given.size === 0) {
    refuseTwo(notebook);
    return { notebook, values: new Map() };
  }
  const cell = parametersCell(notebook);
  const values = new Map<string, unknown>();
  const lines = [...given].map(([name, value]) => {
    const parameter = find(cell, name);
    const code = valueCode(parameter, value);
    values.set(name, jsonOf(code, value));
    const { keyword, annotation } = parameter;
    return `${keyword} ${name}${annotation === undefined ? "" : `: ${annotation}`} = ${code};`;
  });
  const old = notebook.cells.find((cell) => hasTag(cell, "injected-parameters"));
  const injected: CodeCell = {
    cell_type: "code",
    id: old?.id ?? newId(notebook),
    metadata: { tags: ["injected-parameters"] },
    execution_count: null,
    outputs: [],
    source: ["// Parameters", ...lines].join("\n"),
  };
  const cells = notebook.cells.flatMap((other, index) => {
    if (index === cell.index) return [other, injected];
    return hasTag(other, "injected-parameters") ? [] : [other];
  });
  return { notebook: { ...notebook, cells }, values };
}

function find({ declared, others }: ParametersCell, name: string): Declared {
  const found = declared.find((parameter) => parameter.name === name);
  if (found) return found;
  const other = others.get(name);
  if (other) throw new ParameterError(`${name} cannot be given: in the parameters cell it ${other}.`);
  if (declared.length === 0) {
    throw new ParameterError(`there is no parameter ${quoted(name)}: the parameters cell declares none.`);
  }
  const names = declared.map((parameter) => parameter.name);
  const nearest = closest(name, names);
  const isNear = distance(name, nearest) <= Math.min(3, name.length / 2);
  const list = declared.map((parameter) => `${parameter.name}: ${shortened(parameter.type)}`);
  const shown = list.length > 20 ? `${list.slice(0, 20).join(", ")} and ${list.length - 20} more` : list.join(", ");
  throw new ParameterError(
    `there is no parameter ${quoted(name)}${isNear ? ` (did you mean ${quoted(nearest)}?)` : ""}; the parameters cell declares ${shown}.`,
  );
}

function valueCode(parameter: Declared, given: Given): string {
  const { name, keyword, annotation, type, shape } = parameter;
  if (shape.kind === "unknowable" && annotation === undefined) {
    throw new ParameterError(
      `the type of ${name} is not known without running the notebook, since ${shape.because}: annotate it in the parameters cell, as in \`${keyword} ${name}: string${parameter.initial ? " = …" : ""}\`.`,
    );
  }
  const written = write(parameter, given);
  if ("wrong" in written) throw new ParameterError(`${name} is declared as ${shortened(type)}, and ${written.wrong}.`);
  return written.code;
}

function write({ name, shape }: Declared, given: Given): Written {
  try {
    return "text" in given ? fromText(shape, given.text, name) : fromJson(shape, given.json, name);
  } catch (error) {
    // Node's stack is full after some thousand lists in lists.
    if (error instanceof RangeError) return { wrong: "the value is nested too deeply" };
    throw error;
  }
}

function newId({ cells }: Notebook): string {
  const id = randomUUID().slice(0, 8);
  return cells.some((cell) => cell.id === id) ? newId({ cells } as Notebook) : id;
}
