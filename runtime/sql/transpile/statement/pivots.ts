import { AnalysisError } from "../../../errors.ts";
import { cellsPlan, pivotPlan } from "../../../plan/derived/pivot.ts";
import { deriveUnpivot } from "../../../plan/derived/reshape.ts";
import type { PivotValue } from "../../../plan/derived/rule.ts";
import type { Expression } from "../../../plan/expressions.ts";
import type { Named, Plan } from "../../../plan/nodes.ts";
import { operandsFirst } from "../../../plan/walk.ts";
import { call, checkOnly, isGiven, listOf, nameIn, nodeParts } from "../parts.ts";
import { Refusal } from "../refusal.ts";
import { type Fields, literalOf, partsOf } from "../tree.ts";
import { overRows } from "./over-rows.ts";
import type { Around, Reading } from "./reading.ts";
import { type Relation, renamed } from "./relation.ts";

/** PIVOT and UNPIVOT. */
export async function pivoted(reading: Reading, rows: Relation, node: unknown, around: Around): Promise<Relation> {
  const [kind, fields] = nodeParts(node);
  const alias = isGiven(fields.alias) ? [nameIn(fields.alias)] : [];
  const shown = renamed(rows, []);
  const twice = shown.columns.find(({ name, inPlan }) => name !== inPlan);
  if (twice !== undefined) throw new Refusal(`${kind.toUpperCase()} of rows with two columns "${twice.name}"`);
  const plan = kind === "pivot" ? pivot(reading, rows, fields, around) : await unpivot(reading, rows, fields, around);
  const schema = await reading.schema(plan, around.outer);
  return renamed({ plan, columns: schema.map(({ name }) => ({ name, inPlan: name })) }, alias);
}

/** Rows are grouped by the columns that the clause does not name. */
function pivot(reading: Reading, rows: Relation, fields: Fields, _around: Around): Plan {
  checkOnly("pivot", fields, "this", "expressions", "fields", "alias");
  const reader = overRows(reading, rows, {}, new Map());
  const [field, second] = listOf(fields.fields);
  const [kind, choice] = nodeParts(field);
  if (kind !== "in" || second !== undefined || partsOf(choice.this)?.[0] === "tuple")
    throw new Refusal("PIVOT by several columns");
  const key = reader.read(choice.this);
  const aggregates = listOf(fields.expressions).map((each): Named => {
    const expression = reader.read(each);
    return expression.kind === "alias"
      ? { name: expression.name, expression: expression.input }
      : { name: reading.nameOf(expression), expression };
  });
  const used = new Set([key, ...aggregates.map(({ expression }) => expression)].flatMap(namesIn));
  const groups = rows.columns
    .filter(({ isHidden, inPlan }) => isHidden === undefined && !used.has(inPlan))
    .map(({ inPlan }): Named => ({ name: inPlan, expression: { kind: "column", name: inPlan } }));
  const values = listOf(choice.expressions).map((value): PivotValue => {
    const [inner, parts] = nodeParts(value);
    const literal = reader.read(inner === "pivot_alias" || inner === "alias" ? parts.this : value);
    const given = inner === "pivot_alias" || inner === "alias" ? aliasIn(parts.alias) : undefined;
    return { name: given ?? reading.nameOf(literal), literal };
  });
  const cells = cellsPlan(rows.plan, groups, { name: "", expression: key }, aggregates, reading.make);
  const names = { groups: groups.map(({ name }) => name), aggregates: aggregates.map(({ name }) => name) };
  return pivotPlan(cells, names, values, reading.make);
}

const namesIn = (root: Expression): string[] =>
  operandsFirst(root).flatMap((part) => (part.kind === "column" ? [part.name] : []));

/** The library takes it for a column, or a text. */
function aliasIn(node: unknown): string {
  const [kind, fields] = partsOf(node) ?? [];
  return literalOf(node, "string") ?? nameIn(kind === "column" ? fields?.name : node);
}

/** A row for each of the columns that are named; NULLs are left out unless the clause says otherwise. */
async function unpivot(reading: Reading, rows: Relation, fields: Fields, around: Around): Promise<Plan> {
  checkOnly("unpivot", fields, "this", "value_column", "name_column", "columns", "include_nulls", "alias");
  const [variable, value] = [nameIn(fields.name_column), nameIn(fields.value_column)];
  const reader = overRows(reading, rows, {}, new Map());
  const columns = listOf(fields.columns).map((each) => {
    const [kind, parts] = nodeParts(each);
    const hasAlias = kind === "pivot_alias" || kind === "alias";
    const column = reader.read(hasAlias ? parts.this : each);
    if (column.kind !== "column") throw new Refusal("UNPIVOT of what is no column");
    return { column: column.name, name: hasAlias ? aliasIn(parts.alias) : reading.nameOf(column) };
  });
  const taken = new Set(columns.map(({ column }) => column));
  const ids = rows.columns
    .filter(({ isHidden, inPlan }) => isHidden === undefined && !taken.has(inPlan))
    .map(({ inPlan }) => inPlan);
  const clash = ids.find((id) => [variable, value].some((name) => name.toLowerCase() === id.toLowerCase()));
  if (clash !== undefined)
    throw new AnalysisError("DUPLICATE_COLUMN", `SQL: UNPIVOT: there is a column "${clash}" already.`);
  const kept = [...ids.map((id) => ({ column: id, name: id })), ...columns];
  const named = kept.map(({ column, name }): Named => ({ name, expression: { kind: "column", name: column } }));
  const input = reading.make({ kind: "project", input: rows.plan, columns: named });
  const schema = await reading.schema(input, around.outer);
  const rule = { method: "unpivot", ids, subset: columns.map(({ name }) => name), variable, value } as const;
  const made = deriveUnpivot(rule, { input, schema, make: reading.make });
  if (fields.include_nulls === true) return made;
  return reading.make({ kind: "filter", input: made, condition: call("isNotNull", { kind: "column", name: value }) });
}
