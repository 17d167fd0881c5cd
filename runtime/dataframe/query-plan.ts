import { inspect } from "node:util";
import type { PlanOperator, PlanTree } from "../plan/explain.ts";

/** How an engine runs a query, as `explain` gives it; a notebook shows it as a tree, a script prints it as text. */
export class QueryPlan {
  readonly tree: PlanTree;

  constructor(tree: PlanTree) {
    this.tree = tree;
  }

  toString(): string {
    const { engine, mode, logical, physical, seconds, told } = this.tree;
    const head = `== ${engine}, ${mode} ==${seconds === undefined ? "" : ` ${seconds.toFixed(3)} s`}`;
    const steps = logical === undefined ? [] : ["== As written ==", ...operatorLines(logical), "== Physical =="];
    const own = told === undefined ? [] : [`== ${told.title} ==`, told.text.trim()];
    return [head, ...steps, ...operatorLines(physical), ...own].join("\n");
  }

  [inspect.custom](): string {
    return this.toString();
  }
}

function operatorLines(operator: PlanOperator, indent = ""): string[] {
  const details = operator.details.map(({ label, value }) => `${label}: ${value}`);
  if (operator.rows !== undefined) details.push(`rows: ${operator.rows}`);
  if (operator.seconds !== undefined) details.push(`${(operator.seconds * 1000).toFixed(1)} ms`);
  const line = `${indent}${indent === "" ? "" : "+- "}${operator.name}${details.length > 0 ? ` [${details.join("; ")}]` : ""}`;
  return [line, ...operator.children.flatMap((child) => operatorLines(child, `${indent}   `))];
}
