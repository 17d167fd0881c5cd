import { AnalysisError } from "../../../errors.ts";
import type { Expression } from "../../../plan/expressions.ts";
import type { Named, Plan } from "../../../plan/nodes.ts";
import { expressionKey } from "../../../plan/placement.ts";
import { mapOperands, sizeOf } from "../../../plan/rewrite/substitute.ts";
import { isGiven } from "../parts.ts";
import type { Fields } from "../tree.ts";
import { isAggregate, isOfGroups } from "./aggregates.ts";
import { fromAbove } from "./from-above.ts";
import { groupsIn } from "./grouping-sets.ts";
import type { Reading } from "./reading.ts";
import { freeNames } from "./relation.ts";
import type { SelectList } from "./select-list.ts";

/** The groups of a select, and what is computed of them. */
export type Grouping = {
  /** An expression over the rows of the select, over the rows of its groups. */
  readonly lifted: (root: Expression) => Expression;
  /** The groups, with all that has been lifted. */
  readonly plan: (input: Plan) => Plan;
};

/** Undefined for a select of single rows. */
export function groupingOf(reading: Reading, list: SelectList, fields: Fields): Grouping | undefined {
  const isGrouped = isGiven(fields.group_by) || isGiven(fields.having);
  if (!isGrouped && !list.items.some(({ expression }) => isOfGroups(expression))) return undefined;
  const { groups, sets } = groupsIn(list, fields.group_by, reading.hasBareSets);
  const names = freeNames(groups.map((group) => (group.kind === "column" ? group.name : reading.nameOf(group))));
  const keys = new Map(groups.map((group, index) => [keyOf(group), names[index] as string]));
  const taken = new Set(names.map((name) => name.toLowerCase()));
  const aggregates: Named[] = [];
  const computed = new Map<unknown, string>();
  const nameOf = (aggregate: Expression): string => {
    const key = keyOf(aggregate);
    const known = computed.get(key);
    if (known !== undefined) return known;
    const [name = ""] = freeNames([reading.nameOf(aggregate)], taken);
    taken.add(name.toLowerCase());
    aggregates.push({ name, expression: complete(aggregate, groups) });
    computed.set(key, name);
    return name;
  };
  const lifted = fromAbove((part) => {
    const group = isOuter(part) ? undefined : keys.get(keyOf(list.settled(part)));
    if (group !== undefined) return reading.columnOf(group, reading.nameOf(part));
    if (part.kind === "window") return overWindow(part, lifted);
    if (isAggregate(part)) return reading.columnOf(nameOf(list.settled(part)), reading.nameOf(part));
    // What it stands for is computed of the groups, in a step before.
    if (list.isReference(part)) return part;
    if (part.kind === "column" && !isOuter(part)) throw notGrouped(reading.nameOf(part));
    return undefined;
  });
  const plan = (input: Plan): Plan => {
    const named = groups.map((expression, index): Named => ({ name: names[index] as string, expression }));
    // A node has a column; where all that is asked for is the same for every group, it is this one.
    const all = named.length + aggregates.length > 0 ? aggregates : [ROWS];
    return reading.make({ kind: "aggregate", input, groups: named, aggregates: all, ...(sets && { sets }) });
  };
  return { lifted, plan };
}

const ROWS: Named = { name: "count(1)", expression: { kind: "call", name: "count", args: [] } };

/** Equal for equal expressions; of what is too large to be written, for itself alone. */
const keyOf = (expression: Expression): unknown =>
  sizeOf(expression).nodes > LARGEST ? expression : expressionKey(expression);

const LARGEST = 5000;

/** The call of a window is no aggregate of groups; what stands in it may be. */
function overWindow(
  window: Extract<Expression, { kind: "window" }>,
  lifted: (root: Expression) => Expression,
): Expression {
  const call = mapOperands(window.call, lifted);
  return { ...(mapOperands(window, (part) => (part === window.call ? part : lifted(part))) as typeof window), call };
}

const isOuter = (part: Expression): boolean => part.kind === "column" && part.side === "outer";

/** grouping_id() is of all groups. */
const complete = (aggregate: Expression, groups: readonly Expression[]): Expression =>
  aggregate.kind === "call" && aggregate.name === "grouping_id" && aggregate.args.length === 0
    ? { ...aggregate, args: groups }
    : aggregate;

const notGrouped = (name: string): AnalysisError =>
  new AnalysisError(
    "NOT_GROUPED",
    `SQL: The column "${name}" is neither grouped by nor inside an aggregate. Add it to GROUP BY, or take any_value(${name}), max(${name}) …`,
  );
