import { AnalysisError } from "../errors.ts";
import type { Expression, Variable, VariablePart } from "../plan/expressions.ts";
import { freeVariables } from "../plan/variables.ts";
import { makeColumn } from "./column.ts";
import { conditionOf } from "./column-arguments.ts";

/** What it takes, its function says. */
export type Callback = (...args: any[]) => unknown;

export type Parameter = { readonly name: string; readonly part: VariablePart; readonly of: Expression };

/** A callback of `method`, called once, now, with columns that stand for the values it will be called with. */
export function lambda(method: string, callback: Callback, parameters: readonly Parameter[]): Expression {
  if (typeof callback !== "function")
    throw new AnalysisError("CALLBACK", `${method} takes a callback: F.${method}(f.list, x => x.plus(1))`);
  const variables = parameters.map(
    (parameter): Variable => Object.freeze({ kind: "variable", ...parameter, depth: active.length + 1 }),
  );
  active.push(variables);
  try {
    const body = conditionOf(
      `the callback of ${method}`,
      callback(...variables.map((variable) => makeColumn(variable))),
    );
    const known = new Set<Variable>(active.flat());
    if (freeVariables(body).some((variable) => !known.has(variable)))
      throw new AnalysisError(
        "MISPLACED_VARIABLE",
        `${method}: the argument of another callback is used here, where it has no value.`,
      );
    return Object.freeze({ kind: "lambda", parameters: variables, body: body.kind === "alias" ? body.input : body });
  } finally {
    active.pop();
  }
}

/** The parameters of the callbacks that are being called. */
const active: (readonly Variable[])[] = [];
