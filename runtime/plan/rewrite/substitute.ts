import type { Expression, SortKey, Variable } from "../expressions.ts";
import { functionEntry } from "../functions.ts";
import { operands, operandsFirst } from "../walk.ts";

/** The expression with other expressions in place of columns; itself where none is replaced. It does not recurse. */
export function substitute(root: Expression, definitionOf: (name: string) => Expression): Expression {
  const done = new Map<Expression, Expression>();
  for (const expression of operandsFirst(root)) {
    const replaced =
      expression.kind === "column"
        ? definitionOf(expression.name)
        : mapOperands(expression, (operand) => done.get(operand) ?? operand);
    done.set(expression, replaced);
  }
  return done.get(root) ?? root;
}

/** Whether it has to be computed where it stands: another value each time, or one that depends on the other rows. */
export const isFixed = (root: Expression): boolean =>
  operandsFirst(root).some(
    (part) =>
      part.kind === "window" ||
      part.kind === "sql" ||
      part.kind === "udf" ||
      (part.kind === "call" &&
        (functionEntry(part.name)?.volatile === true || functionEntry(part.name)?.kind !== "scalar")),
  );

/** Names in text of the user's own are not known. */
export const hasText = (root: Expression): boolean => operandsFirst(root).some((part) => part.kind === "sql");

export type Size = { readonly nodes: number; readonly depth: number };

/** How large the text of an expression becomes: what is used twice is written twice. */
export function sizeOf(root: Expression): Size {
  for (const expression of operandsFirst(root, (part) => sizes.has(part))) {
    let nodes = 1;
    let depth = 0;
    // Of a variable only its name is written.
    for (const operand of expression.kind === "variable" ? [] : operands(expression)) {
      const size = sizes.get(operand) as Size;
      nodes += size.nodes;
      depth = Math.max(depth, size.depth);
    }
    sizes.set(expression, { nodes, depth: depth + 1 });
  }
  return sizes.get(root) as Size;
}

const sizes = new WeakMap<Expression, Size>();

/** The expression with each part, operands first, replaced by what `change` makes of it. */
export function rewritten(root: Expression, change: (part: Expression) => Expression): Expression {
  const done = new Map<Expression, Expression>();
  for (const part of operandsFirst(root))
    done.set(part, change(mapOperands(part, (operand) => done.get(operand) ?? operand)));
  return done.get(root) ?? root;
}

/** The same expression over other operands; itself where none is another. */
export function mapOperands(expression: Expression, change: (operand: Expression) => Expression): Expression {
  if (operands(expression).every((operand) => change(operand) === operand)) return expression;
  const key = (given: SortKey): SortKey => ({ ...given, expression: change(given.expression) });
  switch (expression.kind) {
    case "call":
    case "udf":
      return Object.freeze({ ...expression, args: expression.args.map(change) });
    case "field":
    case "cast":
    case "alias":
      return Object.freeze({ ...expression, input: change(expression.input) });
    case "case": {
      // biome-ignore lint/suspicious/noThenProperty: a branch of SQL's CASE, in the plan's terms.
      const branches = expression.branches.map(({ when, then }) => ({ when: change(when), then: change(then) }));
      const { otherwise } = expression;
      return Object.freeze({ ...expression, branches, ...(otherwise && { otherwise: change(otherwise) }) });
    }
    case "window": {
      const { partitionBy, orderBy } = expression.over;
      const over = { ...expression.over, partitionBy: partitionBy.map(change), orderBy: orderBy.map(key) };
      return Object.freeze({ ...expression, call: change(expression.call), over });
    }
    case "sort":
      return Object.freeze({ ...expression, key: key(expression.key) });
    case "lambda": {
      const parameters = expression.parameters.map((parameter) => change(parameter) as Variable);
      return Object.freeze({ ...expression, parameters, body: change(expression.body) });
    }
    case "variable":
      return Object.freeze({ ...expression, of: change(expression.of) });
    case "subquery":
      return Object.freeze({ ...expression, ...(expression.value && { value: change(expression.value) }) });
    case "sql":
      return Object.freeze({ ...expression, columns: expression.columns?.map(change) ?? [] });
    default:
      return expression;
  }
}
