import type { Plan } from "./nodes.ts";
import { inputScope, joinScope, type Scope, withOuter } from "./scope.ts";
import type { Schema } from "./types.ts";
import { inputs } from "./walk.ts";

export type Analysed = { readonly schema: Schema; readonly scope: Scope };

/** What analysis found out: the columns of every node, and what the names in its expressions mean. */
export class Schemas {
  readonly #known: WeakMap<Plan, Analysed>;

  constructor(known: WeakMap<Plan, Analysed>) {
    this.#known = known;
  }

  has(plan: Plan): boolean {
    return this.#known.has(plan);
  }

  of(plan: Plan): Schema {
    const analysed = this.#known.get(plan);
    if (analysed === undefined) throw new Error(`The ${plan.kind} node has not been analysed.`);
    return analysed.schema;
  }

  /** The scope of a node's own expressions; its inputs have to be analysed, the node itself need not be. */
  scope(plan: Plan): Scope {
    const analysed = this.#known.get(plan);
    if (analysed !== undefined) return analysed.scope;
    const [input = [], right = []] = inputs(plan).map((child) => this.of(child));
    const scope = plan.kind === "join" ? joinScope(input, right) : inputScope(plan.kind === "sql" ? [] : input);
    const subqueries = plan.subqueries?.map((query) => this.of(query));
    return { ...withOuter(scope, plan.outer && this.of(plan.outer)), ...(subqueries && { subqueries }) };
  }
}
