import type { Expression, SortKey } from "../../../plan/expressions.ts";
import type { Plan, SetOperator } from "../../../plan/nodes.ts";
import { checkOnly, isGiven, listOf, nameIn, nodeParts } from "../parts.ts";
import { Refusal } from "../refusal.ts";
import { spoken } from "../spoken.ts";
import { type Fields, literalOf, partsOf } from "../tree.ts";
import { sortKeyIn } from "../windows.ts";
import { atPlace, conditioned, isAllKey, limited } from "./order.ts";
import { overRows } from "./over-rows.ts";
import type { Around, Reading } from "./reading.ts";
import { freeNames, type Relation, renamed } from "./relation.ts";
import { readSelect } from "./select.ts";
import { valuesOf } from "./values.ts";

/** A query: its rows, and what the text calls its columns. */
export async function readQuery(reading: Reading, node: unknown, given: Around): Promise<Relation> {
  const [kind, fields] = nodeParts(node);
  const around = await withQueries(reading, fields.with, given);
  switch (kind) {
    case "select":
      return readSelect(reading, fields, around);
    case "union":
    case "intersect":
    case "except":
      return readSet(reading, kind, fields, around);
    case "values":
      checkOnly(kind, fields, "expressions");
      return valuesOf(reading, fields, around);
    case "paren":
    case "subquery": {
      checkOnly(kind, fields, "this", "with", ...ENDS);
      return ended(reading, await readQuery(reading, fields.this, around), fields, around);
    }
    default:
      throw new Refusal(`The statement ${spoken(kind)}`);
  }
}

const ENDS = ["order_by", "sort_by", "distribute_by", "cluster_by", "limit", "offset"] as const;

/** WITH: each query sees those before it. */
async function withQueries(reading: Reading, given: unknown, around: Around): Promise<Around> {
  if (!isGiven(given)) return around;
  const clause = given as Fields;
  checkOnly("with", clause, "ctes");
  const queries = new Map(around.queries);
  for (const each of listOf(clause.ctes) as Fields[]) {
    checkOnly("with", each, "alias", "this", "columns");
    const name = nameIn(each.alias);
    const relation = await readQuery(reading, each.this, { queries });
    queries.set(name.toLowerCase(), renamed(relation, [], listOf(each.columns).map(nameIn)));
  }
  return { ...around, queries };
}

type Side = { readonly operator: string; readonly fields: Fields; readonly right: unknown };

/** The library reads operators from the left; INTERSECT binds closer. */
async function readSet(reading: Reading, kind: string, fields: Fields, around: Around): Promise<Relation> {
  const sides: Side[] = [];
  let first: unknown = { [kind]: fields };
  for (;;) {
    const [operator = "", parts = {}] = partsOf(first) ?? [];
    if (!["union", "intersect", "except"].includes(operator) || (sides.length > 0 && hasEnd(parts))) break;
    const isOutermost = sides.length === 0;
    checkOnly(operator, parts, "left", "right", "all", ...(isOutermost ? ["with", ...ENDS] : []));
    sides.unshift({ operator, fields: parts, right: parts.right });
    first = parts.left;
  }
  const terms: Relation[] = [await readQuery(reading, first, around)];
  const joined: Side[] = [];
  for (const side of sides) {
    const right = await readQuery(reading, side.right, around);
    if (side.operator === "intersect") terms.push(setOf(reading, terms.pop() as Relation, right, side));
    else {
      terms.push(right);
      joined.push(side);
    }
  }
  const [start, ...rest] = terms as [Relation, ...Relation[]];
  const whole = rest.reduce((left, right, index) => setOf(reading, left, right, joined[index] as Side), start);
  return ended(reading, whole, fields, around);
}

const hasEnd = (fields: Fields): boolean => ENDS.some((name) => isGiven(fields[name])) || isGiven(fields.with);

function setOf(reading: Reading, left: Relation, right: Relation, { operator, fields }: Side): Relation {
  const isAll = fields.all === true;
  const [own, other] = [visibleOf(reading, left), visibleOf(reading, right)];
  const name = (operator === "union" ? "UNION ALL" : `${operator.toUpperCase()}${isAll ? " ALL" : ""}`) as SetOperator;
  const both = reading.make({ kind: "set", left: own.plan, right: other.plan, operator: name, match: "position" });
  const plan = operator === "union" && !isAll ? reading.make({ kind: "distinct", input: both }) : both;
  return { plan, columns: own.columns.map(({ name, inPlan }) => ({ name, inPlan })) };
}

/** The columns that a query shows, and no others, in their order. */
export function visibleOf(reading: Reading, relation: Relation): Relation {
  const { plan, columns } = renamed(relation, []);
  const shown = columns.map(({ inPlan }) => inPlan);
  const areNamed = columns.every(({ name, inPlan }) => name === inPlan);
  if (areNamed && relation.columns.length === columns.length && isExactly(plan, shown)) return { plan, columns };
  const names = freeNames(columns.map(({ name }) => name));
  const named = columns.map(({ inPlan }, index) => ({
    name: names[index] as string,
    expression: { kind: "column", name: inPlan } as const,
  }));
  return {
    plan: reading.make({ kind: "project", input: plan, columns: named }),
    columns: columns.map(({ name }, index) => ({ name, inPlan: names[index] as string })),
  };
}

/** Whether a plan surely has these columns and no others. */
function isExactly(plan: Plan, names: readonly string[]): boolean {
  if (plan.kind === "project")
    return plan.columns.length === names.length && plan.columns.every((column, index) => column.name === names[index]);
  if (plan.kind === "distinct" || plan.kind === "sort" || plan.kind === "limit") return isExactly(plan.input, names);
  return plan.kind === "set" && isExactly(plan.left, names);
}

/** ORDER BY and LIMIT behind a whole query: its columns are all that they see. */
async function ended(reading: Reading, relation: Relation, fields: Fields, around: Around): Promise<Relation> {
  if (!hasEnd({ ...fields, with: null })) return relation;
  const { columns } = relation;
  const reader = overRows(reading, relation, around, new Map());
  const keyOf = (key: Fields): SortKey | readonly SortKey[] => {
    const place = literalOf(key.this, "number");
    const shown = columns.map(({ inPlan }): Expression => ({ kind: "column", name: inPlan }));
    const sorted = (expression: Expression) => sortKeyIn(key, () => expression);
    if (
      isAllKey(
        key.this,
        columns.map(({ name }) => name),
      )
    )
      return shown.map(sorted);
    return sorted(place === undefined ? reader.read(key.this) : atPlace(shown, place, "ORDER BY"));
  };
  return { columns, plan: limited(reading, conditioned(reading, relation.plan, fields, keyOf), fields) };
}
