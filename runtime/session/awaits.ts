import type MagicString from "magic-string";
import type { Node, Program } from "oxc-parser";
import { isFunction, walk } from "../syntax/parse.ts";

/**
 * An interrupt must also end what waits: each `await` asks, before and after, whether its run was interrupted since the
 * function began, and if so waits for ever; so does each step of a `for await`, and each `catch` and `finally`, where a
 * rejection would go on. Functions that begin later (the handler of a server, say) go on working.
 *
 * `await x` → `q.first(await q.wait(life, (x)), life.stopped && await q.never)`: a call, which needs no parentheses and
 * no semicolon before it, and no tick of its own.
 */
export function stopAwaits(program: Program, helpers: string, edits: MagicString): void {
  visitBody(program, `${helpers}.cell`, helpers, edits, "says where");
}

/** A body that waits somewhere. */
function visitBody(body: Node, life: string, helpers: string, edits: MagicString, own?: "says where"): void {
  walk(body, (node) => {
    if (isFunction(node)) {
      visitFunction(node as FunctionNode, helpers, edits);
      return false;
    }
    const at = own ? `, ${node.start}` : "";
    if (node.type === "AwaitExpression") {
      edits.appendRight(node.start, `${helpers}.first(`);
      // The parentheses are for `await (a, b)`.
      edits.appendRight(node.argument.start, `${helpers}.wait(${life}, (`);
      // What is put in later stands before it.
      edits.prependLeft(node.end, `, ${life}.stopped && await ${helpers}.never)`);
      edits.prependLeft(node.argument.end, `)${at})`);
    } else if (node.type === "ForOfStatement" && node.await) {
      edits.appendRight(node.right.start, `${helpers}.each(${life}, (`);
      edits.prependLeft(node.right.end, `)${at})`);
    } else if (node.type === "TryStatement") {
      for (const block of [node.handler?.body, node.finalizer]) {
        if (block) edits.appendRight(block.start + 1, `if (${life}.stopped) await ${helpers}.never;`);
      }
    } else if (node.type === "StaticBlock") {
      walkNested(node, helpers, edits);
      return false;
    }
    return true;
  });
}

type FunctionNode = Extract<Node, { async: boolean; body: unknown }>;

function visitFunction(node: FunctionNode, helpers: string, edits: MagicString): void {
  for (const parameter of node.params) walkNested(parameter, helpers, edits);
  if (node.body === null) return;
  // `async () => await x` has nothing behind it that would have to be ended.
  if (node.body.type !== "BlockStatement" || !node.async || !hasAwait(node.body)) {
    walkNested(node.body, helpers, edits);
    return;
  }
  const life = `${helpers}_life`;
  edits.appendRight(bodyStart(node.body), `const ${life} = ${helpers}.life();`);
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
