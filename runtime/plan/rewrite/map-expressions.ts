import type { Rule } from "../derived/rule.ts";
import type { Expression } from "../expressions.ts";
import type { Named, Plan } from "../nodes.ts";

/** The node with its own expressions changed; itself where none is. */
export const mapExpressions = (node: Plan, change: (root: Expression) => Expression): Plan =>
  mapNamed(node, (column) => changed(column, { expression: change(column.expression) }), change);

/** As mapExpressions, with the names of what becomes columns; `change` is for the other expressions. */
export function mapNamed(node: Plan, named: (column: Named) => Named, change: (root: Expression) => Expression): Plan {
  switch (node.kind) {
    case "project":
    case "withColumns":
      return changed(node, { columns: each(node.columns, named) });
    case "filter":
      return changed(node, { condition: change(node.condition) });
    case "aggregate":
      return changed(node, { groups: each(node.groups, named), aggregates: each(node.aggregates, named) });
    case "observe":
      return changed(node, { metrics: each(node.metrics, named) });
    case "sort":
      return changed(node, {
        keys: each(node.keys, (key) => changed(key, { expression: change(key.expression) })),
      });
    case "join":
      return node.condition ? changed(node, { condition: change(node.condition) }) : node;
    case "hint":
      return changed(node, { parameters: each(node.parameters, change) });
    case "derived":
      return changed(node, { rule: mapRule(node.rule, named) });
    default:
      return node;
  }
}

function mapRule(rule: Rule, named: (column: Named) => Named): Rule {
  switch (rule.method) {
    case "select":
      return changed(rule, { columns: each(rule.columns, named) });
    case "agg":
      return changed(rule, { groups: each(rule.groups, named), aggregates: each(rule.aggregates, named) });
    case "sum":
    case "avg":
    case "min":
    case "max": {
      const pivot = rule.pivot && changed(rule.pivot, { column: named(rule.pivot.column) });
      return changed(rule, { groups: each(rule.groups, named), ...(pivot && { pivot }) });
    }
    default:
      return rule;
  }
}

function each<T>(list: readonly T[], change: (item: T) => T): readonly T[] {
  const result = list.map(change);
  return result.every((item, index) => item === list[index]) ? list : Object.freeze(result);
}

function changed<T extends object>(whole: T, parts: Partial<T>): T {
  const isSame = Object.entries(parts).every(([name, part]) => whole[name as keyof T] === part);
  return isSame ? whole : Object.freeze({ ...whole, ...parts });
}
