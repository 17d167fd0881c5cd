import { columnNamed, ownNamed, textOf } from "../plan/column-path.ts";
import type { Expression } from "../plan/expressions.ts";
import { intervalIn } from "../plan/interval-literal.ts";
import type { Named } from "../plan/nodes.ts";

/** A column written as SQL text: "delay / 60 as hours". */
export function textColumn(text: string): Named {
  const { body, name } = parted(text);
  const path = pathIn(body.trim()) ?? spanIn(body);
  if (name !== undefined) return { name, expression: path ?? textOf(body) };
  return path === undefined ? { name: text.trim(), expression: textOf(text.trim()) } : ownNamed(path);
}

/** The same as an expression, which is an alias where the text has one. */
export function textExpression(text: string): Expression {
  const { body, name } = parted(text);
  const input = pathIn(body.trim()) ?? spanIn(body) ?? textOf(name === undefined ? text : body);
  return name === undefined ? input : { kind: "alias", input, name };
}

/** A literal such as INTERVAL 1 DAY, which means the same in both dialects. */
function spanIn(text: string): Expression | undefined {
  const found = intervalIn(text);
  if (found === undefined) return undefined;
  const { value, type } = found;
  return { kind: "literal", value: type.kind === "year_month_interval" ? Number(value) : value, type };
}

/** The text before the last AS, and the name behind it; AS may be left out behind a name or a bracket. */
function parted(text: string): { body: string; name?: string } {
  let depth = 0;
  const words: Word[] = [];
  for (const { 0: word, index: start } of text.matchAll(TOKENS)) {
    if (OPENING.includes(word)) depth += 1;
    if (CLOSING.includes(word)) depth -= 1;
    if (!BLANK.test(word)) words.push({ word, start, depth });
  }
  const [before, as, last] = words.slice(-3);
  if (last === undefined || as === undefined || as.depth !== 0 || !NAME.test(last.word)) return withoutAs(text, words);
  if (as.word.toLowerCase() !== "as" || before === undefined) return withoutAs(text, words);
  return { body: text.slice(0, as.start).trimEnd(), name: plainName(last.word) };
}

/** `upper(name) n`, `name n`. */
function withoutAs(text: string, words: readonly Word[]): { body: string; name?: string } {
  const [before, last] = words.slice(-2);
  if (before === undefined || last === undefined || last.depth !== 0 || !isName(last.word)) return { body: text };
  const body = text.slice(0, last.start).trimEnd();
  const isPath = (NAME.test(body.trim()) || PATH.test(body.trim())) && isName(body.trim());
  const isClosed = CLOSING.includes(before.word) && before.depth === 0;
  return isPath || isClosed ? { body, name: plainName(last.word) } : { body: text };
}

type Word = { readonly word: string; readonly start: number; readonly depth: number };

const isName = (word: string): boolean => /[."`]/.test(word) || (NAME.test(word) && !NO_NAMES.has(word.toLowerCase()));

const plainName = (word: string): string =>
  /^["`]/.test(word) ? word.slice(1, -1).replace(/""|``/g, (two) => two.charAt(0)) : word;

/** Words that stand behind a bracket, or before a name, and mean something. */
const NO_NAMES: ReadonlySet<string> = new Set(
  (
    "all and asc between case collate desc distinct div else end exists filter from ilike in interval is isnull like not " +
    "notnull null nulls or over regexp rlike similar then when where within year years quarter quarters month months week " +
    "weeks day days hour hours minute minutes second seconds millisecond milliseconds microsecond microseconds date time " +
    "timestamp timestamp_ntz timestamp_ltz"
  ).split(" "),
);

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
