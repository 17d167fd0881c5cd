import type { Plan } from "../../plan/nodes.ts";
import { childrenFirst } from "../../plan/walk.ts";
import { type Finish, markSteps } from "../../sql/mark-steps.ts";

/**
 * Marks in the SQL that is run which step has made what may fail: casts get a comment with the step's number, the
 * messages of errors that the SQL raises itself the number in their code. DuckDB shows the place of a failed cast and
 * the message, so the step is known without running anything again.
 */
export const tracer = (plan: Plan): Finish => markSteps(plan, markText);

/** The step that a message's mark names. */
export function markedStep(message: string, plan: Plan): Plan | undefined {
  const number = RAISED.exec(message)?.[1] ?? castAtCaret(message);
  return number === undefined ? undefined : childrenFirst(plan)[Number(number)];
}

/** The SQL as it would be without marks. */
export const unmarked = (sql: string): string =>
  sql.replace(/\/\*q\d+\*\//g, "").replace(/(error\('\[[A-Z_]+) #\d+\]/g, "$1]");

/** A message of DuckDB's as it would be without marks. */
export const unmarkedMessage = (message: string): string =>
  message.replace(RAISED, (start) => start.replace(/ #\d+\]$/, "]"));

/** Literals, quoted names and comments are passed over: they may hold anything. */
const markText = (text: string, step: number): string =>
  text.replace(TOKENS, (token, cast?: string, code?: string, rest?: string) => {
    if (cast !== undefined) return `${cast}/*q${step}*/(`;
    return code === undefined ? token : `error('[${code} #${step}]${rest}`;
  });

const TOKENS = new RegExp(
  [
    /\b((?:TRY_)?CAST)\(/,
    /\berror\('\[([A-Z_]+)\]((?:[^']|'')*')/,
    /(?<!\w)[eE]'(?:[^'\\]|\\.|'')*'/,
    /'(?:[^']|'')*'/,
    /"(?:[^"]|"")*"/,
    /--[^\n]*/,
    /\/\*[\s\S]*?\*\//,
  ]
    .map((part) => part.source)
    .concat(String.raw`\$(?<dollar>\w*)\$[\s\S]*?\$\k<dollar>\$`)
    .join("|"),
  "g",
);

const RAISED = /^[A-Z][A-Za-z ]* Error: \[[A-Z_]+ #(\d+)\]/;

/** DuckDB shows the line with a mark below the cast that failed. */
function castAtCaret(message: string): string | undefined {
  const shown = /\n(LINE \d+: .*)\n( *)\^\s*$/.exec(message);
  if (shown === null) return undefined;
  const [, line = "", spaces = ""] = shown;
  for (const match of line.matchAll(/(?:TRY_)?CAST\/\*q(\d+)\*\//g)) {
    if (Math.abs(width(line.slice(0, match.index)) - spaces.length) <= 1) return match[1];
  }
  return undefined;
}

/** Columns in a terminal, as DuckDB counts them. */
function width(text: string): number {
  let columns = 0;
  for (const char of text) columns += (char.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1;
  return columns;
}
