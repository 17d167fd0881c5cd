import { AnalysisError, withOrigin } from "../errors.ts";
import type { Expression } from "./expressions.ts";
import { functionEntry } from "./functions.ts";
import { hasInterval } from "./interval-types.ts";
import { nodeSchema } from "./node-schema.ts";
import type { Named, Plan } from "./nodes.ts";
import { checkNames } from "./output-names.ts";
import { type Analysed, Schemas } from "./schemas.ts";
import { forgottenOuter, type Scope } from "./scope.ts";
import { isCorrelated } from "./subqueries.ts";
import type { Schema } from "./types.ts";
import { children, childrenFirst, expressionsOf, inputs, operands } from "./walk.ts";

/**
 * Asks the engine for the columns of a node without running it. Asked for leaves (read, table, sql, local), and for
 * small projections and aggregates of SQL text over a node, to learn the types of the text; all inputs of what is asked
 * for are in `schemas`, so that it can be compiled.
 */
export type Describe = (node: Plan, schemas: Schemas) => Promise<Schema>;

/** What is known already, kept by the caller: a chain that grows step by step is analysed step by step. */
export type Known = WeakMap<Plan, Analysed>;

/**
 * Finds the columns of every node, bottom-up: resolves names ignoring case, types expressions, and refuses what cannot
 * be, with an AnalysisError whose `origin` is the user's step at fault.
 */
export async function analyse(plan: Plan, describe: Describe, known: Known = new WeakMap()): Promise<Schemas> {
  const schemas = new Schemas(known);
  for (const node of childrenFirst(plan, (candidate) => known.has(candidate))) {
    try {
      const scope = schemas.scope(node);
      await typeTexts(node, scope, schemas, describe, known);
      const inputs = children(node).map((child) => schemas.of(child));
      const schema = nodeSchema(node, inputs, scope) ?? checkNames(await describe(node, schemas), sourceOf(node));
      known.set(node, { schema, scope });
    } catch (error) {
      throw withOrigin(inSubPlan(error, node, plan, schemas) ?? error, node.origin);
    }
  }
  return schemas;
}

/** The error of a sub-plan's step that names a column of the rows around without outer(). */
function inSubPlan(error: unknown, step: Plan, plan: Plan, schemas: Schemas): unknown {
  for (const node of childrenFirst(plan)) {
    const [around] = inputs(node);
    if (around === undefined || !schemas.has(around)) continue;
    if (!subPlansOf(node).some((part) => childrenFirst(part).includes(step))) continue;
    const found = forgottenOuter(error, schemas.of(around));
    if (found !== undefined) return found;
  }
  return undefined;
}

const subPlansOf = (node: Plan): readonly Plan[] =>
  node.kind === "join" && node.match === "lateral" ? [node.right] : (node.subqueries ?? []);

/** Learns the types of `expr("…")` texts in a node; a join's text names two sides and is left to the engine. */
async function typeTexts(node: Plan, scope: Scope, schemas: Schemas, describe: Describe, known: Known): Promise<void> {
  if (!("input" in node) || node.kind === "stored") return;
  const { rows, groups } = textsOf(node);
  if (rows.length + groups.length === 0) return;
  const origin = node.origin;
  const input = isCorrelated(node.input) ? await standIn(schemas.of(node.input), describe, known) : node.input;
  if (rows.length > 0)
    learn(
      rows,
      await describe(Object.freeze({ kind: "project", input, columns: named(rows), origin }), schemas),
      scope,
    );
  if (groups.length > 0 && node.kind === "aggregate") {
    const probe: Plan = Object.freeze({ ...node, input, aggregates: named(groups) });
    learn(groups, (await describe(probe, schemas)).slice(node.groups.length), scope);
  }
}

/** Rows with these columns, in place of some that cannot be had alone. */
async function standIn(schema: Schema, describe: Describe, known: Known): Promise<Plan> {
  const range: Plan = Object.freeze({ kind: "range", start: 0n, end: 1n, step: 1n });
  const columns = schema.map(({ name, type }): Named => ({ name, expression: { kind: "literal", value: null, type } }));
  const plan: Plan = Object.freeze({ kind: "project", input: range, columns });
  await analyse(plan, describe, known);
  return plan;
}

/** Texts that are computed for each row, and those that are computed for each group. */
function textsOf(node: Plan): { rows: Expression[]; groups: Expression[] } {
  const rows: Expression[] = [];
  const groups: Expression[] = [];
  const perGroup = new Set(node.kind === "aggregate" ? node.aggregates.map((column) => column.expression) : []);
  const stack = expressionsOf(node).map((expression) => ({
    expression,
    found: perGroup.has(expression) ? groups : rows,
  }));
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { expression } = next;
    if (expression.kind === "sql") next.found.push(expression);
    const aggregate = expression.kind === "call" && functionEntry(expression.name)?.kind === "aggregate";
    for (const operand of operands(expression))
      stack.push({ expression: operand, found: aggregate ? rows : next.found });
  }
  return { rows: [...new Set(rows)], groups: [...new Set(groups)] };
}

const named = (texts: readonly Expression[]): Named[] =>
  texts.map((expression, index) => ({ name: `text_${index + 1}`, expression }));

function learn(texts: readonly Expression[], schema: Schema, scope: Scope): void {
  for (const [index, text] of texts.entries()) {
    const field = schema[index];
    if (field && text.kind === "sql" && text.isTranslated && hasInterval(field.type)) throw foreignSpan(text.text);
    if (field) scope.resolved.set(text, { type: field.type, nullable: field.nullable });
  }
}

/** What Spark would give as a type of its own: in DuckDB's SQL two dates are days apart, and a difference is a number. */
export const foreignSpan = (what: string): AnalysisError =>
  new AnalysisError(
    "SQL_DIALECT",
    `${what} is a span of time in Spark, and something else in DuckDB's SQL: write date_diff('day', start, end) for the difference of dates, or use columns: f.end.minus(f.start).`,
  );

function sourceOf(node: Plan): string {
  if (node.kind === "read") return `the ${node.format} data`;
  return node.kind === "table" ? `the table "${node.name}"` : "the SQL text";
}
