import type { MemberExpression, Node } from "oxc-parser";
import { parse, walk } from "../../../runtime/syntax/parse.ts";
import { notAssignable } from "./policy.ts";

/**
 * One of several frames, `cond ? f : w` or `for (const d of [f, w])`: TypeScript takes only what all of them take, and of
 * most methods that is nothing, as their parameters name columns. What they have in common, the run shows.
 */
export function isOfSeveralFrames(code: number, message: string): boolean {
  if (code === 2349) return oneIsCalled.test(message);
  if (code === 2345 && ofOneWay.test(message)) return true;
  return notAssignable.has(code) && oneIsGiven.test(message);
}

/** Where the names stand that lead to a method which is given the argument there: `f` and `na` of `f.na.drop(`. */
export function namesBeforeCall(code: string, argumentAt: number): number[] {
  const calls: MemberExpression[] = [];
  walk(parse(code, "ts"), (node) => {
    const isAround = node.type === "CallExpression" && node.callee.end < argumentAt && argumentAt < node.end;
    if (isAround && node.callee.type === "MemberExpression") calls.push(node.callee);
    return true;
  });
  return calls.length === 0 ? [] : namesOfChain((calls.at(-1) as MemberExpression).object);
}

/** Of `a.b("c").d`, the last first. */
function namesOfChain(node: Node): number[] {
  switch (node.type) {
    case "Identifier":
      return [node.start];
    case "MemberExpression":
      return [...(node.computed ? [] : [node.property.start]), ...namesOfChain(node.object)];
    case "CallExpression":
      return namesOfChain(node.callee);
    case "AwaitExpression":
      return namesOfChain(node.argument);
    case "TSNonNullExpression":
    case "ParenthesizedExpression":
      return namesOfChain(node.expression);
    default:
      return [];
  }
}

/** Of what a hover tells about one of them. */
export const isSeveral = (hover: string): boolean => severalFrames.test(hover);

const oneIsCalled = /^\s*Each member of the union type .*(?:DataFrame|GroupedData|Columns)</m;
/** Of the ways to call a method, which one frame tells with another number, there is the one left that all have in common. */
const ofOneWay =
  /to parameter of type '(?:readonly Selected\[\] \| Selected|Column<any, any> \| readonly Column<any, any>\[\])'\.$/m;
const frame = String.raw`(?:import\("quern"\)\.)?DataFrame<`;
const severalFrames = new RegExp(String.raw`\b${frame}.*> \| ${frame}`, "s");
const oneIsGiven = new RegExp(String.raw`^\s*(?:Argument of type|Type) '${frame}[^']*> \| ${frame}`, "m");
