import { looksLikeQuery } from "../../dataframe/sql-text.ts";
import { QuernError } from "../../errors.ts";
import { spark } from "../../index.ts";
import { declareNames, setName, storedName } from "../names.ts";
import type { MagicCall } from "./magic.ts";
import { wordsIn } from "./words.ts";

/** `%%sql [--save name]`: statement by statement; the last one's rows are the cell's value, and the variable's. */
export function runSql({ run, argument, body }: MagicCall): unknown {
  const name = savedName(wordsIn(argument));
  const statements = statementsOf(body);
  const last = statements.at(-1);
  if (last === undefined) throw new QuernError("SQL_TEXT", "%%sql: there is no SQL below it");
  const isQuery = looksLikeQuery(last);
  if (name !== undefined && !isQuery) {
    const start = last.trim().split(/\s/)[0];
    throw new QuernError(
      "SQL_TEXT",
      `%%sql --save ${name}: ${start} gives no rows to keep; the last statement is to be a query`,
    );
  }
  const frames = statements.map((statement) => spark.sql(statement));
  const frame = isQuery ? frames.at(-1) : undefined;
  if (name !== undefined) {
    declareNames(new Map([[name, "const"]]), run.request.executionCount);
    setName(storedName(name), frame);
  }
  return frame;
}

function savedName(words: readonly string[]): string | undefined {
  if (words.length === 0) return undefined;
  const [option = "", name = ""] = words.flatMap((word) =>
    word.startsWith("--save=") ? ["--save", word.slice(7)] : word,
  );
  if (option !== "--save" || words.length > 2) {
    throw new QuernError("MAGIC", `%%sql takes --save name, not "${words.join(" ")}"`);
  }
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) {
    throw new QuernError("MAGIC", `%%sql --save: "${name}" is no name for a variable`);
  }
  return name;
}

/** Strings, names in quotes, comments, and all else up to a semicolon. */
const token = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\/|;|[^'"$;/-]+|[\s\S]/g;

/** The statements of a text; what is a comment alone is none. */
function statementsOf(text: string): string[] {
  const statements = [""];
  let hasCode = false;
  for (const [part] of text.matchAll(token)) {
    if (part === ";") {
      if (hasCode) statements.push("");
      hasCode = false;
    } else {
      statements[statements.length - 1] += part;
      hasCode ||= part.trim() !== "" && !/^(?:--|\/\*)/.test(part);
    }
  }
  if (!hasCode) statements.pop();
  return statements;
}
