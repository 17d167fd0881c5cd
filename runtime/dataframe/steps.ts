import { inspect } from "node:util";
import { AnalysisError } from "../errors.ts";
import { isStar, patternOf } from "../plan/column-path.ts";
import type { Named, Plan } from "../plan/nodes.ts";
import { isGenerator, isGlobalAggregate } from "../plan/placement.ts";
import { step } from "./step.ts";
import { withTimeWindows } from "./time-windows.ts";

/** A number of rows as `limit` and its like take it. */
export function rowCount(method: string, count: number): number {
  if (Number.isSafeInteger(count) && count >= 0) return count;
  throw new AnalysisError("ROW_COUNT", `${method}(${String(count)}): the number of rows is a whole number from 0`);
}

/** `sample(fraction, seed)` or `sample(withReplacement, fraction, seed)`. */
export function samplePlan(input: Plan, given: readonly (boolean | number | null | undefined)[]): Plan {
  const hasFlag = typeof given[0] === "boolean" || (given[0] ?? null) === null;
  const [replaces, fraction, seed] = hasFlag ? given : [false, ...given];
  const checked = checkedSeed("sample", seed ?? anySeed());
  if (replaces === true) {
    if (typeof fraction !== "number" || !(fraction >= 0 && Number.isFinite(fraction)))
      throw new AnalysisError(
        "FRACTION",
        `sample(true, ${inspect(fraction, { depth: 0 })}): with replacement the part of the rows is a number from 0`,
      );
    return step({ kind: "derived", input, rule: { method: "sample", mean: fraction, seed: checked } });
  }
  return step({ kind: "sample", input, fraction: checkFraction("sample", fraction), seed: checked });
}

/** A plan for each weight: every row is in one of them. */
export function splitPlans(input: Plan, weights: readonly number[], seed: number = anySeed()): Plan[] {
  const wrong = weights.find((weight) => !(weight >= 0 && Number.isFinite(weight)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (wrong !== undefined || !(total > 0))
    throw new AnalysisError(
      "WEIGHTS",
      `randomSplit: the weights are numbers from 0, and not all of them 0, not ${weights.map(String).join(", ") || "none"}`,
    );
  checkedSeed("randomSplit", seed);
  let before = 0;
  return weights.map((weight, index) => {
    const from = before / total;
    before += weight;
    // What rounding leaves over belongs to the last.
    const isLast = weights.slice(index + 1).every((later) => later === 0);
    const to = isLast ? Math.max(1, from) : before / total;
    return step({ kind: "derived", input, rule: { method: "randomSplit", from, to, seed } });
  });
}

export function checkFraction(method: string, fraction: unknown): number {
  if (typeof fraction === "number" && fraction >= 0 && fraction <= 1) return fraction;
  const shown = inspect(fraction, { depth: 0 });
  throw new AnalysisError("FRACTION", `${method}(${shown}): the part of the rows is a number from 0 to 1`);
}

export function checkedSeed(method: string, seed: unknown): number {
  if (Number.isSafeInteger(seed)) return seed as number;
  throw new AnalysisError("SEED", `${method}: the seed is a whole number, not ${inspect(seed, { depth: 0 })}`);
}

export const anySeed = (): number => Math.floor(Math.random() * 2 ** 31);

/** One row of each combination of these columns. */
export function firstOfEach(input: Plan, names: readonly string[]): Plan {
  const keys = names.map((name) => ({ kind: "column", name }) as const);
  const number = "__quern_row_number";
  const call = { kind: "call", name: "row_number", args: [] } as const;
  const orderBy = keys.map((expression) => ({ expression, descending: false, nulls: "first" }) as const);
  const numbered = step({
    kind: "withColumns",
    input,
    columns: [{ name: number, expression: { kind: "window", call, over: { partitionBy: keys, orderBy } } }],
  });
  const one = { kind: "literal", value: 1, type: { kind: "int" } } as const;
  const condition = { kind: "call", name: "eq", args: [{ kind: "column", name: number }, one] } as const;
  return step({ kind: "drop", input: step({ kind: "filter", input: numbered, condition }), names: [number] });
}

/** A column that is none of the others, with the numbers of the rows. */
export function numbered(input: Plan, name: string): Plan {
  if (typeof name !== "string" || name === "")
    throw new AnalysisError("NAME", `zipWithIndex takes the name of a column, not ${inspect(name)}`);
  return step({ kind: "derived", input, rule: { method: "zipWithIndex", name } });
}

/** These columns; a leading `*` keeps all that there are. Of aggregates alone it is one row. */
export function projection(input: Plan, given: readonly Named[]): Plan {
  const { input: made, columns, added } = withTimeWindows("select", input, given);
  const plan = selected(made, columns);
  return added.length > 0 && columns.some(isSeveral) ? step({ kind: "drop", input: plan, names: added }) : plan;
}

const isSeveral = ({ expression }: Named): boolean => isStar(expression) || patternOf(expression) !== undefined;

function selected(input: Plan, columns: readonly Named[]): Plan {
  if (isGlobalAggregate(columns)) return step({ kind: "aggregate", input, groups: [], aggregates: columns });
  const [first, ...rest] = columns;
  if (first?.name !== "*" || !isSeveral(first) || rest.some(isSeveral) || rest.some(isGenerator)) {
    if (!columns.some(isSeveral)) return step({ kind: "project", input, columns });
    return step({ kind: "derived", input, rule: { method: "select", columns } });
  }
  return rest.length === 0 ? input : step({ kind: "withColumns", input, columns: rest });
}

/** The frame's columns, with these in addition, or in the place of those of their names. */
export function withAll(method: string, input: Plan, given: readonly Named[]): Plan {
  const { input: made, columns, added } = withTimeWindows(method, input, given);
  const plan = step({ kind: "withColumns", input: made, columns });
  return added.length === 0 ? plan : step({ kind: "drop", input: plan, names: added });
}
