import { AnalysisError } from "../errors.ts";
import { shortText } from "../plan/expression-text.ts";
import type { Expression } from "../plan/expressions.ts";
import { sessionGap } from "../plan/functions/windows.ts";
import type { Named, Plan } from "../plan/nodes.ts";
import { rewritten } from "../plan/rewrite/substitute.ts";
import { operandsFirst } from "../plan/walk.ts";
import { type Column, call, makeColumn, operand } from "./column.ts";
import { lit, when } from "./functions/core.ts";
import { step } from "./step.ts";

type Call = Extract<Expression, { kind: "call" }>;
type Hoisted = { readonly input: Plan; readonly columns: readonly Named[]; readonly added: readonly string[] };

/**
 * A window over time leaves rows out that have no time, and may make several of one: so it is a step of its own, before the
 * one whose columns it stands in. What these name then is a column, `added`, that only they know.
 */
export function withTimeWindows(method: string, input: Plan, columns: readonly Named[]): Hoisted {
  const found = columns.flatMap(({ expression }) => operandsFirst(expression).filter(isTimeWindow));
  const [first, ...others] = [...new Map(found.map((one) => [JSON.stringify(one, plain), one])).values()];
  if (first === undefined) return { input, columns, added: [] };
  if (others.length > 0)
    throw new AnalysisError(
      "TIME_WINDOW",
      `${method}: ${shortText(first)} and ${shortText(others[0] as Expression)} are two windows over time; there can be one.`,
    );
  const replaced = columns.map(({ name, expression }): Named => {
    const without = rewritten(expression, (part) => (isTimeWindow(part) ? { kind: "column", name: WINDOW } : part));
    return { name, expression: without.kind === "alias" ? without.input : without };
  });
  const keys = replaced.filter(({ expression }) => !operandsFirst(expression).some(isWindowColumn));
  const made = first.name === "window" ? timed(input, first) : inSessions(method, input, first, keys);
  return { input: made, columns: replaced, added: [WINDOW] };
}

const isTimeWindow = (expression: Expression): expression is Call =>
  expression.kind === "call" && (expression.name === "window" || expression.name === "session_window");
const isWindowColumn = (expression: Expression): boolean => expression.kind === "column" && expression.name === WINDOW;

const plain = (_: string, value: unknown) => (typeof value === "bigint" ? `${value}n` : value);

function timed(input: Plan, { args: [time, ...lengths] }: Call): Plan {
  if (time === undefined) return input;
  if (lengths.length > 1 && JSON.stringify(lengths[0]) !== JSON.stringify(lengths[1]))
    return added(input, WINDOW, call("slidingWindow", time, ...lengths));
  const known = step({ kind: "filter", input, condition: call("isNotNull", time) });
  return added(known, WINDOW, call("tumblingWindow", time, ...lengths));
}

/**
 * Sessions of the rows with the same other keys: one goes on while the next row is not later than the gap behind it. As
 * Spark's, which knows them in groups alone.
 */
function inSessions(method: string, input: Plan, session: Call, keys: readonly Named[]): Plan {
  const [time, gap] = session.args as [Expression, Expression];
  if (method !== "groupBy")
    throw new AnalysisError(
      "TIME_WINDOW",
      `${shortText(session)} is of rows in groups, and stands in groupBy alone, not in ${method}.`,
    );
  const partitionBy = keys.map(({ expression }) => expression);
  const window = (orderBy: readonly string[], end?: number) => ({
    partitionBy,
    orderBy: orderBy.map((name) => ({ expression: named(name), descending: false, nulls: "first" }) as const),
    ...(end !== undefined && { frame: { unit: "rows", start: "unbounded preceding", end } as const }),
  });
  const over = (name: string, of: Expression, ...spec: Parameters<typeof window>): Expression => ({
    kind: "window",
    call: call(name, of),
    over: window(...spec),
  });
  const known = step({ kind: "filter", input, condition: call("isNotNull", time) });
  const { unit, count } = sessionGap(gap);
  const begun = added(known, BEGIN, call("instant", time));
  const ended = added(begun, END, call("timestamp_add", operand(unit), operand(count), named(BEGIN)));
  const isNew = call("gt", named(BEGIN), over("max", named(END), [BEGIN], -1));
  const marked = added(ended, SESSION, operand(when(column(isNew), lit(1)).otherwise(lit(0))));
  const numbered = added(marked, SESSION, over("sum", named(SESSION), [BEGIN], 0));
  const within = (name: string, of: string): Expression => ({
    kind: "window",
    call: call(name, named(of)),
    over: { partitionBy: [...partitionBy, named(SESSION)], orderBy: [] },
  });
  const bounds = call("struct", alias("start", within("min", BEGIN)), alias("end", within("max", END)));
  const spanned = added(numbered, WINDOW, bounds);
  return step({ kind: "drop", input: spanned, names: [BEGIN, END, SESSION] });
}

const named = (name: string): Expression => ({ kind: "column", name });
const column = (expression: Expression): Column<any> => makeColumn(expression);
const alias = (name: string, input: Expression): Expression => ({ kind: "alias", input, name });
const added = (input: Plan, name: string, expression: Expression): Plan =>
  step({ kind: "withColumns", input, columns: [{ name, expression }] });

const WINDOW = "__quern_window";
const BEGIN = "__quern_begin";
const END = "__quern_end";
const SESSION = "__quern_session";
