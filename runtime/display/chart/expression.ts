import type { Expression } from "../../plan/expressions.ts";
import type { SqlType } from "../../plan/types.ts";
import {
  asDouble,
  boolean,
  type ChartColumn,
  call,
  double,
  either,
  isRefusal,
  type Refusal,
  text,
  wallClock,
} from "./column.ts";
import { dateTime, functions } from "./expression-functions.ts";
import { both, condition, constant, instant, number, numeric, orNull, truth, type Value } from "./value.ts";
import { parseExpression, type VegaExpression } from "./vega.ts";

/** Gives a field of `datum` by its path; a refusal if SQL has no such thing. Throws if there is no such field. */
export type Scope = (path: readonly string[]) => ChartColumn | Refusal;

/**
 * Vega's expressions in SQL: those that mean the same there. Vega follows JavaScript, where null counts as 0 beside a
 * number and as false in a condition; the SQL says so explicitly. NaN and infinity are null from the start.
 */
export function compileExpression(source: string, scope: Scope): Value | Refusal {
  let tree: VegaExpression;
  try {
    tree = parseExpression(source);
  } catch (error) {
    return { because: `the expression ${source} cannot be read: ${(error as Error).message}` };
  }
  return compile(tree, scope);
}

/** A condition that is true or false, never null. */
export function compileCondition(source: string, scope: Scope): Expression | Refusal {
  const value = compileExpression(source, scope);
  return isRefusal(value) ? value : truth(value);
}

function compile(tree: VegaExpression, scope: Scope): Value | Refusal {
  switch (tree.type) {
    case "Literal":
      return constant(tree.value);
    case "Identifier":
      return { because: `the signal ${tree.name}` };
    case "MemberExpression": {
      const path = fieldPath(tree);
      return path ? scope(path) : { because: "a member of something other than datum" };
    }
    case "UnaryExpression":
      return all([tree.argument], scope, ([value]) => unary(tree.operator, value as Value));
    case "LogicalExpression":
    case "BinaryExpression": {
      const list = membership(tree);
      if (list)
        return all([list.item, ...list.items], scope, ([item, ...items]) => isIn(item as Value, items, list.wanted));
      return all([tree.left, tree.right], scope, ([left, right]) =>
        binary(tree.operator, left as Value, right as Value),
      );
    }
    case "ConditionalExpression":
      return all([tree.test, tree.consequent, tree.alternate], scope, ([test, yes, no]) =>
        choice(test as Value, yes as Value, no as Value),
      );
    case "CallExpression":
      return tree.callee.type === "Identifier"
        ? callOf(tree.callee.name, tree.arguments, scope)
        : { because: "a call" };
    default:
      return { because: `${tree.type} in an expression` };
  }
}

/** Compiles the parts; the first refusal is that of the whole. */
function all(
  trees: readonly VegaExpression[],
  scope: Scope,
  combine: (values: readonly Value[]) => Value | Refusal,
): Value | Refusal {
  const values: Value[] = [];
  for (const tree of trees) {
    const value = compile(tree, scope);
    if (isRefusal(value)) return value;
    values.push(value);
  }
  return combine(values);
}

/** `datum.a["b"]` as ["a", "b"]. */
function fieldPath(tree: VegaExpression): string[] | undefined {
  if (tree.type === "Identifier") return tree.name === "datum" ? [] : undefined;
  if (tree.type !== "MemberExpression") return undefined;
  const inner = fieldPath(tree.object);
  const { property } = tree;
  if (inner && !tree.computed && property.type === "Identifier") return [...inner, property.name];
  if (inner && property.type === "Literal" && typeof property.value === "string") return [...inner, property.value];
  return undefined;
}

function unary(operator: string, value: Value): Value | Refusal {
  if (operator === "!") {
    const test = truth(value);
    return isRefusal(test) ? test : condition(call("not", test));
  }
  if (operator === "+" && value.kind === "time") return { because: "a time as a number" };
  if (operator === "-" && typeof value.constant === "number") return constant(-value.constant);
  const operand = numeric(value);
  if (isRefusal(operand)) return operand;
  if (operator === "+") return number(operand);
  return operator === "-" ? number(call("negate", operand)) : { because: `the operator ${operator}` };
}

function binary(operator: string, left: Value, right: Value): Value | Refusal {
  if (operator === "&&" || operator === "||") {
    const [a, b] = [truth(left), truth(right)];
    if (isRefusal(a)) return a;
    if (isRefusal(b)) return b;
    return condition(operator === "&&" ? both(a, b) : call("or", a, b));
  }
  if (Object.hasOwn(equalities, operator)) return equality(left, right, equalities[operator] as boolean);
  if (Object.hasOwn(orders, operator)) return order(orders[operator] as Order, left, right);
  if (Object.hasOwn(arithmetic, operator)) return calculation(operator, left, right);
  return { because: `the operator ${operator}` };
}

type Order = { readonly name: string; readonly holds: (left: number, right: number) => boolean };

const equalities: { readonly [operator: string]: boolean } = { "===": true, "!==": false, "==": true, "!=": false };
const orders: { readonly [operator: string]: Order } = {
  "<": { name: "lt", holds: (left, right) => left < right },
  "<=": { name: "le", holds: (left, right) => left <= right },
  ">": { name: "gt", holds: (left, right) => left > right },
  ">=": { name: "ge", holds: (left, right) => left >= right },
};
const arithmetic: { readonly [operator: string]: string } = {
  "+": "add",
  "-": "subtract",
  "*": "multiply",
  "/": "divide",
  "%": "modulo",
};

function equality(left: Value, right: Value, wanted: boolean): Value | Refusal {
  const test = equal(left, right);
  return isRefusal(test) ? test : condition(wanted ? test : call("not", test));
}

function equal(left: Value, right: Value): Expression | Refusal {
  if (right.constant === null) return call("isNull", left.expression);
  if (left.constant === null) return call("isNull", right.expression);
  if (left.kind !== right.kind || left.kind === "other") return { because: `${left.kind} compared with ${right.kind}` };
  if (left.kind === "time" || left.decode || right.decode) return { because: "two times or bins tested for equality" };
  if (left.kind !== "number") return call("eqNullSafe", left.expression, right.expression);
  return call("eqNullSafe", asDouble(left), asDouble(right));
}

function order({ name, holds }: Order, left: Value, right: Value): Value | Refusal {
  if (left.decode || right.decode) return { because: "a comparison with a time unit" };
  if (left.kind === "time" && typeof right.constant === "number") {
    return condition(orNull(left, call(name, wallClock(left), instant(right.constant)), holds(0, right.constant)));
  }
  if (right.kind === "time" && typeof left.constant === "number") {
    return condition(orNull(right, call(name, instant(left.constant), wallClock(right)), holds(left.constant, 0)));
  }
  const [a, b] = [numeric(left), numeric(right)];
  if (isRefusal(a) || isRefusal(b)) return { because: `${left.kind} compared with ${right.kind}` };
  const test = call(name, a, b);
  return condition(left.isUndefined || right.isUndefined ? call("coalesce", test, boolean(false)) : test);
}

function calculation(operator: string, left: Value, right: Value): Value | Refusal {
  const [a, b] = [numeric(left), numeric(right)];
  if (isRefusal(a)) return a;
  if (isRefusal(b)) return b;
  // JavaScript gives infinity or NaN then, SQL an error.
  if ((operator === "/" || operator === "%") && !right.constant) return { because: "a division by what may be 0" };
  const result = number(call(arithmetic[operator] as string, a, b));
  return left.isUndefined || right.isUndefined ? { ...result, nullable: true, isUndefined: true } : result;
}

function choice(test: Value, yes: Value, no: Value): Value | Refusal {
  const when = truth(test);
  if (isRefusal(when)) return when;
  if (yes.kind !== no.kind || yes.kind === "time" || yes.kind === "other") {
    return { because: `a choice between ${yes.kind} and ${no.kind}` };
  }
  const isNumeric = yes.kind === "number";
  const type: SqlType = isNumeric ? { kind: "double" } : yes.type;
  if (yes.decode || no.decode) return { because: "a choice of bins" };
  const [first, second] = isNumeric ? [asDouble(yes), asDouble(no)] : [yes.expression, no.expression];
  const expression = either(when, first, second);
  return { expression, type, kind: yes.kind, nullable: yes.nullable || no.nullable };
}

/** `indexof([…], x) !== -1`: how Vega-Lite writes "x is one of". */
function membership(tree: Extract<VegaExpression, { operator: string; left: VegaExpression }>) {
  const { left, right } = tree;
  if (tree.operator !== "!==" && tree.operator !== "===") return undefined;
  if (left.type !== "CallExpression" || left.callee.type !== "Identifier" || left.callee.name !== "indexof")
    return undefined;
  if (right.type !== "UnaryExpression" || right.argument.type !== "Literal" || right.argument.value !== 1)
    return undefined;
  const [items, item] = left.arguments;
  if (items?.type !== "ArrayExpression" || !item) return undefined;
  return { item, items: items.elements, wanted: tree.operator === "!==" };
}

function isIn(item: Value, items: readonly Value[], wanted: boolean): Value | Refusal {
  if (items.some(({ constant, kind }) => constant === undefined || constant === null || kind !== item.kind)) {
    return { because: "a list of other things than constants of the column's type" };
  }
  if (item.decode) return { because: "a list of bins" };
  if (items.length === 0) return constant(!wanted);
  const isNumeric = item.kind === "number";
  const [needle, list] = [isNumeric ? asDouble(item) : item.expression, items.map(({ constant }) => literal(constant))];
  const test = orNull(item, call("isin", needle, ...list), false);
  return condition(wanted ? test : call("not", test));
}

/** The position in a list of constants, -1 if it is not among them: the order that a specification gives to values. */
function indexOf(item: Value, items: readonly Value[]): Value | Refusal {
  if (item.decode) return { because: "a list of bins" };
  let position: Expression = double(-1);
  // From the last to the first: what is named twice has its first place.
  for (const [index, one] of [...items.entries()].reverse()) {
    if (one.constant === undefined) return { because: "a list of other things than constants" };
    // JavaScript finds nothing of another type.
    if (one.constant !== null && one.kind !== item.kind) continue;
    const test = equal(item, one);
    if (isRefusal(test)) return test;
    position = either(test, double(index), position);
  }
  return number(position);
}

const literal = (value: unknown): Expression =>
  typeof value === "number"
    ? double(value)
    : typeof value === "string"
      ? text(value)
      : (constant(value) as Value).expression;

function callOf(name: string, args: readonly VegaExpression[], scope: Scope): Value | Refusal {
  if (name === "inrange" && args[1]?.type === "ArrayExpression" && args[1].elements.length === 2) {
    const [value, [low, high]] = [args[0] as VegaExpression, args[1].elements as [VegaExpression, VegaExpression]];
    return all([value, low, high], scope, ([x, from, to]) => inRange(x as Value, from as Value, to as Value));
  }
  const [only] = args;
  // Of null, `+datum.x` is 0, which is finite; a time is so by itself.
  if (name === "isFinite" && only?.type === "UnaryExpression" && only.operator === "+") {
    return all([only.argument], scope, ([value]) =>
      value?.kind === "number" || value?.kind === "time" ? condition(boolean(true)) : { because: "isFinite of text" },
    );
  }
  if (name === "indexof" && args[0]?.type === "ArrayExpression" && args[1] && args.length === 2) {
    return all([args[1], ...args[0].elements], scope, ([item, ...items]) => indexOf(item as Value, items));
  }
  const known = name.startsWith("utc") && name !== "utc" ? name.slice(3) : name;
  return all(args, scope, (values) => {
    if (name === "datetime" || name === "utc") return dateTime(values);
    const [value, ...rest] = values;
    const compiler = Object.hasOwn(functions, known) ? functions[known] : undefined;
    return compiler && value && rest.length === 0 ? compiler(value) : { because: `the function ${name}` };
  });
}

function inRange(value: Value, from: Value, to: Value): Value | Refusal {
  const low = order(orders[">="] as Order, value, from);
  const high = order(orders["<="] as Order, value, to);
  if (isRefusal(low)) return low;
  return isRefusal(high) ? high : condition(both(low.expression, high.expression));
}
