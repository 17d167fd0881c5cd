import { columnsOfRule } from "./derived/rule.ts";
import type { Expression, SortKey } from "./expressions.ts";
import type { Named, Plan, PlanKind } from "./nodes.ts";

/** The plans that a node reads, in order. */
export function inputs(plan: Plan): readonly Plan[] {
  if (plan.kind === "sql") return Object.values(plan.inputs);
  return CHILD_FIELDS[plan.kind].map((field) => plan[field as keyof Plan] as unknown as Plan);
}

/** Its inputs, and then the plans that its expressions need to be known. */
export function children(plan: Plan): readonly Plan[] {
  const { outer, subqueries } = plan;
  if (outer === undefined && subqueries === undefined) return inputs(plan);
  return [...inputs(plan), ...(outer ? [outer] : []), ...(subqueries ?? [])];
}

/** The same node over other children; the node itself where nothing changes. */
export function mapChildren(given: Plan, change: (child: Plan) => Plan): Plan {
  const plan = withSubqueries(given, change);
  if (plan.kind === "sql") {
    const inputs = Object.fromEntries(Object.entries(plan.inputs).map(([name, input]) => [name, change(input)]));
    const changed = Object.entries(inputs).some(([name, input]) => input !== plan.inputs[name]);
    return changed ? Object.freeze({ ...plan, inputs }) : plan;
  }
  const replaced: { [field: string]: Plan } = {};
  for (const field of CHILD_FIELDS[plan.kind]) {
    const child = plan[field as keyof Plan] as unknown as Plan;
    const next = change(child);
    if (next !== child) replaced[field] = next;
  }
  return Object.keys(replaced).length === 0 ? plan : (Object.freeze({ ...plan, ...replaced }) as Plan);
}

function withSubqueries(plan: Plan, change: (child: Plan) => Plan): Plan {
  if (plan.outer === undefined && plan.subqueries === undefined) return plan;
  const outer = plan.outer && change(plan.outer);
  const subqueries = plan.subqueries?.map(change);
  const isSame = outer === plan.outer && (subqueries ?? []).every((query, index) => query === plan.subqueries?.[index]);
  return isSame ? plan : Object.freeze({ ...plan, ...(outer && { outer }), ...(subqueries && { subqueries }) });
}

/**
 * Every node below and including `root`, each once, children first. Sub-plans for which `skip` answers true are left
 * out with all that is below them. It does not recurse, so a chain may be of any length.
 */
export function childrenFirst(root: Plan, skip: (plan: Plan) => boolean = () => false): Plan[] {
  return postorder(root, children, skip);
}

/** The expressions directly inside an expression, in order. */
export function operands(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "call":
    case "udf":
      return expression.args;
    case "field":
    case "cast":
    case "alias":
      return [expression.input];
    case "case": {
      const branches = expression.branches.flatMap((branch) => [branch.when, branch.then]);
      return expression.otherwise ? [...branches, expression.otherwise] : branches;
    }
    case "window":
      return [expression.call, ...expression.over.partitionBy, ...keyExpressions(expression.over.orderBy)];
    case "sort":
      return [expression.key.expression];
    case "lambda":
      return [...expression.parameters, expression.body];
    case "variable":
      return [expression.of];
    case "column":
    case "literal":
      return [];
    case "subquery":
      return expression.value ? [expression.value] : [];
    case "sql":
      return expression.columns ?? [];
  }
}

/** Every expression inside and including `root`, each once, operands first; without recursion. */
export function operandsFirst(root: Expression, skip: (e: Expression) => boolean = () => false): Expression[] {
  return postorder(root, operands, skip);
}

/** The expressions of a node itself, not those of its children. */
export function expressionsOf(plan: Plan): readonly Expression[] {
  switch (plan.kind) {
    case "project":
    case "withColumns":
      return namedExpressions(plan.columns);
    case "filter":
      return [plan.condition];
    case "aggregate":
      return [...namedExpressions(plan.groups), ...namedExpressions(plan.aggregates)];
    case "sort":
      return keyExpressions(plan.keys);
    case "join":
      return plan.condition ? [plan.condition] : [];
    case "hint":
      return plan.parameters;
    case "derived":
      return namedExpressions(columnsOfRule(plan.rule));
    default:
      return [];
  }
}

/** Where children are, for every node; the "sql" node has any number of them, by name. */
const CHILD_FIELDS: { readonly [K in Exclude<PlanKind, "sql">]: readonly ("input" | "left" | "right")[] } = {
  read: [],
  table: [],
  range: [],
  local: [],
  // Its rows are in the engine: what they were computed from is no part of the query any more.
  stored: [],
  project: ["input"],
  withColumns: ["input"],
  rename: ["input"],
  drop: ["input"],
  filter: ["input"],
  aggregate: ["input"],
  distinct: ["input"],
  sort: ["input"],
  limit: ["input"],
  sample: ["input"],
  hint: ["input"],
  alias: ["input"],
  observe: ["input"],
  join: ["left", "right"],
  set: ["left", "right"],
  derived: ["input"],
  mapInBatches: ["input"],
};

const namedExpressions = (columns: readonly Named[]) => columns.map((column) => column.expression);
const keyExpressions = (keys: readonly SortKey[]) => keys.map((key) => key.expression);

function postorder<T extends object>(root: T, below: (node: T) => readonly T[], skip: (node: T) => boolean): T[] {
  const result: T[] = [];
  const done = new Set<T>();
  const stack: { node: T; expanded: boolean }[] = [{ node: root, expanded: false }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { node, expanded } = top;
    if (done.has(node)) continue;
    if (expanded) {
      done.add(node);
      result.push(node);
    } else if (!skip(node)) {
      stack.push({ node, expanded: true });
      for (const child of below(node).toReversed()) if (!done.has(child)) stack.push({ node: child, expanded: false });
    }
  }
  return result;
}
