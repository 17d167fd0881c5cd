import type { Node, Program } from "oxc-parser";
import { walk } from "./parse.ts";

/** What a program imports by a text that stands in it. */
export function importsIn(program: Program): string[] {
  const found: string[] = [];
  const add = (source: Node | null | undefined) => {
    if (source?.type === "Literal" && typeof source.value === "string") found.push(source.value);
  };
  walk(program, (node) => {
    switch (node.type) {
      case "ImportDeclaration":
      case "ExportAllDeclaration":
      case "ExportNamedDeclaration":
      case "ImportExpression":
        add(node.source);
        return true;
      case "CallExpression":
        if (node.callee.type === "Identifier" && node.callee.name === "require") add(node.arguments[0]);
        return true;
      default:
        return true;
    }
  });
  return found;
}
