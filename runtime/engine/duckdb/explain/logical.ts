import type { PlanOperator } from "../../../plan/explain.ts";
import { expressionText, sortKeyText } from "../../../plan/expression-text.ts";
import type { Named, Plan } from "../../../plan/nodes.ts";
import { children } from "../../../plan/walk.ts";

/** The plan as the user wrote it: one operator a step, named as the method that made it. */
export function logicalTree(plan: Plan): PlanOperator {
  const details = detailsOf(plan).filter(([, value]) => value !== "");
  return {
    name: NAMES[plan.kind],
    details: details.map(([label, value]) => ({ label, value })),
    ...(plan.kind === "stored" ? { cached: plan.table } : {}),
    children: children(plan).map(logicalTree),
  };
}

function detailsOf(plan: Plan): readonly (readonly [string, string])[] {
  switch (plan.kind) {
    case "read":
      return [
        ["format", plan.format],
        ["paths", plan.paths.join(", ")],
        [
          "options",
          Object.entries(plan.options)
            .map(([name, value]) => `${name}=${value}`)
            .join(", "),
        ],
      ];
    case "table":
      return [["table", plan.name]];
    case "sql":
      return [["text", plan.text]];
    case "range":
      return [["rows", `${plan.start} to ${plan.end}${plan.step === 1n ? "" : ` by ${plan.step}`}`]];
    case "local":
      return [["columns", plan.schema.map((field) => field.name).join(", ")]];
    case "stored":
      return [];
    case "project":
    case "withColumns":
      return [["columns", named(plan.columns)]];
    case "rename":
      return [
        [
          "names",
          Object.entries(plan.names)
            .map(([from, to]) => `${from} to ${to}`)
            .join(", "),
        ],
      ];
    case "drop":
      return [["columns", plan.names.join(", ")]];
    case "filter":
      return [["condition", expressionText(plan.condition)]];
    case "aggregate":
      return [
        ["group by", named(plan.groups)],
        ["aggregates", named(plan.aggregates)],
      ];
    case "distinct":
    case "union":
      return [];
    case "sort":
      return [["keys", plan.keys.map(sortKeyText).join(", ")]];
    case "limit":
      return [
        ["rows", String(plan.count)],
        ["offset", plan.offset > 0 ? String(plan.offset) : ""],
      ];
    case "join":
      return [
        ["join", plan.how],
        ["on", plan.using?.join(", ") ?? (plan.condition === undefined ? "" : expressionText(plan.condition))],
      ];
  }
}

const named = (columns: readonly Named[]): string =>
  columns
    .map(({ name, expression }) => {
      const text = expressionText(expression);
      return text === name ? name : `${text} as ${name}`;
    })
    .join(", ");

const NAMES: { readonly [kind in Plan["kind"]]: string } = {
  read: "Read",
  table: "Table",
  sql: "SQL",
  range: "Range",
  local: "Data from JavaScript",
  project: "Select",
  withColumns: "With columns",
  rename: "Rename",
  drop: "Drop",
  filter: "Filter",
  aggregate: "Aggregate",
  distinct: "Distinct",
  sort: "Order by",
  limit: "Limit",
  join: "Join",
  union: "Union",
  stored: "Cached",
};
