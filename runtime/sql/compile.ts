import { withOrigin } from "../errors.ts";
import { nameParts } from "../plan/name-parts.ts";
import type { Plan, PlanKind, PlanOf } from "../plan/nodes.ts";
import { childrenFirst } from "../plan/walk.ts";
import { compileDrop, compileProject, compileRename, compileWithColumns } from "./compile-columns.ts";
import { compileJoin } from "./compile-join.ts";
import {
  compileAggregate,
  compileDistinct,
  compileFilter,
  compileHint,
  compileLimit,
  compileSort,
} from "./compile-rows.ts";
import { compileSet } from "./compile-set.ts";
import type { Dialect } from "./dialect.ts";
import type { CompileContext, LeafPlan, NodeContext } from "./node-context.ts";
import { render } from "./render.ts";
import { fromText, type Select } from "./select.ts";

export type { CompileContext, Leaf, LeafPlan } from "./node-context.ts";

/** The SQL of a plan as one query without a closing semicolon. Throws an AnalysisError for what a dialect cannot say. */
export function compile(plan: Plan, dialect: Dialect, context: CompileContext): string {
  return render(compileSelect(plan, dialect, context));
}

function compileSelect(plan: Plan, dialect: Dialect, context: CompileContext): Select {
  const done = new Map<Plan, Select>();
  const input = (child: Plan): Select => {
    const select = done.get(child);
    if (!select) throw new Error(`The ${child.kind} node has not been compiled.`);
    return select;
  };
  for (const node of childrenFirst(plan)) {
    try {
      const select = compileNode(node, { dialect, ...context, input });
      done.set(node, context.finish?.(node, select) ?? select);
    } catch (error) {
      throw withOrigin(error, node.origin);
    }
  }
  return input(plan);
}

function compileNode(plan: Plan, context: NodeContext): Select {
  switch (plan.kind) {
    case "read":
    case "table":
    case "sql":
    case "range":
    case "local":
    case "stored":
      return compileLeaf(plan, context);
    case "project":
      return compileProject(plan, context);
    case "withColumns":
      return compileWithColumns(plan, context);
    case "rename":
      return compileRename(plan, context);
    case "drop":
      return compileDrop(plan, context);
    case "filter":
      return compileFilter(plan, context);
    case "aggregate":
      return compileAggregate(plan, context);
    case "distinct":
      return compileDistinct(plan, context);
    case "sort":
      return compileSort(plan, context);
    case "limit":
      return compileLimit(plan, context);
    case "sample":
      return { from: { kind: "select", select: context.input(plan.input), sample: context.dialect.sample(plan) } };
    case "alias":
    case "observe":
      return context.input(plan.input);
    case "hint":
      return compileHint(plan, context);
    case "join":
      return compileJoin(plan, context);
    case "mapInBatches":
      return outsideRows(plan, context.dialect);
    case "derived":
      throw new Error(`The ${plan.rule.method} step has not been replaced.`);
    case "set":
      return compileSet(plan, context);
    default:
      return assertNever(plan);
  }
}

/** The columns, for who only asks for these. */
function outsideRows({ schema, map }: PlanOf<"mapInBatches">, dialect: Dialect): Select {
  const columns = schema.map(({ name, type }) => `${dialect.outside(map.name, type).text} AS ${dialect.quote(name)}`);
  return fromText(`(SELECT ${columns.join(", ")})`);
}

function compileLeaf(plan: LeafPlan, context: NodeContext): Select {
  const leaf = context.leaf(plan) ?? {};
  const select = leaf.from === undefined ? defaultLeaf(plan, context) : fromText(leaf.from);
  return leaf.select ? { ...select, columns: leaf.select } : select;
}

function defaultLeaf(plan: LeafPlan, { dialect, input, schemas }: NodeContext): Select {
  switch (plan.kind) {
    case "table":
      return fromText(nameParts(plan.name).map(dialect.quote).join("."));
    case "stored":
      return fromText(dialect.quote(plan.table));
    case "range": {
      const { from, select } = dialect.range(plan);
      return select ? { ...fromText(from), columns: select } : fromText(from);
    }
    case "sql": {
      for (const child of Object.values(plan.inputs)) dialect.checkInput?.(schemas.of(child));
      const inputs = Object.entries(plan.inputs).map(([name, child]) => [dialect.quote(name), input(child)] as const);
      return { from: { kind: "query", text: plan.text.replace(/[\s;]+$/, ""), inputs } };
    }
    case "read":
    case "local":
      throw new Error(`The engine has to say where the data of a "${plan.kind}" node is.`);
  }
}

function assertNever(plan: never): never {
  throw new Error(`There is no SQL for the node "${(plan as { kind: PlanKind }).kind}".`);
}
