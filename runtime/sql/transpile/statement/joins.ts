import type { Expression } from "../../../plan/expressions.ts";
import type { JoinType, Plan } from "../../../plan/nodes.ts";
import { boundTo } from "../../../plan/subqueries.ts";
import { call, checkOnly, isGiven, listOf, nameIn } from "../parts.ts";
import { Refusal } from "../refusal.ts";
import { type Fields, partsOf } from "../tree.ts";
import { filtered } from "./conditions.ts";
import { lateralGenerator } from "./lateral-views.ts";
import { overRows } from "./over-rows.ts";
import type { Around, Reading } from "./reading.ts";
import { type Column, found, freeNames, missing, type Relation } from "./relation.ts";
import { sourceOf } from "./sources.ts";
import { hasSubquery, queriesIn } from "./subqueries.ts";

type Kind = { readonly how: JoinType; readonly isNatural?: true };

/** The library's words. */
const KINDS: { readonly [kind: string]: Kind } = {
  Inner: { how: "inner" },
  Left: { how: "left" },
  Right: { how: "right" },
  Full: { how: "full" },
  Outer: { how: "full" },
  Cross: { how: "cross" },
  Implicit: { how: "cross" },
  Semi: { how: "semi" },
  LeftSemi: { how: "semi" },
  Anti: { how: "anti" },
  LeftAnti: { how: "anti" },
  Natural: { how: "inner", isNatural: true },
  NaturalLeft: { how: "left", isNatural: true },
  NaturalRight: { how: "right", isNatural: true },
  NaturalFull: { how: "full", isNatural: true },
};

/** The rows of a join with what stands to its right. */
export async function joined(reading: Reading, left: Relation, fields: Fields, around: Around): Promise<Relation> {
  checkOnly("join", fields, "this", "on", "using", "kind");
  const kind = KINDS[String(fields.kind)];
  if (kind === undefined) throw new Refusal(`A JOIN of the kind ${fields.kind}`);
  const [what, parts] = partsOf(fields.this) ?? [];
  if (what === "lateral" && parts !== undefined) {
    if (kind.how === "left" || kind.how === "inner" || kind.how === "cross") {
      if (isGiven(fields.on) && partsOf(fields.on)?.[1].value !== true) throw new Refusal("LATERAL with a condition");
      return lateralGenerator(reading, left, parts, { around, isOuter: kind.how === "left" });
    }
    throw new Refusal("This join of LATERAL");
  }
  const isLateral = what === "subquery" && parts?.lateral === true;
  const level = { relation: left, ...(around.outer && { outer: around.outer }) };
  const given = await sourceOf(reading, fields.this, isLateral ? { ...around, outer: level } : around);
  const right = apart(reading, given, left);
  const keys = keysOf(kind, fields, left, right);
  const both: Relation = { plan: left.plan, columns: [...left.columns, ...right.columns] };
  const condition = keys.length > 0 ? equal(keys) : await conditionOf(reading, fields.on, both, around);
  const plan = isLateral
    ? lateral(reading, left.plan, right.plan, kind.how, condition)
    : joinOf(reading, left.plan, right.plan, kind.how, condition);
  if (kind.how === "semi" || kind.how === "anti") return { plan, columns: left.columns };
  return keys.length > 0 ? withKeys(reading, plan, keys, kind.how, { left, right }) : { plan, columns: both.columns };
}

function joinOf(reading: Reading, left: Plan, right: Plan, how: JoinType, condition: Expression | undefined): Plan {
  if (condition === undefined) {
    if (how === "inner" || how === "cross") return reading.make({ kind: "join", left, right, how: "cross" });
    const always: Expression = { kind: "literal", value: true, type: { kind: "boolean" } };
    return reading.make({ kind: "join", left, right, how, condition: always });
  }
  if (!hasSubquery(condition))
    return reading.make({ kind: "join", left, right, how: how === "cross" ? "inner" : how, condition });
  if (how !== "inner" && how !== "cross") throw new Refusal("A query in the condition of an outer, semi or anti join");
  return filtered(reading, reading.make({ kind: "join", left, right, how: "cross" }), condition);
}

function lateral(reading: Reading, left: Plan, query: Plan, how: JoinType, condition: Expression | undefined): Plan {
  if (how !== "inner" && how !== "left" && how !== "cross")
    throw new Refusal("LATERAL in a join that is not inner, left or cross");
  const right = boundTo(left, query);
  return reading.make({
    kind: "join",
    left,
    right,
    how: condition && how === "cross" ? "inner" : how,
    match: "lateral",
    ...(condition && { condition }),
  });
}

/** Columns of names that the left side has go by others in the plan. */
function apart(reading: Reading, right: Relation, left: Relation): Relation {
  const taken = new Set(left.columns.map(({ inPlan }) => inPlan.toLowerCase()));
  const clashes = right.columns.filter(({ inPlan }) => taken.has(inPlan.toLowerCase()));
  if (clashes.length === 0) return right;
  const wanted = clashes.map(({ name, qualifier }) => (qualifier ? `${qualifier.at(-1)}.${name}` : name));
  const all = [...left.columns, ...right.columns].map(({ inPlan }) => inPlan);
  const names = freeNames(wanted, all);
  const changed = new Map(clashes.map(({ inPlan }, index) => [inPlan, names[index] as string]));
  const plan = reading.make({ kind: "rename", input: right.plan, names: Object.fromEntries(changed) });
  return {
    plan,
    columns: right.columns.map((column) => ({ ...column, inPlan: changed.get(column.inPlan) ?? column.inPlan })),
  };
}

type Key = { readonly name: string; readonly left: Column; readonly right: Column };

/** The columns of USING, or of one name on both sides. */
function keysOf(kind: Kind, { using, on }: Fields, left: Relation, right: Relation): Key[] {
  const named = listOf(using).map(nameIn);
  if (kind.isNatural && (named.length > 0 || isGiven(on))) throw new Refusal("A NATURAL JOIN with a condition");
  const isShown = ({ isHidden }: Column) => isHidden === undefined;
  const common = left.columns
    .filter(isShown)
    .filter(({ name }) =>
      right.columns.some((column) => isShown(column) && column.name.toLowerCase() === name.toLowerCase()),
    );
  const names = kind.isNatural ? common.map(({ name }) => name) : named;
  return names.map((name): Key => ({ name, left: keyIn(left, name), right: keyIn(right, name) }));
}

function keyIn(relation: Relation, name: string): Column {
  const key = found(relation, [name]);
  if (key === undefined) throw missing([name], relation);
  return key.column;
}

const columnOf = ({ inPlan }: Column): Expression => ({ kind: "column", name: inPlan });

const equal = (keys: readonly Key[]): Expression | undefined =>
  keys
    .map(({ left, right }) => call("eq", columnOf(left), columnOf(right)))
    .reduce((all, one) => call("and", all, one));

type Sides = { readonly left: Relation; readonly right: Relation };

/** Each key is there once, first; behind their tables' names both are. */
function withKeys(reading: Reading, plan: Plan, keys: readonly Key[], how: JoinType, { left, right }: Sides): Relation {
  const others = (relation: Relation, side: "left" | "right") =>
    relation.columns.map(
      (column): Column => (keys.some((key) => key[side] === column) ? { ...column, isHidden: true } : column),
    );
  const all = [...others(left, "left"), ...others(right, "right")];
  if (how !== "full") {
    const side = how === "right" ? "right" : "left";
    const shown = keys.map((key): Column => ({ name: key.left.name, inPlan: key[side].inPlan }));
    return { plan, columns: [...shown, ...all] };
  }
  const names = freeNames(
    keys.map(({ name }) => name),
    all.map(({ inPlan }) => inPlan),
  );
  const columns = keys.map((key, index) => ({
    name: names[index] as string,
    expression: call("coalesce", columnOf(key.left), columnOf(key.right)),
  }));
  const shown = keys.map((key, index): Column => ({ name: key.left.name, inPlan: names[index] as string }));
  return { plan: reading.make({ kind: "withColumns", input: plan, columns }), columns: [...shown, ...all] };
}

async function conditionOf(
  reading: Reading,
  on: unknown,
  both: Relation,
  around: Around,
): Promise<Expression | undefined> {
  if (!isGiven(on)) return undefined;
  const queries = await queriesIn(reading, on, both, around);
  const reader = overRows(reading, both, around, queries);
  return reader.read(on);
}
