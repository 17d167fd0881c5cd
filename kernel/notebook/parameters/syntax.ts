import { createRequire } from "node:module";
import type { Program } from "oxc-parser";

export type Comment = { readonly value: string; readonly start: number; readonly end: number };

export type Syntax =
  | { readonly program: Program; readonly comments: readonly Comment[] }
  /** Line and column count from 1. */
  | { readonly mistake: string; readonly line: number; readonly column: number };

type Parser = typeof import("oxc-parser");
type Magics = typeof import("../../../runtime/syntax/magics.ts");

// Loading the parser takes longer than all else here, and most runs give no parameters.
let parser: Parser | undefined;

/** The syntax tree of a cell, as the session process reads it, or its first mistake. Magics are no part of it. */
export function parseCell(text: string): Syntax {
  const code = /^[%!]/m.test(text) ? withoutMagics(text) : text;
  parser ??= createRequire(import.meta.url)("oxc-parser") as Parser;
  const { program, comments, errors } = parser.parseSync("cell.ts", code, {
    lang: "ts",
    sourceType: "module",
    preserveParens: false,
    showSemanticErrors: true,
  });
  const [first] = errors;
  if (first === undefined) return { program, comments };
  const before = code.slice(0, first.labels.at(-1)?.start ?? 0).split("\n");
  return {
    mistake: first.message.replace(/^TS\(\d+\): /, "").replace(/\.$/, ""),
    line: before.length,
    column: (before.at(-1) ?? "").length + 1,
  };
}

function withoutMagics(text: string): string {
  const { readMagics } = createRequire(import.meta.url)("../../../runtime/syntax/magics.ts") as Magics;
  return readMagics(text, () => false).code;
}
