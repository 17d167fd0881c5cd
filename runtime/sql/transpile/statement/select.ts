import { AnalysisError } from "../../../errors.ts";
import type { Expression, SortKey } from "../../../plan/expressions.ts";
import type { Plan } from "../../../plan/nodes.ts";
import { expressionKey } from "../../../plan/placement.ts";
import { checkOnly, isGiven, listOf } from "../parts.ts";
import { type Fields, literalOf } from "../tree.ts";
import { sortKeyIn } from "../windows.ts";
import { filterRows } from "./conditions.ts";
import { readFrom } from "./from.ts";
import { type Grouping, groupingOf } from "./grouping.ts";
import { atPlace, isAllKey, keysIn, limited } from "./order.ts";
import type { Around, Reading } from "./reading.ts";
import type { Relation } from "./relation.ts";
import { SelectList } from "./select-list.ts";
import { checkPlaces, queriesIn } from "./subqueries.ts";

const CLAUSES = [
  ...["expressions", "from", "joins", "lateral_views", "where_clause", "group_by", "having", "qualify", "windows"],
  ...["order_by", "sort_by", "distribute_by", "cluster_by", "limit", "offset", "distinct", "with", "hint"],
];

/** SELECT, from its tables to its rows: each clause is a step over those before it. */
export async function readSelect(reading: Reading, fields: Fields, around: Around): Promise<Relation> {
  checkOnly("select", fields, ...CLAUSES);
  const rows = await filterRows(reading, await readFrom(reading, fields, around), fields.where_clause, around);
  const { expressions, group_by, having, qualify, order_by, sort_by, cluster_by, distribute_by, windows } = fields;
  const parts = [expressions, group_by, having, qualify, order_by, sort_by, cluster_by, distribute_by, windows];
  const list = new SelectList(reading, rows, around, await queriesIn(reading, parts, rows, around), windows);
  for (const each of listOf(expressions)) await list.add(each);
  const grouping = groupingOf(reading, list, fields);
  const lifted = (root: Expression): Expression => (grouping === undefined ? root : grouping.lifted(root));
  list.change(lifted);
  const kept = isGiven(having) ? lifted(list.settled(conditionOf(list, having, "output"))) : undefined;
  const chosen = isGiven(qualify) ? list.hide(lifted(conditionOf(list, qualify, "input"))) : undefined;
  const order = orderOf(list, fields, lifted);
  for (const each of listOf((distribute_by as Fields | null)?.expressions)) list.read(each, "output");
  const grouped = groupedRows(reading, rows.plan, grouping, kept);
  return arranged(reading, list, { base: grouped, chosen, order }, fields);
}

/** A condition over the rows that a select gives. */
function conditionOf(list: SelectList, clause: unknown, first: "input" | "output"): Expression {
  const condition = list.read((clause as Fields).this, first);
  checkPlaces(condition, "condition");
  return condition;
}

function groupedRows(
  reading: Reading,
  input: Plan,
  grouping: Grouping | undefined,
  having: Expression | undefined,
): Plan {
  const plan = grouping === undefined ? input : grouping.plan(input);
  return having === undefined ? plan : reading.make({ kind: "filter", input: plan, condition: having });
}

type Order = { readonly keys: readonly SortKey[]; readonly within?: "partitions" };

/** The keys of the order, over the columns that the select gives, those among them that it does not show. */
function orderOf(list: SelectList, fields: Fields, lifted: (root: Expression) => Expression): Order {
  const names = list.outputs.map(({ name }) => name);
  const keysOf = (key: Fields): readonly SortKey[] => {
    const sorted = (expression: Expression) => sortKeyIn(key, () => expression);
    if (isAllKey(key.this, names)) return names.map((_, index) => sorted(list.output(index)));
    const place = literalOf(key.this, "number");
    if (place !== undefined)
      return [
        sorted(
          list.output(
            atPlace(
              names.map((_, index) => index),
              place,
              "ORDER BY",
            ),
          ),
        ),
      ];
    const expression = list.read(key.this, "output");
    checkPlaces(expression, "value");
    return [sorted(list.isOfOutputs(expression) ? list.overOutputs(expression) : list.hidden(lifted(expression)))];
  };
  const order = keysIn(fields.order_by).flatMap(keysOf);
  if (order.length > 0) return { keys: order };
  return { keys: [...keysIn(fields.sort_by), ...keysIn(fields.cluster_by)].flatMap(keysOf), within: "partitions" };
}

type Parts = { readonly base: Plan; readonly chosen: Expression | undefined; readonly order: Order };

function arranged(reading: Reading, list: SelectList, { base, chosen, order }: Parts, fields: Fields): Relation {
  const isDistinct = fields.distinct === true;
  const used = new Set(order.keys.map(({ expression }) => expressionKey(expression)));
  if (isDistinct && list.hiddenKeys().some((key) => used.has(key)))
    throw new AnalysisError(
      "SORT_KEY",
      "SQL: ORDER BY of a SELECT DISTINCT takes the columns that are selected: select what it is to order by, too.",
    );
  let plan = list.plan(base);
  if (chosen !== undefined) plan = reading.make({ kind: "filter", input: plan, condition: chosen });
  if (isDistinct) plan = reading.make({ kind: "distinct", input: list.shown(plan) });
  if (order.keys.length > 0) plan = reading.make({ kind: "sort", input: plan, ...order });
  plan = limited(reading, plan, fields);
  return { plan: isDistinct ? plan : list.shown(plan), columns: list.columns() };
}
