import { createRequire } from "node:module";
import { isTextCell } from "../../runtime/syntax/magic-names.ts";

export type Completeness =
  | { readonly status: "complete" | "invalid" }
  /** `indent` goes in front of the next line. */
  | { readonly status: "incomplete"; readonly indent: string };

type Parser = typeof import("oxc-parser");
type Magics = typeof import("../../runtime/syntax/magics.ts");
type ParseError = ReturnType<Parser["parseSync"]>["errors"][number];

// Loading the parser takes longer than all else that the kernel loads, and the first prompt does not need it.
let parser: Parser | undefined;
let magics: Magics | undefined;

/** A last line that asks about a name, `flights?`; see runtime/session/help.ts. */
const question =
  /(^|\n)[ \t]*[\p{ID_Start}$_][\p{ID_Continue}$?.]*\?\s*$|^\s*\?{1,2}[\p{ID_Start}$_][\p{ID_Continue}$?.]*\s*$/u;

/** Nothing is known of names that cells of the session declare. */
const isGlobal = (name: string): boolean => name in globalThis;

/**
 * Whether Enter should run the code or begin another line: a parser that fails only at the end wants more. `isName` tells
 * of a name whether anything has it, for lines that begin with `!`.
 */
export function completenessOf(code: string, isName = isGlobal): Completeness {
  const asked = /^\?|\?$/.test(code.trim()) && !isTextCell(code) ? code.replace(question, "") : code;
  if (asked !== code) return asked.trim() === "" ? { status: "complete" } : completenessOf(asked, isName);
  return /^[%!]/m.test(code) ? withMagics(code, isName) : ofTypeScript(code);
}

/** The text of a cell magic ends with an empty line, as in IPython; code that is timed ends as code does. */
function withMagics(text: string, isName: (name: string) => boolean): Completeness {
  magics ??= createRequire(import.meta.url)("../../runtime/syntax/magics.ts") as Magics;
  const { code, magics: found } = magics.readMagics(text, isName);
  const [first] = found;
  const last = found.at(-1);
  if (first?.kind === "cell") {
    const isCode = first.name === "time";
    if (first.body.trim() === "" || (!isCode && !/\n[ \t]*$/.test(text))) return { status: "incomplete", indent: "" };
  }
  const goesOn = last?.kind === "shell" && last.end === text.length && /[ \t]\\$/.test(text);
  return goesOn ? { status: "incomplete", indent: "" } : ofTypeScript(code);
}

function ofTypeScript(code: string): Completeness {
  parser ??= createRequire(import.meta.url)("oxc-parser") as Parser;
  const { errors } = parser.parseSync("cell.ts", code, { sourceType: "module" });
  if (errors.length === 0) return { status: "complete" };
  if (!errors.some((error) => wantsMore(error, code)) && !isOfGenericArrow(code)) return { status: "invalid" };
  return { status: "incomplete", indent: indentAfter(code) };
}

/** What the rest of `<T>(x: T) => x` may be, by where it was left. */
const restsOfArrow = ["0", ") => 0", "T) => 0", ">() => 0", "T>() => 0"];

/** An arrow function with type parameters is read as a cast until its body begins: what is wrong then is not at the end. */
function isOfGenericArrow(code: string): boolean {
  if (!code.includes("<") || parser === undefined) return false;
  const { parseSync } = parser;
  return restsOfArrow.some((rest) => {
    const whole = `${code}\n${rest}`;
    const { errors } = parseSync("cell.ts", whole, { sourceType: "module" });
    return errors.length === 0 || errors.some((error) => wantsMore(error, whole));
  });
}

function wantsMore(error: ParseError, code: string): boolean {
  const [first] = error.labels ?? [];
  if (!first) return false;
  const found = code.slice(first.start, first.end);
  if (/^Unterminated/.test(error.message)) {
    // A quoted string or a regular expression cannot go on in the next line; after a backslash a string can. What the
    // parser calls unterminated after `}` is the rest of a template.
    return /^[`}]/.test(found) || found.startsWith("/*") || (/^["']/.test(found) && code.endsWith("\\"));
  }
  // Of an open `?.` the parser reports the sign itself.
  if (first.end === code.length && found === "?.") return true;
  // Half a number or name ("0x", "#") cannot go on in the next line either.
  return (
    first.start >= code.length && first.end >= code.length && !/^(Unexpected end of file|Invalid)/.test(error.message)
  );
}

/** `if (x)`, `else`, `(x) =>`: what follows belongs to it. */
const withoutBody = /(?:^|[\s;}])(?:(?:if|while|for|for await)\s*\(.*\)|else|do)$|=>$/;

function indentAfter(code: string): string {
  const lastLine = code.trimEnd().split("\n").at(-1) ?? "";
  const indent = /^[ \t]*/.exec(lastLine)?.[0] ?? "";
  return /[{([]$/.test(lastLine) || withoutBody.test(lastLine) ? `${indent}  ` : indent;
}
