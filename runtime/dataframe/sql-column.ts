import { columnNamed, ownNamed } from "../plan/column-path.ts";
import type { Expression } from "../plan/expressions.ts";
import type { Named } from "../plan/nodes.ts";

/** A column written as SQL text: "delay / 60 as hours". */
export function textColumn(text: string): Named {
  const { body, name } = parted(text);
  const path = pathIn(body.trim());
  if (name !== undefined) return { name, expression: path ?? { kind: "sql", text: body } };
  return path === undefined ? { name: text.trim(), expression: { kind: "sql", text: text.trim() } } : ownNamed(path);
}

/** The same as an expression, which is an alias where the text has one. */
export function textExpression(text: string): Expression {
  const { body, name } = parted(text);
  const input = pathIn(body.trim()) ?? { kind: "sql", text: name === undefined ? text : body };
  return name === undefined ? input : { kind: "alias", input, name };
}

/** The text before the last AS, and the name behind it. */
function parted(text: string): { body: string; name?: string } {
  let depth = 0;
  const words: { word: string; start: number; depth: number }[] = [];
  for (const { 0: word, index: start } of text.matchAll(TOKENS)) {
    if (OPENING.includes(word)) depth += 1;
    if (CLOSING.includes(word)) depth -= 1;
    if (!BLANK.test(word)) words.push({ word, start, depth });
  }
  const [before, as, last] = words.slice(-3);
  if (as?.word.toLowerCase() !== "as" || as.depth !== 0 || last === undefined || !NAME.test(last.word))
    return { body: text };
  const body = text.slice(0, as.start).trimEnd();
  if (before === undefined) return { body: text };
  if (!/^["`]/.test(last.word)) return { body, name: last.word };
  return { body, name: last.word.slice(1, -1).replace(/""|``/g, (two) => two.charAt(0)) };
}

const TOKENS = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|--[^\n]*|\/\*[\s\S]*?\*\/|[\p{L}\p{N}_$]+|\s+|./gsu;
const BLANK = /^(?:\s|--|\/\*)/;
const NAME = /^(?:"(?:[^"]|"")+"|`(?:[^`]|``)+`|[\p{L}_][\p{L}\p{N}_$]*)$/su;
const OPENING = ["(", "[", "{"];
const CLOSING = [")", "]", "}"];

/** `*`, `a.x`, `address.city`, `a.*`: what is no more than a name means the same as in select. */
function pathIn(text: string): Expression | undefined {
  if (text !== "*" && !PATH.test(text)) return undefined;
  return columnNamed(
    text.replace(/"((?:[^"]|"")+)"/g, (_, name) => `\`${name.replaceAll('""', '"').replaceAll("`", "``")}\``),
  );
}

const PART = '(?:[\\p{L}_][\\p{L}\\p{N}_$]*|"(?:[^"]|"")+"|`(?:[^`]|``)+`)';
const PATH = new RegExp(`^${PART}(?:\\.${PART})*\\.(?:${PART}|\\*)$`, "u");
