import { AnalysisError } from "../../errors.ts";

export type Parsed = {
  readonly kind: "query" | "command";
  /** All names in the text: Spark's server takes no text apart, and what is no table does no harm among tables. */
  readonly tables: readonly string[];
  /** Its rows come from a command (SHOW, DESCRIBE), which cannot stand in a FROM. */
  readonly isReport: boolean;
};

/** What SQL text is, in Spark's dialect, by its words: nothing is asked of the server. */
export function parse(sql: string): Parsed {
  const words = wordsOf(sql);
  const first = words.find(({ depth, text }) => depth === 0 || /^(?:select|with|values|table|from)$/i.test(text));
  if (first === undefined) throw new AnalysisError("EMPTY_SQL", "The SQL text is empty.", { sql });
  const word = first.text.toLowerCase();
  const changes = words.some(({ depth, text }) => depth === 0 && /^(?:insert|merge|update|delete)$/i.test(text));
  const isReport = REPORTS.has(word);
  const isQuery = isReport || (QUERIES.has(word) && !(changes && (word === "with" || word === "from")));
  const tables = [...new Set(words.map(({ text }) => text))];
  return { kind: isQuery ? "query" : "command", tables, isReport };
}

const QUERIES: ReadonlySet<string> = new Set(["select", "with", "values", "table", "from"]);
const REPORTS: ReadonlySet<string> = new Set(["show", "describe", "desc", "explain", "list"]);

type Word = { readonly text: string; readonly depth: number };

/** Texts in quotes and comments are stepped over; names in backticks are words. */
const TOKEN =
  /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|`(?:[^`]|``)+`|[\p{L}_][\p{L}\p{N}_]*|[()]/gu;

function wordsOf(sql: string): Word[] {
  const words: Word[] = [];
  let depth = 0;
  for (const [token] of sql.matchAll(TOKEN)) {
    if (token === "(") depth++;
    else if (token === ")") depth--;
    else if (token.startsWith("`")) words.push({ text: token.slice(1, -1).replaceAll("``", "`"), depth: depth + 1 });
    else if (/^[\p{L}_]/u.test(token)) words.push({ text: token, depth });
  }
  return words;
}
