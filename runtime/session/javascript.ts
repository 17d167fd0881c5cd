import { stripTypeScriptTypes } from "node:module";
import type { TransformOptions } from "esbuild";
import type { Node, Program } from "oxc-parser";
import { CellSyntaxError, walk } from "../syntax/parse.ts";
import { runContext } from "./run.ts";

/** `map` is the source map's JSON text, where positions differ from those of the TypeScript. */
export type JavaScript = { readonly code: string; readonly map?: string };

type Typing = "none" | "erasable" | "compiled";

/**
 * The JavaScript of a cell. Types that can be blanked out are (no position changes, and no other process is asked);
 * enums, namespaces, decorators and parameter properties need a compiler.
 */
export async function toJavaScript(code: string, program: Program): Promise<JavaScript> {
  const typing = findTyping(program);
  if (typing === "none") return { code };
  if (typing === "erasable") {
    try {
      return { code: stripTypeScriptTypes(code) };
    } catch {
      // Rare syntax that Node does not erase, as `<T>value`.
    }
  }
  return compile(code);
}

const options: TransformOptions = {
  loader: "ts",
  target: "esnext",
  // V8 has no decorators yet, whatever "esnext" says.
  supported: { decorators: false },
  sourcemap: "external",
  sourcefile: "cell.ts",
  logLevel: "silent",
  tsconfigRaw: {
    compilerOptions: { verbatimModuleSyntax: true, useDefineForClassFields: true, experimentalDecorators: false },
  },
};

let esbuild: typeof import("esbuild") | undefined;

async function compile(code: string): Promise<JavaScript> {
  esbuild ??= await import("esbuild");
  try {
    // Its service is not the cell's to end.
    return await runContext.exit(esbuild.transform, code, options);
  } catch (error) {
    const [first] = (error as { errors?: { text: string; location: Location | null }[] }).errors ?? [];
    if (!first?.location) throw error;
    const start = offsetOf(code, first.location);
    throw new CellSyntaxError(first.text, start, start + first.location.length);
  }
}

/**
 * The next that is compiled has new helpers. An interrupt may have ended esbuild's process and thread (one that imported
 * TypeScript began is the cell's, as far as can be seen), or what it was about to read from them.
 */
export function renewCompiler(): void {
  esbuild?.stop();
}

type Location = { line: number; column: number; length: number };

/** esbuild counts columns in bytes of UTF-8. */
function offsetOf(code: string, { line, column }: Location): number {
  const lines = code.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  return before + Buffer.from(lines[line - 1] ?? "").toString("utf8", 0, column).length;
}

const compiledNodes = new Set<string>([
  "TSEnumDeclaration",
  "TSParameterProperty",
  "TSImportEqualsDeclaration",
  "TSExportAssignment",
  "TSTypeAssertion",
  "Decorator",
]);

function findTyping(program: Program): Typing {
  let typing: Typing = "none";
  walk(program, (node) => {
    if (typing === "compiled") return false;
    if (compiledNodes.has(node.type) || (node.type === "TSModuleDeclaration" && !node.declare)) typing = "compiled";
    else if (isTyped(node)) typing = "erasable";
    return true;
  });
  return typing;
}

/** Modifiers of TypeScript are flags of JavaScript's nodes. */
const modifiers = ["declare", "abstract", "override", "readonly", "definite", "accessibility"] as const;

function isTyped(node: Node): boolean {
  if (node.type.startsWith("TS")) return true;
  const flags = node as unknown as { [flag: string]: unknown };
  if (modifiers.some((name) => flags[name])) return true;
  if (flags.importKind === "type" || flags.exportKind === "type") return true;
  // `a?.b` is JavaScript, `a?: string` is not.
  return flags.optional === true && node.type !== "MemberExpression" && node.type !== "CallExpression";
}

/** Loads the compiler and lets it start its process, so that the first enum does not wait for it. */
export async function warmCompiler(): Promise<void> {
  await compile("enum Warm { Up }");
}

/** Node announces once that stripping is experimental; no cell is to show that. */
export function quietTypeStripping(): void {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    stripTypeScriptTypes("let warm: number");
  } finally {
    process.emitWarning = emitWarning;
  }
}
