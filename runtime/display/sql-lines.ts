import { printable } from "./text.ts";
import { textWidth } from "./text-width.ts";

/**
 * SQL broken into lines of at most so many columns of a terminal. It is broken only at blanks between tokens, so that
 * what is copied from the terminal is the same SQL; a token that is longer stays whole.
 */
export function wrapSql(sql: string, columns: number): string {
  let text = "";
  let column = 0;
  let blank = "";
  for (const [part] of printable(sql).matchAll(words)) {
    if (/^[^\S\n]+$/.test(part)) {
      blank = part;
      continue;
    }
    const lines = part.split("\n");
    const fits = column + blank.length + textWidth(lines[0] as string) <= columns;
    const between = part === "\n" ? "" : fits || column === 0 ? blank : `\n${indent}`;
    text += between + part;
    const start = lines.length > 1 ? 0 : between.startsWith("\n") ? indent.length : column + between.length;
    column = start + textWidth(lines.at(-1) as string);
    blank = "";
  }
  return text;
}

const indent = "  ";

// Texts, quoted names and comments are parts of words: blanks in them are no place to break. A `''` joins two texts.
const words = /\n|[^\S\n]+|(?:'[^']*'|"[^"]*"|--[^\n]*|\/\*[\s\S]*?\*\/|\S)+/gu;
