import { canFail } from "../../plan/can-fail.ts";
import type { Plan } from "../../plan/nodes.ts";
import { isCorrelated } from "../../plan/subqueries.ts";
import { children, childrenFirst } from "../../plan/walk.ts";
import { type Finish, markSteps } from "../../sql/mark-steps.ts";

/**
 * The step that has written the SQL at an index of the text, as Spark tells it of an expression that failed. `compile`
 * writes the text once more, with marks: these may move the line breaks, so white space is not counted.
 */
export function stepAt(plan: Plan, sql: string, index: number, compile: (finish: Finish) => string): Plan | undefined {
  const wanted = length(sql.slice(0, index));
  const open: number[] = [];
  let passed = 0;
  for (const [part, step] of compile(markSteps(plan, mark)).matchAll(PARTS)) {
    if (step !== undefined) open.push(Number(step));
    else if (part === END) open.pop();
    else passed += length(part);
    // What stands at the index itself has been passed.
    if (passed > wanted) break;
  }
  const step = open.at(-1);
  return step === undefined ? undefined : childrenFirst(plan)[step];
}

/**
 * Of an error without a place: the steps that can be at fault are run, and the first from the sources up that fails alike
 * is it. In a chain all behind it fail as well, so a few are enough to find it.
 */
export async function stepThatFails(
  plan: Plan,
  failsAlike: (part: Plan) => Promise<boolean>,
): Promise<Plan | undefined> {
  const all = childrenFirst(plan);
  const suspects = all.filter((node) => (SOURCES.has(node.kind) || canFail(node)) && !isCorrelated(node));
  if (suspects.length < 2) return suspects[0];
  if (all.some((node) => children(node).length > 1)) {
    for (const part of suspects.slice(0, MOST_RUNS)) if (await failsAlike(part)) return part;
    return undefined;
  }
  let [first, last] = [0, suspects.length];
  while (first < last) {
    const middle = (first + last) >> 1;
    if (await failsAlike(suspects[middle] as Plan)) last = middle;
    else first = middle + 1;
  }
  return suspects[first];
}

/** Somebody waits for the error. */
const MOST_RUNS = 20;

const SOURCES: ReadonlySet<Plan["kind"]> = new Set(["read", "sql", "table"]);

/** A query that computes every column of every row, and has few rows itself. */
export const everythingOf = (sql: string): string => `SELECT max(length(to_json(struct(*)))) FROM (\n${sql}\n)`;

/** Characters for private use; a text that has them itself is no worse than one that is not found. */
const START = "\u{F0000}";
const END = "\u{F0001}";
const PARTS = new RegExp(`${START}(\\d+);|${END}|[^${START}${END}]+`, "gu");

const mark = (text: string, step: number): string => (text.includes(START) ? text : `${START}${step};${text}${END}`);

const length = (text: string): number => text.replace(/\s+/g, "").length;
