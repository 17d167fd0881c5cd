import { hasTag, type Notebook } from "../nbformat.ts";
import { declaredParameters } from "./declared.ts";

export type ParameterDescription = {
  readonly name: string;
  readonly type: string;
  /** The initialiser's text; a parameter without one has to be given. */
  readonly initial?: string;
  readonly comment?: string;
};

/** The parameters, for a list of them; none where no cell is tagged. Throws ParameterError where the cell is broken. */
export function describeParameters(notebook: Notebook): readonly ParameterDescription[] {
  if (!notebook.cells.some((cell) => hasTag(cell, "parameters"))) return [];
  return declaredParameters(notebook).map(({ name, type, initial, comment }) => ({
    name,
    type,
    ...(initial !== undefined && { initial }),
    ...(comment !== undefined && { comment }),
  }));
}
