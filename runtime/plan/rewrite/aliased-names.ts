import { AnalysisError } from "../../errors.ts";
import type { Expression } from "../expressions.ts";

type Text = Extract<Expression, { kind: "sql" }>;

/** The column behind an alias of a frame, as `a.x`; undefined where there is none. */
type ColumnBehind = (alias: string, name: string) => Expression | undefined;

/**
 * SQL text with the columns that it names behind aliases of frames (`a.id = b.id`) as operands of its own, since in SQL these
 * frames have other names; the text itself where there are none.
 * @throws AnalysisError for one within a query of the text, which would take it for a column of its own
 */
export function withAliasedNames(text: Text, columnBehind: ColumnBehind): Text {
  if (text.columns !== undefined) return text;
  const pieces: string[] = [];
  const columns: Expression[] = [];
  let end = 0;
  /** Of each bracket that is open, whether a query stands in it. */
  const brackets: boolean[] = [];
  for (const match of text.text.matchAll(TOKENS)) {
    const [token] = match;
    if (token === "(") brackets.push(QUERY.test(text.text.slice(match.index)));
    if (token === ")") brackets.pop();
    const [alias, name] = [match.groups?.alias, match.groups?.name].map((part) => part && plain(part));
    const column = alias && name ? columnBehind(alias, name) : undefined;
    if (column === undefined) continue;
    if (brackets.includes(true))
      throw new AnalysisError(
        "ALIAS_IN_QUERY",
        `Within a query in SQL text ${token} cannot be told from columns of the query's own tables: rename the frame's column first (withColumnRenamed), and write the new name alone.`,
      );
    pieces.push(text.text.slice(end, match.index));
    columns.push(column);
    end = match.index + match[0].length;
  }
  if (columns.length === 0) return text;
  return Object.freeze({ ...text, pieces: [...pieces, text.text.slice(end)], columns });
}

/** Whether a text has a name behind another. */
export const hasDottedNames = (text: string): boolean => /[\p{L}_$"`]\s*\.\s*[\p{L}_"`]/u.test(text);

const QUERY = /^\(\s*(?:select|from|with)\b/i;
const WORD = '(?:[\\p{L}_][\\p{L}\\p{N}_$]*|"(?:[^"]|"")+"|`(?:[^`]|``)+`)';
/** Texts and comments hold no names; what stands behind more than one dot is a field, and before a bracket a function. */
const TOKENS = new RegExp(
  `'(?:[^'\\\\]|\\\\.|'')*'|--[^\\n]*|/\\*[\\s\\S]*?\\*/|(?<![\\p{L}\\p{N}_$."\`])(?<alias>${WORD})\\.(?<name>${WORD})(?![\\p{L}\\p{N}_$]|\\s*\\()|${WORD}|[\\s\\S]`,
  "gsu",
);

const plain = (word: string): string =>
  /^["`]/.test(word) ? word.slice(1, -1).replace(/""|``/g, (two) => two.charAt(0)) : word;
