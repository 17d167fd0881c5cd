import type { Expression, Node } from "oxc-parser";

/** The expressions that a node tests for being true, with the operator or statement that tests them. */
export function testedBy(node: Node): [Expression, string][] {
  switch (node.type) {
    case "LogicalExpression":
      return [[node.left, node.operator]];
    case "UnaryExpression":
      return node.operator === "!" ? [[node.argument, "!"]] : [];
    case "ConditionalExpression":
      return [[node.test, "?:"]];
    case "IfStatement":
      return [[node.test, "if"]];
    case "WhileStatement":
    case "DoWhileStatement":
      return [[node.test, "while"]];
    case "ForStatement":
      return node.test ? [[node.test, "for"]] : [];
    default:
      return [];
  }
}

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
