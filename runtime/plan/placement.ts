import { AnalysisError } from "../errors.ts";
import { shortText } from "./expression-text.ts";
import type { Expression } from "./expressions.ts";
import { functionEntry } from "./functions.ts";
import type { Named } from "./nodes.ts";
import { checkVariables } from "./variables.ts";
import { operands, operandsFirst } from "./walk.ts";

/** Outside `agg`: no aggregate without a window. `where` names the step: "select", "filter". */
export function checkRowExpression(root: Expression, where: string, windows: "windows" | "no windows"): void {
  checkVariables(root);
  visit(root, (expression) => {
    if (expression.kind === "window") {
      if (windows === "no windows") throw misplacedWindow(expression, where);
      const inside = windowOperands(expression)
        .flatMap((operand) => operandsFirst(operand))
        .find(isOfRows);
      if (inside !== undefined) throw misplacedWindow(inside, "a window");
      return windowOperands(expression);
    }
    if (isOfRows(expression) && windows === "no windows") throw misplacedWindow(expression, where);
    if (expression.kind === "call") checkCall(expression, where);
    return operands(expression);
  });
}

function isOfRows(expression: Expression): boolean {
  if (expression.kind !== "call") return false;
  const entry = functionEntry(expression.name);
  return entry?.ofRows === true || (entry?.seed !== undefined && expression.args.length >= entry.seed);
}

const misplacedWindow = (expression: Expression, where: string): AnalysisError =>
  new AnalysisError(
    "MISPLACED_WINDOW",
    `${shortText(expression)} cannot stand in ${where}: add it as a column first (withColumn), then use that column.`,
  );

/** The list of a select or withColumn: one of its columns, as a whole, may make rows. */
export function checkGenerators(columns: readonly Named[], where: string): void {
  const [, second] = columns.filter(isGenerator);
  if (second === undefined) return;
  const text = second.names === undefined ? shortText(second.expression) : `"${second.name}"`;
  throw new AnalysisError(
    "MISPLACED_GENERATOR",
    `${where}: ${text} is the second column that makes rows; there can be one. Add it in a step of its own: withColumn("${second.name}", …).`,
  );
}

/** Whether the column makes any number of rows of one. */
export const isGenerator = ({ expression }: Named): boolean => kindOf(withoutAlias(expression)) === "generator";

export const withoutAlias = (expression: Expression): Expression =>
  expression.kind === "alias" ? withoutAlias(expression.input) : expression;

/** Whether columns are aggregates over all rows, and what is the same for all: as Spark's, such a select is an agg. */
export function isGlobalAggregate(columns: readonly Named[]): boolean {
  let aggregates = 0;
  let others = 0;
  for (const { expression: root } of columns)
    visit(root, (expression) => {
      if (kindOf(expression) === "aggregate") {
        aggregates += 1;
        return [];
      }
      if (expression.kind === "column" || expression.kind === "window") others += 1;
      return operands(expression);
    });
  return aggregates > 0 && others === 0;
}

/** In `agg`: every column is inside an aggregate or is grouped by. */
export function checkAggregate({ name, expression: root }: Named, groups: readonly Named[], hasSets: boolean): void {
  checkVariables(root);
  const grouped = new Set(groups.map((group) => expressionKey(group.expression)));
  visit(root, (expression) => {
    if (grouped.has(expressionKey(expression))) return [];
    if (expression.kind === "column") throw notGrouped(name, expression.name);
    if (expression.kind === "window")
      throw new AnalysisError(
        "MISPLACED_WINDOW",
        `${shortText(expression)} cannot stand in agg: add it after agg with withColumn.`,
      );
    if (expression.kind === "call" && kindOf(expression) === "grouping") {
      checkGrouping(expression, groups, hasSets);
      return [];
    }
    if (kindOf(expression) !== "aggregate") return operands(expression);
    for (const operand of operands(expression)) checkRowExpression(operand, "an aggregate", "no windows");
    return [];
  });
}

export const notGrouped = (name: string, column: string): AnalysisError =>
  new AnalysisError(
    "NOT_GROUPED",
    `In agg, "${name}" uses the column "${column}", which is neither grouped by nor inside an aggregate. Add it to groupBy, or take first(${column}), max(${column}) …`,
  );

/** As Spark's: a column of the groups, or all of them in their order. */
function checkGrouping(call: Extract<Expression, { kind: "call" }>, groups: readonly Named[], hasSets: boolean): void {
  if (!hasSets) throw misplacedGrouping(call);
  const keys = groups.map((group) => expressionKey(group.expression));
  const given = call.args.map(expressionKey);
  const fits =
    call.name === "grouping"
      ? given.every((key) => keys.includes(key))
      : given.length === 0 || (given.length === keys.length && given.every((key, index) => key === keys[index]));
  if (fits) return;
  const names = groups.map((group) => group.name).join(", ");
  throw new AnalysisError(
    "GROUPING",
    call.name === "grouping"
      ? `${shortText(call)} takes one of the columns that are grouped by: ${names}.`
      : `${shortText(call)} takes all columns that are grouped by, in their order, or none: ${names}.`,
  );
}

const misplacedGrouping = (call: Expression): AnalysisError =>
  new AnalysisError(
    "GROUPING",
    `${shortText(call)} tells apart the groups of rollup, cube and groupingSets, and stands in their agg, and in filter and orderBy behind it.`,
  );

function checkCall(call: Extract<Expression, { kind: "call" }>, where: string): void {
  const kind = kindOf(call);
  if (kind === "aggregate")
    throw new AnalysisError(
      "MISPLACED_AGGREGATE",
      where === "select"
        ? `The aggregate ${shortText(call)} cannot stand in select beside columns of single rows: use df.agg(…) or groupBy(…).agg(…), or .over(…) for a window.`
        : `The aggregate ${shortText(call)} cannot stand in ${where}: compute it with df.agg(…) or groupBy(…).agg(…) first, or use .over(…) for a window.`,
    );
  if (kind === "grouping") throw misplacedGrouping(call);
  if (kind === "generator")
    throw new AnalysisError(
      "MISPLACED_GENERATOR",
      `${shortText(call)} makes rows and cannot stand in ${where} or inside another expression: add it as a column first (select or withColumn), then use that column.`,
    );
  if (kind === "window")
    throw new AnalysisError(
      "WINDOW_MISSING",
      `${shortText(call)} needs a window: ${call.name}(…).over(Window.orderBy(…)).`,
    );
}

/** The call of a window may be an aggregate; what is in it may not. */
const windowOperands = (expression: Extract<Expression, { kind: "window" }>) => [
  ...operands(expression.call),
  ...operands(expression).filter((operand) => operand !== expression.call),
];

const kindOf = (expression: Expression) =>
  expression.kind === "call" ? functionEntry(expression.name)?.kind : undefined;

/** Equal for expressions that mean the same: the names of columns ignore case. */
export const expressionKey = (expression: Expression): string =>
  expression.kind === "column"
    ? `column ${expression.name.toLowerCase()}`
    : JSON.stringify(expression, (key, value) => {
        if (key === "name" && typeof value === "string") return value.toLowerCase();
        return typeof value === "bigint" ? `${value}n` : value;
      });

/** Calls `below` for an expression and all that it answers; without recursion. */
function visit(root: Expression, below: (expression: Expression) => readonly Expression[]): void {
  const stack = [root];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const parts = below(next);
    // What stands around the columns of a text the engine knows.
    if (next.kind !== "sql") stack.push(...parts);
  }
}
