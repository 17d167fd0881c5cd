import type MagicString from "magic-string";
import type { Node, Program } from "oxc-parser";
import { isFunction, walk } from "../syntax/parse.ts";

/**
 * An interrupt must also end what waits: each `await` asks first whether its run was interrupted since the function
 * began, and if so waits for ever; so does each step of a `for await`. Functions that begin later (the handler of a server, say) go on working.
 */
export function stopAwaits(program: Program, helpers: string, edits: MagicString): void {
  visitBody(program, `${helpers}.cell`, helpers, edits, "says where");
}

function visitBody(body: Node, life: string, helpers: string, edits: MagicString, own?: "says where"): void {
  walk(body, (node) => {
    if (isFunction(node)) {
      visitFunction(node as FunctionNode, helpers, edits);
      return false;
    }
    const at = own ? `, ${node.start}` : "";
    if (node.type === "AwaitExpression") {
      // The parentheses are for `await (a, b)`.
      edits.appendRight(node.argument.start, `${helpers}.wait(${life}, (`);
      edits.prependLeft(node.argument.end, `)${at})`);
    } else if (node.type === "ForOfStatement" && node.await) {
      edits.appendRight(node.right.start, `${helpers}.each(${life}, (`);
      edits.prependLeft(node.right.end, `)${at})`);
    }
    return true;
  });
}

type FunctionNode = Extract<Node, { async: boolean; body: unknown }>;

function visitFunction(node: FunctionNode, helpers: string, edits: MagicString): void {
  for (const parameter of node.params) walkNested(parameter, helpers, edits);
  if (node.body === null) return;
  if (node.body.type !== "BlockStatement") {
    // `async () => await x` has no loop that would have to be ended.
    walkNested(node.body, helpers, edits);
    return;
  }
  const life = `${helpers}_life`;
  if (node.async && hasAwait(node.body)) edits.appendRight(bodyStart(node.body), `const ${life} = ${helpers}.life();`);
  visitBody(node.body, life, helpers, edits);
}

/** Functions inside an expression that is itself left as it is. */
function walkNested(root: Node, helpers: string, edits: MagicString): void {
  if (isFunction(root)) {
    visitFunction(root as FunctionNode, helpers, edits);
    return;
  }
  walk(root, (node) => {
    if (!isFunction(node)) return true;
    visitFunction(node as FunctionNode, helpers, edits);
    return false;
  });
}

function hasAwait(body: Node): boolean {
  let found = false;
  walk(body, (node) => {
    if (node.type === "AwaitExpression" || (node.type === "ForOfStatement" && node.await)) found = true;
    return !found && !isFunction(node);
  });
  return found;
}

/** Behind the directives ("use strict"), which must stay first. */
function bodyStart(body: Extract<Node, { type: "BlockStatement" }>): number {
  const directives = body.body.filter((statement) => statement.type === "ExpressionStatement" && statement.directive);
  return directives.at(-1)?.end ?? body.start + 1;
}
