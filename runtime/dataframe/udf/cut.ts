import { AnalysisError } from "../../errors.ts";
import { shortText } from "../../plan/expression-text.ts";
import type { Expression } from "../../plan/expressions.ts";
import type { Named, Plan, PlanOf } from "../../plan/nodes.ts";
import { findField } from "../../plan/scope.ts";
import { isCorrelated } from "../../plan/subqueries.ts";
import type { Field, Schema } from "../../plan/types.ts";
import { allOf, belowStep, type Enough, enoughRows } from "../../plan/udf/enough.ts";
import { expressionKey } from "../../plan/udf/expressions.ts";
import {
  columnNamed,
  type Extracted,
  extractCalls,
  extractSide,
  hasOuterColumn,
  sidesBy,
  splitAggregate,
  splitFilter,
  splitJoin,
} from "../../plan/udf/extract.ts";
import { type Needed, neededColumns, neededOfInput } from "../../plan/udf/needed.ts";
import { pushLimits } from "../../plan/udf/push-limits.ts";
import { hasUdf, isInJavaScript, type UdfCall } from "../../plan/udf/udf.ts";
import { childrenFirst, expressionsOf, mapChildren } from "../../plan/walk.ts";
import { withBuiltIns } from "./built-in/with-built-ins.ts";

/** Calls to compute: over the rows of `input`, whose first `kept` columns go on. */
export type CallsToStore = {
  readonly input: Plan;
  readonly kept: number;
  readonly calls: readonly { readonly name: string; readonly call: UdfCall; readonly columns: readonly number[] }[];
  readonly origin: Plan["origin"];
  readonly enough: Enough | undefined;
};

/** How the cut gets what it does not know. */
export type Cutting = {
  readonly schema: (plan: Plan) => Promise<Schema>;
  /** Computes rows and keeps them; answers the plan that reads them. */
  readonly storeCalls: (calls: CallsToStore) => Promise<Plan>;
  readonly storeMapped: (node: PlanOf<"mapInBatches">, enough: Enough | undefined) => Promise<Plan>;
};

/**
 * The plan with rows that are stored in place of each step in which JavaScript has a part, from the sources on: SQL computes
 * the arguments, JavaScript the functions over batches of them, and the rest of the step is SQL over the outcome. Columns
 * that nothing above needs do not pass through JavaScript.
 */
export async function cutAtJavaScript(plan: Plan, cutting: Cutting): Promise<Plan> {
  // A mistake anywhere is told before anything is computed.
  await cutting.schema(plan);
  const root = pushLimits(await withBuiltIns(plan, cutting.schema));
  const needed = neededColumns(root);
  const enough = enoughRows(root);
  const cutter = new Cutter(cutting);
  const done = new Map<Plan, Plan>();
  for (const node of childrenFirst(root)) {
    const own = mapChildren(node, (child) => done.get(child) ?? child);
    done.set(node, isInJavaScript(node) ? await cutter.cut(own, needed.get(node) ?? "all", enough.get(node)) : own);
  }
  return done.get(root) ?? root;
}

class Cutter {
  readonly #cutting: Cutting;
  #count = 0;

  constructor(cutting: Cutting) {
    this.#cutting = cutting;
  }

  async cut(node: Plan, needed: Needed, enough?: Enough): Promise<Plan> {
    switch (node.kind) {
      case "mapInBatches":
        if (isCorrelated(node.input)) throw usesRowsAround(node.map.name, node.origin);
        return this.#cutting.storeMapped(node, enough);
      case "project":
      case "withColumns":
        return this.#calls(await this.#withoutUnneeded(node, needed), needed, enough);
      case "filter":
        return this.#calls(node.subqueries === undefined ? splitFilter(node) : node, needed, enough);
      case "aggregate": {
        const split = splitAggregate(node, this.#prefix());
        if (split?.kind !== "project") return this.#calls(node, needed);
        const input = isInJavaScript(split.input) ? await this.cut(split.input, "all") : split.input;
        return this.cut(Object.freeze({ ...split, input }), needed);
      }
      case "sort":
        return this.#calls(node, needed);
      case "join":
        return this.#join(node, needed);
      default:
        return node;
    }
  }

  /** What nothing above asks for is not computed. */
  async #withoutUnneeded(node: PlanOf<"project" | "withColumns">, needed: Needed): Promise<Plan> {
    const isUnneeded = ({ name, expression }: Named) =>
      needed !== "all" && !needed.has(name.toLowerCase()) && hasUdf(expression);
    if (!node.columns.some(isUnneeded)) return node;
    const schema = await this.#cutting.schema(node);
    const columns = node.columns.map((column): Named => {
      const type = findField(schema, column.name)?.type;
      if (type === undefined || !isUnneeded(column)) return column;
      return { name: column.name, expression: { kind: "literal", value: null, type } };
    });
    return Object.freeze({ ...node, columns });
  }

  /** Calls inside of others' arguments come first: each round computes those that can be. */
  async #calls(given: Plan, needed: Needed, enough?: Enough): Promise<Plan> {
    let node = given as PlanOf<"project" | "withColumns" | "filter" | "aggregate" | "sort">;
    const added: string[] = [];
    while (expressionsOf(node).some(hasUdf)) {
      const extracted = extractCalls(node, this.#prefix());
      const names = neededOfInput(extracted.node, needed);
      const input = await this.#store(node.input, extracted, names, node.origin, enoughOf(extracted.node, enough));
      added.push(...extracted.calls.map(({ name }) => name));
      node = withInput(extracted.node as typeof node, "input", node.input, input);
    }
    if (added.length === 0 || node.kind === "project" || node.kind === "aggregate") return node;
    // Who counts rows needs no column of them, and rows without columns there are none.
    if (needed !== "all" && needed.size === 0) return node;
    return Object.freeze({ kind: "drop", input: node, names: added, ...(node.origin && { origin: node.origin }) });
  }

  async #join(given: PlanOf<"join">, needed: Needed): Promise<Plan> {
    const { schema } = this.#cutting;
    const output = await schema(given);
    const filter = splitJoin(given, await schema(given.left), await schema(given.right));
    if (filter !== undefined) {
      const joined = isInJavaScript(filter.input) ? await this.cut(filter.input, "all") : filter.input;
      return this.#calls(Object.freeze({ ...filter, input: joined }), needed);
    }
    let node = given;
    while (expressionsOf(node).some(hasUdf)) {
      for (const side of ["left", "right"] as const) {
        const sideOf = sidesBy(await schema(node.left));
        const extracted = extractSide(node, side, sideOf, this.#prefix());
        if (extracted.calls.length === 0) continue;
        const input = await this.#store(node[side], extracted, "all", node.origin);
        node = withInput(extracted.node as typeof node, side, node[side], input);
      }
    }
    const columns = output.map(({ name }): Named => ({ name, expression: columnNamed(name) }));
    return Object.freeze({ kind: "project", input: node, columns, ...(node.origin && { origin: node.origin }) });
  }

  /** The input's columns that are needed, with those of the calls. */
  async #store(
    input: Plan,
    { calls }: Extracted,
    needed: Needed,
    origin: Plan["origin"],
    enough?: Enough,
  ): Promise<Plan> {
    if (isCorrelated(input) || calls.some(({ call }) => hasOuterColumn(call)))
      throw usesRowsAround(calls.map(({ call }) => shortText(call)).join(", "), origin);
    const isKept = ({ name }: Field) => needed === "all" || needed.has(name.toLowerCase());
    const kept = (await this.#cutting.schema(input)).filter(isKept);
    const columns = kept.map(({ name }): Named => ({ name, expression: columnNamed(name) }));
    const places = new Map(columns.map(({ name }, index) => [`column ${name.toLowerCase()}`, index]));
    const placeOf = (argument: Expression): number => {
      const key = argument.kind === "column" ? `column ${argument.name.toLowerCase()}` : expressionKey(argument);
      const known = places.get(key);
      if (known !== undefined) return known;
      places.set(key, columns.length);
      return columns.push({ name: `__quern_argument_${columns.length}`, expression: argument }) - 1;
    };
    const placed = calls.map(({ name, call }) => ({ name, call, columns: call.args.map(placeOf) }));
    // A function without arguments over rows of which nothing is needed.
    if (columns.length === 0) placeOf({ kind: "literal", value: null, type: { kind: "int" } });
    const step: Plan = Object.freeze({ kind: "project", input, columns, ...(origin && { origin }) });
    return this.#cutting.storeCalls({ input: step, kept: kept.length, calls: placed, origin, enough });
  }

  #prefix(): string {
    return `__quern_udf_${++this.#count}`;
  }
}

/** How many rows of its input are enough for a step all of whose functions have been computed. */
function enoughOf(step: Plan, enough: Enough | undefined): Enough | undefined {
  if (enough === undefined || expressionsOf(step).some(hasUdf)) return undefined;
  const { rows, condition } = enough;
  if (step.kind === "filter")
    return { rows, condition: allOf([step.condition, ...(condition === undefined ? [] : [condition])]) };
  const isRows = step.kind === "project" || step.kind === "withColumns";
  return { rows, condition: isRows && condition !== undefined ? belowStep(condition, step) : condition };
}

/** The node over another input, which its sub-plans know as the rows around them. */
function withInput<P extends Plan>(node: P, field: "input" | "left" | "right", from: Plan, to: Plan): P {
  const subqueries = node.subqueries?.map((query) => rebound(query, from, to));
  const right = node.kind === "join" && node.match === "lateral" && field === "left" && rebound(node.right, from, to);
  const changed = { ...node, [field]: to, ...(subqueries && { subqueries }), ...(right && { right }) };
  return Object.freeze(changed) as unknown as P;
}

function rebound(plan: Plan, from: Plan, to: Plan): Plan {
  const done = new Map<Plan, Plan>();
  for (const node of childrenFirst(plan)) {
    const own = mapChildren(node, (child) => done.get(child) ?? child);
    done.set(node, own.outer === from ? (Object.freeze({ ...own, outer: to }) as Plan) : own);
  }
  return done.get(plan) ?? plan;
}

const usesRowsAround = (what: string, origin: Plan["origin"]): AnalysisError =>
  new AnalysisError(
    "UDF",
    `${what} stands in a frame that uses the rows around it (outer()), and would have to run for each of them. Make it a column in a step before that, or join the frames.`,
    { origin },
  );
