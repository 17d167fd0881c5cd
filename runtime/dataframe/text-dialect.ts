import type { Engine } from "../engine/engine.ts";
import { AnalysisError } from "../errors.ts";
import type { Expression, SqlDialect } from "../plan/expressions.ts";
import type { Plan } from "../plan/nodes.ts";
import { expressionsOf, operandsFirst } from "../plan/walk.ts";
import { atOrigin } from "./at-origin.ts";

/** The setting that says whose SQL the user's texts are. */
export const dialectKey = "spark.quern.sql.dialect";

export function checkedDialect(value: string): SqlDialect {
  if (value === "duckdb" || value === "spark") return value;
  throw new AnalysisError("CONF", `${dialectKey} is "duckdb" or "spark", not ${JSON.stringify(value)}`);
}

/** A node whose texts are known to be in another dialect than the engine's; the node itself where it has none. */
export function inDialect(node: Plan, dialect: SqlDialect): Plan {
  if (node.kind === "sql") return Object.freeze({ ...node, dialect });
  return withTexts(node, (text) => (text.dialect === undefined ? { ...text, dialect } : text));
}

export const hasForeignText = (node: Plan): boolean =>
  node.kind === "sql" ? node.dialect !== undefined : textsOf(node).some(({ dialect }) => dialect !== undefined);

/** The node with its texts in the engine's dialect. */
export async function translated(node: Plan, engine: Engine): Promise<Plan> {
  return atOrigin(node, async () => {
    if (node.kind === "sql") {
      const { dialect, ...own } = node;
      if (dialect === undefined) return node;
      return Object.freeze({
        ...own,
        text: await engine.translate(node.text, dialect, "statement"),
        isTranslated: true as const,
      });
    }
    const found = new Map<Expression, Expression>();
    for (const { text, dialect, ...expression } of textsOf(node)) {
      if (dialect === undefined) continue;
      found.set(
        { ...expression, text, dialect },
        { kind: "sql", text: await engine.translate(text, dialect, "expression") },
      );
    }
    if (found.size === 0) return node;
    const texts = new Map([...found].map(([from, to]) => [keyOf(from as Text), to as Text]));
    return withTexts(node, (text) => texts.get(keyOf(text)) ?? text);
  });
}

type Text = Extract<Expression, { kind: "sql" }>;

const keyOf = ({ text, dialect }: Text): string => `${dialect}: ${text}`;

const isText = (expression: Expression): expression is Text => expression.kind === "sql";

const textsOf = (node: Plan): Text[] => expressionsOf(node).flatMap((root) => operandsFirst(root).filter(isText));

/** A node with its texts changed; its children are not looked at. */
function withTexts(node: Plan, change: (text: Text) => Text): Plan {
  const replaced = new Map<unknown, unknown>();
  for (const root of expressionsOf(node)) {
    for (const expression of operandsFirst(root)) {
      if (replaced.has(expression)) continue;
      const next = isText(expression) ? change(expression) : rebuilt(expression, replaced);
      if (next !== expression) replaced.set(expression, next);
    }
  }
  if (replaced.size === 0) return node;
  const skipped = new Set(["input", "left", "right", "origin", "outer", "subqueries"]);
  const fields = Object.entries(node).map(([name, value]) => [
    name,
    replaced.get(value) ?? (skipped.has(name) ? value : rebuilt(value, replaced)),
  ]);
  return Object.freeze(Object.fromEntries(fields)) as Plan;
}

/** The value with what was replaced inside it, down to the next expression; the value itself where nothing was. */
function rebuilt(value: unknown, replaced: ReadonlyMap<unknown, unknown>): unknown {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  const entries = Object.entries(value);
  const next = entries.map(
    ([name, field]) => [name, replaced.get(field) ?? (isExpression(field) ? field : rebuilt(field, replaced))] as const,
  );
  if (next.every(([, field], i) => field === entries[i]?.[1])) return value;
  return Array.isArray(value) ? next.map(([, field]) => field) : Object.freeze(Object.fromEntries(next));
}

const isExpression = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  typeof (value as { kind?: unknown }).kind === "string" &&
  !("element" in value) &&
  !("fields" in value);
