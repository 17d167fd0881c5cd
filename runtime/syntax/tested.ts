import type { Expression, Node } from "oxc-parser";

/** The expressions that a node tests for being true, with the operator or statement that tests them. */
export function testedBy(node: Node): [Expression, string][] {
  switch (node.type) {
    case "LogicalExpression":
      return [[last(node.left), node.operator]];
    case "UnaryExpression":
      return node.operator === "!" ? [[last(node.argument), "!"]] : [];
    case "ConditionalExpression":
      return [[last(node.test), "?:"]];
    case "IfStatement":
      return [[last(node.test), "if"]];
    case "WhileStatement":
    case "DoWhileStatement":
      return [[last(node.test), "while"]];
    case "ForStatement":
      return node.test ? [[last(node.test), "for"]] : [];
    default:
      return [];
  }
}

/** Of `a && b` the operator tests `a`, and what is around it `b`. */
const last = (expression: Expression): Expression =>
  expression.type === "LogicalExpression" ? last(expression.right) : expression;

/** Whether it could be a DataFrame's Column, which is always true. */
export function couldBeColumn(expression: Expression): boolean {
  switch (expression.type) {
    case "Identifier":
      return expression.name !== "undefined";
    case "MemberExpression":
    case "CallExpression":
    case "ChainExpression":
    case "TaggedTemplateExpression":
      return true;
    default:
      return false;
  }
}
