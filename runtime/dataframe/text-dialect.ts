import type { Engine } from "../engine/engine.ts";
import { AnalysisError } from "../errors.ts";
import type { Expression, SqlDialect } from "../plan/expressions.ts";
import type { Named, Plan } from "../plan/nodes.ts";
import { mapExpressions, mapNamed } from "../plan/rewrite/map-expressions.ts";
import { rewritten } from "../plan/rewrite/substitute.ts";
import type { TextPlace } from "../plan/statement.ts";
import { boundTo } from "../plan/subqueries.ts";
import { expressionsOf, operandsFirst } from "../plan/walk.ts";
import { atOrigin } from "./at-origin.ts";
import { checkPlaces } from "./subqueries.ts";
import { expectJavaScript } from "./udf/nested.ts";

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

/** The node with the texts of its expressions in the engine's dialect, or in the terms of plans. */
export async function translated(node: Plan, engine: Engine, place: TextPlace): Promise<Plan> {
  return atOrigin(node, async () => {
    const found = new Map<string, Expression>();
    const subqueries: Plan[] = [...(node.subqueries ?? [])];
    for (const { text, dialect, ...expression } of textsOf(node)) {
      if (dialect === undefined) continue;
      const own = keyOf({ ...expression, text, dialect });
      if (found.has(own)) continue;
      const read = await engine.translateExpression(text, dialect, place);
      found.set(own, marked(read.expression, subqueries.length));
      for (const query of read.subqueries ?? []) subqueries.push(place.rows ? boundTo(place.rows, query) : query);
    }
    if (found.size === 0) return node;
    // It may call what JavaScript computes.
    expectJavaScript();
    const translation = (text: Text) => found.get(keyOf(text)) ?? text;
    const own = mapNamed(
      node,
      (named) =>
        isText(named.expression) ? namedBy(named, translation(named.expression)) : withText(named, translation),
      (root) => changedTexts(root, translation),
    );
    if (subqueries.length === (node.subqueries ?? []).length) return own;
    for (const root of expressionsOf(own)) checkPlaces(own, root);
    return Object.freeze({ ...own, subqueries }) as Plan;
  });
}

/** Its queries stand behind those that the node has already. */
const marked = (root: Expression, before: number): Expression =>
  rewritten(root, (part) => {
    if (part.kind === "subquery") return { ...part, index: part.index + before };
    return isText(part) ? { ...part, isTranslated: true as const } : part;
  });

type Text = Extract<Expression, { kind: "sql" }>;

const keyOf = ({ text, dialect }: Text): string => `${dialect}: ${text}`;

const isText = (expression: Expression): expression is Text => expression.kind === "sql";

const textsOf = (node: Plan): Text[] => expressionsOf(node).flatMap((root) => operandsFirst(root).filter(isText));

/** A node with its texts changed; its children are not looked at. */
const withTexts = (node: Plan, change: (text: Text) => Text): Plan =>
  mapExpressions(node, (root) => changedTexts(root, change));

const changedTexts = (root: Expression, change: (text: Text) => Expression): Expression =>
  rewritten(root, (part) => (isText(part) ? change(part) : part));

const withText = (named: Named, change: (text: Text) => Expression): Named => {
  const expression = changedTexts(named.expression, change);
  return expression === named.expression ? named : { ...named, expression };
};

/** A text that is a whole column, called as itself, says another name where it has one. */
function namedBy(named: Named, expression: Expression): Named {
  if (expression.kind !== "alias") return { ...named, expression };
  const { input, name, names } = expression;
  return { ...named, name, expression: input, ...(names && { names }) };
}
