import { type Node, type ParseResult, type Program, parseSync, visitorKeys } from "oxc-parser";

/** A cell that is not TypeScript. Positions are UTF-16 offsets into the cell's text. */
export class CellSyntaxError extends Error {
  readonly startUtf16: number;
  readonly endUtf16: number;

  constructor(message: string, startUtf16: number, endUtf16: number) {
    super(message);
    this.name = "SyntaxError";
    this.startUtf16 = startUtf16;
    this.endUtf16 = endUtf16;
  }
}

/** The syntax tree of a cell, or a {@link CellSyntaxError} with the first mistake. */
export function parse(code: string, language: "ts" | "js"): Program {
  const result = parseSync(`cell.${language}`, code, {
    lang: language,
    sourceType: "module",
    preserveParens: false,
    // Says that a name is declared twice in one cell; V8 would not, since all names become assignments.
    showSemanticErrors: language === "ts",
  });
  const [first] = result.errors;
  if (first !== undefined) throw asSyntaxError(first, code);
  return result.program;
}

function asSyntaxError(error: ParseResult["errors"][number], code: string): CellSyntaxError {
  // Where two places are marked (declared here, declared again there), the last is the one to change.
  const label = error.labels.at(-1);
  const start = label?.start ?? 0;
  const message = error.message.replace(/^TS\(\d+\): /, "").replaceAll("`", '"');
  return new CellSyntaxError(message + hint(code), start, label?.end ?? start);
}

/** `{ a: 1, b: 2 }` is a block to TypeScript, and a broken one. */
function hint(code: string): string {
  if (!/^\s*\{/.test(code)) return "";
  const { errors } = parseSync("cell.ts", `(${code.trim().replace(/;$/, "")}\n)`, { lang: "ts", sourceType: "module" });
  return errors.length === 0 ? ". A statement that begins with { is a block: put the object in parentheses" : "";
}

/** Returning false leaves the node's children out. */
export type Visit = (node: Node, parent: Node, key: string) => unknown;

/** Visits every node below `root`, parents first, in source order. */
export function walk(root: Node, visit: Visit): void {
  for (const key of visitorKeys[root.type] ?? []) {
    const child = (root as unknown as Record<string, unknown>)[key];
    if (Array.isArray(child)) {
      for (const item of child) if (isNode(item)) step(item, root, key, visit);
    } else if (isNode(child)) step(child, root, key, visit);
  }
}

function step(node: Node, parent: Node, key: string, visit: Visit): void {
  if (visit(node, parent, key) !== false) walk(node, visit);
}

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && "type" in value;

export const isFunction = (node: Node): boolean =>
  node.type === "FunctionDeclaration" || node.type === "FunctionExpression" || node.type === "ArrowFunctionExpression";

/** Where imports and functions that stand further down are moved to: the first statement that is neither. */
export function hoistingPoint(program: Program): number {
  const first = program.body.find(({ type }) => type !== "ImportDeclaration" && type !== "FunctionDeclaration");
  return first?.start ?? program.end;
}
