import { looksLikeQuery } from "../../dataframe/sql-text.ts";
import { AnalysisError, QuernError } from "../../errors.ts";
import { spark } from "../../index.ts";
import { CellSyntaxError } from "../../syntax/parse.ts";
import { declareNames, setName, storedName } from "../names.ts";
import type { MagicCall } from "./magic.ts";
import { type SqlStatement, statementsIn } from "./sql-statements.ts";
import { wordsIn } from "./words.ts";

/** `%%sql [--save name]`: statement by statement; the last one's rows are the cell's value, and the variable's. */
export async function runSql({ run, argument, body, bodyStart }: MagicCall): Promise<unknown> {
  const name = savedName(wordsIn(argument));
  const statements = statementsIn(body);
  const last = statements.at(-1);
  if (last === undefined) throw new QuernError("SQL_TEXT", "%%sql: there is no SQL below it");
  const isQuery = looksLikeQuery(last.text);
  if (name !== undefined && !isQuery) {
    const [start] = last.text.trim().split(/\s/);
    const message = `%%sql --save ${name}: ${start} gives no rows to keep; the last statement is to be a query`;
    throw new QuernError("SQL_TEXT", message);
  }
  for (const statement of statements) await checkSyntax(statement, bodyStart);
  const frames = statements.map(({ text }) => spark.sql(text));
  const frame = isQuery ? frames.at(-1) : undefined;
  if (name !== undefined) {
    declareNames(new Map([[name, "const"]]), run.request.executionCount);
    setName(storedName(name), frame);
  }
  return frame;
}

function savedName(words: readonly string[]): string | undefined {
  if (words.length === 0) return undefined;
  const [option, name = "", ...more] = words.flatMap((word) => /^(--save)=(.*)$/.exec(word)?.slice(1) ?? [word]);
  if (option !== "--save" || more.length > 0) {
    throw new QuernError("MAGIC", `%%sql takes --save name, not "${words.join(" ")}"`);
  }
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) {
    throw new QuernError("MAGIC", `%%sql --save: "${name}" is no name for a variable`);
  }
  return name;
}

/** A mistake is told at its line of the cell, before anything runs. */
async function checkSyntax({ text, start }: SqlStatement, bodyStart: number): Promise<void> {
  const { context } = spark.range(0);
  const engine = await context.engine();
  try {
    await engine.parse(text, context.conf.dialect);
  } catch (error) {
    const [, message, line] = /^(?:SQL: )?(.*) in line (\d+): /.exec((error as Error).message) ?? [];
    if (!(error instanceof AnalysisError) || message === undefined) throw error;
    const lines = text.split("\n");
    const shown = lines[Number(line) - 1] ?? "";
    const before = lines.slice(0, Number(line) - 1).reduce((sum, { length }) => sum + length + 1, 0);
    const at = bodyStart + start + before + shown.length - shown.trimStart().length;
    throw new CellSyntaxError(message, at, at + shown.trim().length);
  }
}
