import { shownValue } from "../secrets.ts";
import type { PlanOperator } from "./explain.ts";
import { shortText, sortKeyText, withoutParentheses } from "./expression-text.ts";
import type { SortKey } from "./expressions.ts";
import type { Named, Plan } from "./nodes.ts";
import { childrenFirst, inputs } from "./walk.ts";

/** A plan as the user wrote it: one operator a step, with what the step says. */
export function describeSteps(plan: Plan): PlanOperator {
  const operators = new Map<Plan, PlanOperator>();
  const operatorOf = (node: Plan): PlanOperator => {
    const operator = operators.get(node);
    if (operator === undefined) throw new Error(`The ${node.kind} node has not been described.`);
    return operator;
  };
  for (const node of childrenFirst(plan))
    operators.set(node, { ...describe(node), children: [...inputs(node), ...(node.subqueries ?? [])].map(operatorOf) });
  return operatorOf(plan);
}

type Described = Omit<PlanOperator, "children">;

function describe(plan: Plan): Described {
  switch (plan.kind) {
    case "read":
      return step(`Read ${plan.format}`, { paths: plan.paths.join(", "), options: optionsText(plan.options) });
    case "table":
      return step("Table", { name: plan.name });
    case "sql":
      return step("SQL", { text: plan.text.trim() });
    case "range":
      return step("Range", {
        from: String(plan.start),
        to: String(plan.end),
        step: plan.step === 1n ? "" : String(plan.step),
      });
    case "local":
      return step("Local data", { rows: plan.data.numRows.toLocaleString("en"), columns: names(plan.schema) });
    case "stored":
      return { ...step("Cached", { table: plan.table, columns: names(plan.schema) }), cached: plan.table };
    case "project":
      return step("Select", { columns: columns(plan.columns) });
    case "withColumns":
      return step("With columns", { columns: columns(plan.columns) });
    case "rename":
      return step("Rename", { columns: listed(Object.entries(plan.names).map(([from, to]) => `${from} → ${to}`)) });
    case "drop":
      return step("Drop", { columns: listed(plan.names) });
    case "filter":
      return step("Filter", { condition: withoutParentheses(shortText(plan.condition)) });
    case "aggregate":
      return step("Aggregate", {
        "group by": columns(plan.groups),
        sets: listed((plan.sets ?? []).map((set) => `(${set.map((index) => plan.groups[index]?.name).join(", ")})`)),
        aggregates: columns(plan.aggregates),
      });
    case "distinct":
      return step("Distinct", {});
    case "sort":
      return step("Sort", { keys: listed(plan.keys.map(keyText)), within: plan.within ?? "" });
    case "limit":
      return step("Limit", {
        rows: Number.isFinite(plan.count) ? String(plan.count) : "",
        offset: plan.offset > 0 ? String(plan.offset) : "",
      });
    case "sample":
      return step("Sample", { fraction: String(plan.fraction), seed: String(plan.seed) });
    case "observe":
      return step("Observe", { metrics: columns(plan.metrics) });
    case "alias":
      return step("Alias", { name: plan.name });
    case "hint":
      return step("Hint", { name: plan.name, parameters: listed(plan.parameters.map(shortText)) });
    case "join":
      return step(`${plan.how[0]?.toUpperCase()}${plan.how.slice(1)} join`, {
        using: listed(plan.using ?? []),
        condition: plan.condition ? withoutParentheses(shortText(plan.condition)) : "",
        suffix: plan.suffix ?? "",
      });
    case "mapInBatches":
      return step("Map in batches", { function: plan.map.name, columns: names(plan.schema) });
    case "derived":
      return step(plan.rule.method, { columns: listed(("subset" in plan.rule && plan.rule.subset) || []) });
    case "set":
      return step(SET_NAMES[plan.operator], {
        columns: plan.match === "position" ? "" : plan.match === "name" ? "by name" : "by name, missing ones are null",
      });
  }
}

const SET_NAMES = {
  "UNION ALL": "Union",
  INTERSECT: "Intersect",
  "INTERSECT ALL": "Intersect all",
  EXCEPT: "Except",
  "EXCEPT ALL": "Except all",
};

/** Labels without a value are left out. */
function step(name: string, details: { readonly [label: string]: string }): Described {
  const given = Object.entries(details).filter(([, value]) => value !== "");
  return { name, details: given.map(([label, value]) => ({ label, value })) };
}

const LISTED = 30;

const listed = (items: readonly string[]): string =>
  items.length <= LISTED ? items.join(", ") : `${items.slice(0, LISTED).join(", ")} and ${items.length - LISTED} more`;

const names = (schema: readonly { readonly name: string }[]) => listed(schema.map((field) => field.name));

const columns = (list: readonly Named[]) =>
  listed(
    list.map(({ name, expression }) => {
      const text = withoutParentheses(shortText(expression.kind === "alias" ? expression.input : expression));
      return text === name ? name : `${name} = ${text}`;
    }),
  );

const optionsText = (options: { readonly [name: string]: string }) =>
  listed(Object.entries(options).map(([name, value]) => `${name}=${JSON.stringify(shownValue(name, value))}`));

/** What every engine does anyway is not written: ascending with nulls first, descending with nulls last. */
function keyText(key: SortKey): string {
  const usual = key.nulls === (key.descending ? "last" : "first");
  return usual ? `${shortText(key.expression)}${key.descending ? " DESC" : ""}` : sortKeyText(key);
}
