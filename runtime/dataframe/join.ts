import { inspect } from "node:util";
import { AnalysisError } from "../errors.ts";
import { nearestKey } from "../plan/asof.ts";
import { shortText } from "../plan/expression-text.ts";
import { didYouMean } from "../plan/nearest.ts";
import type { JoinType, Plan } from "../plan/nodes.ts";
import { boundTo } from "../plan/subqueries.ts";
import { isColumn } from "./column.ts";
import { columnsOf, conditionOf, namesIn } from "./column-arguments.ts";
import type { AsofOptions, JoinName, JoinOptions } from "./join-types.ts";
import { step } from "./step.ts";

/** Spark's names of join types. */
export const joinTypes = {
  inner: "inner",
  left: "left",
  leftouter: "left",
  left_outer: "left",
  right: "right",
  rightouter: "right",
  right_outer: "right",
  full: "full",
  outer: "full",
  fullouter: "full",
  full_outer: "full",
  semi: "semi",
  leftsemi: "semi",
  left_semi: "semi",
  anti: "anti",
  leftanti: "anti",
  left_anti: "anti",
  cross: "cross",
} as const satisfies { readonly [name: string]: JoinType };

/** The plan of `left.join(right, on, how, options)`, or of `left.join(right, on, options)`. */
export function joinPlan(
  left: Plan,
  right: Plan,
  on?: unknown,
  name: string | JoinOptions = "inner",
  options: JoinOptions = {},
): Plan {
  if (typeof name === "object") return joinPlan(left, right, on, "inner", name);
  const { suffix } = options;
  const how = joinType(name);
  const common = { kind: "join", left, right, how, ...(suffix === undefined ? {} : { suffix }) } as const;
  if (on === undefined) {
    if (how !== "cross" && how !== "inner") {
      throw new AnalysisError("JOIN", `A ${how} join needs a key or a condition: join(other, "id", "${how}")`);
    }
    return step({ ...common, how: "cross" });
  }
  if (how === "cross") {
    throw new AnalysisError(
      "JOIN",
      "A cross join pairs all rows and takes no key: use crossJoin(other), or an inner join",
    );
  }
  if (typeof on === "function") {
    return step({ ...common, condition: conditionOf("join", on(columnsOf("left"), columnsOf("right"))) });
  }
  if (isColumn(on)) return step({ ...common, condition: conditionOf("join", on) });
  const using = [on].flat();
  const wrong = using.find((key) => typeof key !== "string");
  if (using.length === 0 || wrong !== undefined) {
    throw new AnalysisError("JOIN", `A join's keys are names: join(other, "id") or join(other, ["id", "day"])`);
  }
  return step({ ...common, using: Object.freeze(using as string[]) });
}

/** The plan of `left.asofJoin(right, nearest, options)`. */
export function asofPlan(
  left: Plan,
  right: Plan,
  nearest: unknown,
  { on, how = "inner", suffix }: AsofOptions<unknown, string, string>,
): Plan {
  if (how !== "inner" && how !== "left")
    throw new AnalysisError("JOIN", `asofJoin: how is "inner" or "left", not ${inspect(how)}`);
  const given = typeof nearest === "function" ? nearest(columnsOf("left"), columnsOf("right")) : nearest;
  const condition = conditionOf("asofJoin", given);
  if (nearestKey(condition) === undefined)
    throw new AnalysisError(
      "JOIN",
      `asofJoin takes one comparison of both sides by ge, gt, le or lt, as (a, b) => a.time.ge(b.time), not ${shortText(condition)}. Keys that have to be equal are { on: "key" }.`,
    );
  const using = on === undefined ? {} : { using: Object.freeze(namesIn("asofJoin", [on].flat())) };
  return step({
    kind: "join",
    left,
    right,
    how,
    match: "nearest",
    condition,
    ...using,
    ...(suffix !== undefined && { suffix }),
  });
}

/** The plan of `left.lateralJoin(right, on, how, options)`. */
export function lateralPlan(left: Plan, right: Plan, on: unknown, name: string, { suffix }: JoinOptions): Plan {
  const how = joinType(name);
  if (how !== "inner" && how !== "left" && how !== "cross")
    throw new AnalysisError("JOIN", `A lateral join is "inner", "left" or "cross", not "${name}"`);
  const given = typeof on === "function" ? on(columnsOf("left"), columnsOf("right")) : on;
  const condition = on === null || on === undefined ? {} : { condition: conditionOf("lateralJoin", given) };
  const common = { kind: "join", left, right: boundTo(left, right), how, match: "lateral" } as const;
  return step({ ...common, ...condition, ...(suffix !== undefined && { suffix }) });
}

function joinType(name: string): JoinType {
  const key = name.toLowerCase().replaceAll(" ", "_");
  if (Object.hasOwn(joinTypes, key)) return joinTypes[key as JoinName];
  throw new AnalysisError(
    "JOIN",
    `There is no join "${name}". Joins: inner, left, right, full, semi, anti, cross.${didYouMean(name, Object.keys(joinTypes))}`,
  );
}
