import assert from "node:assert/strict";
import type { Cell, Notebook } from "../../../kernel/notebook/nbformat.ts";
import { ParameterError } from "../../../kernel/notebook/parameters/error.ts";
import { type Given, injectParameters } from "../../../kernel/notebook/parameters/inject.ts";
import { readParams } from "../../../kernel/notebook/parameters/read.ts";

export const code = (source: string, tags?: string[], id = "c"): Cell => ({
  cell_type: "code",
  id,
  metadata: tags ? { tags } : {},
  source,
  execution_count: null,
  outputs: [],
});

export const notebook = (...cells: Cell[]): Notebook => ({ metadata: {}, nbformat: 4, nbformat_minor: 5, cells });

/** What is injected after a cell with these declarations, without its first line. */
export function injected(
  declarations: string,
  params: readonly string[] | { readonly [name: string]: unknown },
  before = "",
) {
  const given = Array.isArray(params)
    ? readParams(params)
    : new Map<string, Given>(Object.entries(params).map(([name, json]) => [name, { json }]));
  const { cells } = injectParameters(notebook(code(before), code(declarations, ["parameters"])), given);
  return cells[2]?.source.split("\n").slice(1).join("\n");
}

export function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    assert(error instanceof ParameterError, `${error}`);
    assert.equal(error.exitCode, 2);
    return error.message;
  }
  return assert.fail("nothing was refused");
}

export const refused = (declarations: string, params: Parameters<typeof injected>[1], before?: string) =>
  refusal(() => injected(declarations, params, before));
