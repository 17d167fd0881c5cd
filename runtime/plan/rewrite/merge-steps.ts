import type { Known } from "../analyse.ts";
import type { Expression } from "../expressions.ts";
import type { Named, Plan } from "../nodes.ts";
import { isGenerator } from "../placement.ts";
import { inputScope, type Resolved } from "../scope.ts";
import type { Schema } from "../types.ts";
import { childrenFirst, mapChildren, operandsFirst } from "../walk.ts";
import { hasText, isFixed, sizeOf, substitute } from "./substitute.ts";

/** How large an expression may become by the steps that are merged into it. */
export type MergeLimits = { readonly nodes: number; readonly depth: number };

export type Merged = {
  readonly root: Plan;
  /** The node of the plan that was given, for one that only has other inputs. */
  readonly originalOf: (node: Plan) => Plan;
};

/**
 * Merges runs of steps that work on single rows (withColumn, select, filter, rename, drop) into one step over their source:
 * what a step has computed is put into the expressions that use it. What is fixed to its place (windows, rand, the user's
 * text) is not moved, and an expression that would become too large begins another step. The plan has to be analysed; the
 * nodes that are made become known with it.
 */
export function mergeSteps(plan: Plan, known: Known, limits: MergeLimits): Merged {
  const merger = new Merger(known, limits);
  return { root: merger.merge(plan), originalOf: (node) => merger.originals.get(node) ?? node };
}

/** Whether a plan has so many steps that merging them is worth more than to know of each where its SQL is. */
export const isLong = (plan: Plan): boolean => childrenFirst(plan).filter(isStep).length > LONG;

const LONG = 20;

type Column = { readonly name: string; readonly expression: Expression; readonly isFixed: boolean };

/** Steps over one source: the rows of `base` that pass the filters, and the columns by their names in lower case. */
type Block = {
  readonly base: Plan;
  readonly columns: ReadonlyMap<string, Column>;
  readonly filters: readonly Expression[];
  /** Whether the columns are those of the source. */
  readonly isOpen: boolean;
  /** The steps that it consists of; of more than one only that they are. */
  readonly steps: readonly Plan[];
};

class Merger {
  readonly originals = new Map<Plan, Plan>();
  readonly #known: Known;
  readonly #limits: MergeLimits;
  readonly #blocks = new Map<Plan, Block>();
  readonly #written = new Map<Plan, Plan>();
  readonly #texts = new Map<Expression, Resolved>();

  constructor(known: Known, limits: MergeLimits) {
    this.#known = known;
    this.#limits = limits;
  }

  merge(plan: Plan): Plan {
    for (const node of childrenFirst(plan)) {
      const block = this.#blockOf(node);
      if (block !== undefined) this.#blocks.set(node, block);
    }
    return this.#write(plan);
  }

  #blockOf(node: Plan): Block | undefined {
    if (!isStep(node)) return undefined;
    for (const [text, resolved] of this.#known.get(node)?.scope.resolved ?? [])
      if (text.kind === "sql") this.#texts.set(text, resolved);
    const below = this.#blocks.get(node.input);
    return (below && this.#extend(below, node)) ?? this.#extend(this.#begin(this.#write(node.input)), node);
  }

  #begin(base: Plan): Block {
    const columns = this.#schema(base).map(({ name }): [string, Column] => [
      name.toLowerCase(),
      { name, expression: { kind: "column", name }, isFixed: false },
    ]);
    return { base, columns: new Map(columns), filters: [], isOpen: true, steps: [] };
  }

  /** Undefined where the step has to stand by itself. */
  #extend(block: Block, node: Step): Block | undefined {
    const steps = block.steps.length < 2 ? [...block.steps, node] : block.steps;
    switch (node.kind) {
      case "filter": {
        const condition = this.#over(block, node.condition);
        if (condition === undefined) return undefined;
        const moves = !block.isOpen && (isFixed(node.condition) || [...block.columns.values()].some((c) => c.isFixed));
        return moves ? undefined : { ...block, steps, filters: [...block.filters, condition] };
      }
      case "withColumns":
      case "project": {
        const columns = new Map(node.kind === "project" ? [] : block.columns);
        for (const { name, expression: given } of node.columns) {
          const expression = this.#over(block, given);
          if (expression === undefined) return undefined;
          columns.set(name.toLowerCase(), { name, expression, isFixed: isFixed(expression) });
        }
        return { ...block, steps, columns, isOpen: false };
      }
      case "rename": {
        const targets = new Map(Object.entries(node.names).map(([from, to]) => [from.toLowerCase(), to]));
        const renamed = [...block.columns].map(([key, column]): [string, Column] => {
          const name = targets.get(key);
          return name === undefined ? [key, column] : [name.toLowerCase(), { ...column, name }];
        });
        return { ...block, steps, columns: new Map(renamed), isOpen: false };
      }
      case "drop": {
        const columns = new Map(block.columns);
        for (const name of node.names) columns.delete(name.toLowerCase());
        return { ...block, steps, columns, isOpen: false };
      }
    }
  }

  /** The expression over the columns of the block's source; undefined where that cannot be, or becomes too large. */
  #over(block: Block, given: Expression): Expression | undefined {
    if (block.isOpen) return given;
    if (hasText(given)) return undefined;
    let cannot = false;
    const expression = substitute(given, (name) => {
      const column = block.columns.get(name.toLowerCase());
      // What takes a literal takes no column, and the other way round.
      if (column === undefined || column.isFixed || inner(column.expression).kind === "literal") cannot = true;
      return column === undefined ? given : inner(column.expression);
    });
    if (cannot) return undefined;
    const { nodes, depth } = sizeOf(expression);
    const own = sizeOf(given);
    const fits = nodes <= Math.max(this.#limits.nodes, own.nodes) && depth <= Math.max(this.#limits.depth, own.depth);
    return fits ? expression : undefined;
  }

  /** The node with merged steps below it. */
  #write(node: Plan): Plan {
    const found = this.#written.get(node);
    if (found !== undefined) return found;
    for (const next of childrenFirst(node, (below) => this.#written.has(below) || this.#blocks.has(below))) {
      const written = mapChildren(next, (child) => this.#written.get(child) ?? this.#writeBlock(child));
      this.#adopt(written, next);
      this.#written.set(next, written);
    }
    const result = this.#written.get(node) ?? this.#writeBlock(node);
    this.#written.set(node, result);
    return result;
  }

  #writeBlock(node: Plan): Plan {
    const block = this.#blocks.get(node);
    if (block === undefined) throw new Error(`The ${node.kind} node has not been merged.`);
    const [only, second] = block.steps;
    if (only !== undefined && second === undefined) {
      const written = mapChildren(only, () => block.base);
      this.#adopt(written, only);
      return written;
    }
    const { origin } = node;
    const base = this.#schema(block.base);
    let plan = block.base;
    for (const condition of block.filters) {
      plan = this.#made({ kind: "filter", input: plan, condition, ...(origin && { origin }) }, base, [condition]);
    }
    if (block.isOpen) return plan;
    const all = [...block.columns.values()].map(({ name, expression }): Named => ({ name, expression }));
    const keepsAll = base.every(({ name }, i) => isColumn(all[i], name));
    const columns = keepsAll ? all.slice(base.length) : all;
    if (columns.length === 0) return plan;
    const kind = keepsAll ? "withColumns" : "project";
    const expressions = columns.map(({ expression }) => expression);
    return this.#made({ kind, input: plan, columns, ...(origin && { origin }) }, this.#schema(node), expressions);
  }

  #made(plan: Plan, schema: Schema, expressions: readonly Expression[]): Plan {
    const scope = inputScope(this.#schema((plan as { input: Plan }).input));
    for (const expression of expressions)
      for (const part of operandsFirst(expression)) {
        const resolved = part.kind === "sql" ? this.#texts.get(part) : undefined;
        if (resolved !== undefined) scope.resolved.set(part, resolved);
      }
    this.#known.set(Object.freeze(plan), { schema, scope });
    return plan;
  }

  /** The same node over inputs with the same columns. */
  #adopt(written: Plan, node: Plan): void {
    const analysed = this.#known.get(node);
    if (written === node || analysed === undefined) return;
    this.#known.set(written, analysed);
    this.originals.set(written, node);
  }

  #schema(plan: Plan): Schema {
    const analysed = this.#known.get(plan);
    if (analysed === undefined) throw new Error(`The ${plan.kind} node has not been analysed.`);
    return analysed.schema;
  }
}

type Step = Extract<Plan, { kind: "filter" | "withColumns" | "project" | "rename" | "drop" }>;

const STEPS: ReadonlySet<string> = new Set(["filter", "withColumns", "project", "rename", "drop"]);
/** One that makes rows stands by itself. */
const isStep = (plan: Plan): plan is Step =>
  STEPS.has(plan.kind) &&
  plan.outer === undefined &&
  plan.subqueries === undefined &&
  !("columns" in plan && plan.columns.some(isGenerator));

const inner = (expression: Expression): Expression =>
  expression.kind === "alias" ? inner(expression.input) : expression;

const isColumn = (column: Named | undefined, name: string): boolean =>
  column?.name === name && column.expression.kind === "column" && column.expression.name === name;
