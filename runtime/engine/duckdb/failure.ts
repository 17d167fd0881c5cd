import { canFail } from "../../plan/can-fail.ts";
import type { Plan } from "../../plan/nodes.ts";
import { isCorrelated } from "../../plan/subqueries.ts";
import { childrenFirst } from "../../plan/walk.ts";
import { markedStep } from "./trace.ts";

/** Runs a query to its end, without keeping its rows. */
export type Attempt = (sql: string) => Promise<unknown>;

/**
 * The step that made a running query fail. Marks in the SQL tell it for casts and for what the SQL raises itself, a
 * file's name for what a reader refuses. Else the steps that can be at fault are run one after another, from the
 * sources up: the first that fails alike is it. Undefined: it could not be told.
 */
export async function failedStep(
  plan: Plan,
  error: unknown,
  compile: (part: Plan) => string,
  attempt: Attempt,
): Promise<Plan | undefined> {
  const text = error instanceof Error ? error.message : String(error);
  const marked = markedStep(text, plan) ?? readStep(text, plan, compile);
  if (marked !== undefined) return marked;
  const suspects = childrenFirst(plan).filter((node) => isSuspect(node, text) && !isCorrelated(node));
  if (suspects.length < 2) return suspects[0];
  for (const part of suspects) {
    const failure = await attempt(everything(compile(part))).then(
      () => undefined,
      (caught: unknown) => caught,
    );
    if (failure !== undefined && isAlike(failure, text)) return part;
  }
  return undefined;
}

/** A query that computes every column of every row, in the order that is asked for. */
const everything = (sql: string): string =>
  `SELECT bit_xor(hash(quern_row)) FROM (SELECT * FROM (${sql}) LIMIT ${MOST_ROWS}) AS quern_row`;

/** Readers name the file. */
function readStep(text: string, plan: Plan, compile: (part: Plan) => string): Plan | undefined {
  const reads = childrenFirst(plan).filter((node) => node.kind === "read");
  const file = /\n\s*file = (.*)/.exec(text)?.[1] ?? /\bfile ["'](.*?)["']/.exec(text)?.[1];
  if (file === undefined || reads.length === 0) return undefined;
  if (reads.length === 1) return reads[0];
  const escaped = file.replaceAll("'", "''").replace(/[*?[]/g, "[$&]");
  return reads.find((node) => compile(node).includes(escaped));
}

/** What can fail with a value: text of the user's own may be anything; readers compute nothing. */
function isSuspect(node: Plan, text: string): boolean {
  if (node.kind === "sql" || node.kind === "table") return true;
  if (node.kind === "read") return !text.startsWith("Out of Range Error: ");
  return canFail(node);
}

/** The same but for the values: with several threads it need not be the same row. */
function isAlike(failure: unknown, text: string): boolean {
  const shape = (message: string) => message.replace(/"[^"]*"|'[^']*'|-?\d[\d.]*/g, "?").replace(/\n+LINE [\s\S]*/, "");
  return shape(failure instanceof Error ? failure.message : String(failure)) === shape(text);
}

const MOST_ROWS = "9000000000000000000";
