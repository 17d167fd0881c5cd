import { describeSteps } from "../../plan/describe-steps.ts";
import type { PlanDetail, PlanOperator, PlanTree } from "../../plan/explain.ts";
import type { Plan } from "../../plan/nodes.ts";
import type { ExplainMode } from "../engine.ts";
import type { ExecutePlanResponse_Metrics_MetricObject as MetricObject } from "./proto/gen/spark_connect_pb.ts";

/** What Spark is going to do, of the text of its "formatted" mode: an outline, and a paragraph for each operator. */
export function planTree(engine: string, mode: ExplainMode, plan: Plan, sql: string, text: string): PlanTree {
  const logical = mode === "extended" || mode === "formatted" ? { logical: describeSteps(plan) } : {};
  return { engine, mode, ...logical, physical: physicalPlan(text), sql };
}

/** `+- * HashAggregate (5)`: how far it is indented tells whose input it is. */
const OUTLINE = /^((?:[ :] {2})*)(\+- |:- )?(?:\* )?(\S.*?) *\((\d+)\)(?: \(columnar\w+=.*\))?$/;

type Open = { readonly depth: number; readonly operator: PlanOperator & { readonly children: PlanOperator[] } };

export function physicalPlan(text: string): PlanOperator {
  const [outline = "", ...paragraphs] = text.replace(/^== Physical Plan ==\n/, "").split(/\n\s*\n/);
  const details = new Map<string, readonly PlanDetail[]>();
  for (const paragraph of paragraphs) {
    const [, number, rest = ""] = /^\s*\((\d+)\) [^\n]*\n?([\s\S]*)$/.exec(paragraph) ?? [];
    if (number !== undefined) details.set(number, detailsOf(rest));
  }
  const open: Open[] = [];
  let root: PlanOperator | undefined;
  for (const line of outline.split("\n")) {
    const [, indent = "", branch = "", name, number = ""] = OUTLINE.exec(line) ?? [];
    if (name === undefined) continue;
    const depth = indent.length + branch.length;
    const operator = { name, details: details.get(number) ?? [], ...served(name), children: [] as PlanOperator[] };
    while (open.length > 0 && (open.at(-1) as Open).depth >= depth) open.pop();
    open.at(-1)?.operator.children.push(operator);
    root ??= operator;
    open.push({ depth, operator });
  }
  return root ?? { name: "Plan", details: [{ label: "text", value: text.trim() }], children: [] };
}

/** Whether an operator reads Spark's cache; what stands below it is how that is filled. */
const served = (name: string) =>
  /^(?:InMemoryTableScan|Scan In-memory table)\b/.test(name) ? { cached: "Spark" } : {};

/** `Keys [1]: [hour#12]`, without the numbers that Spark puts behind names. */
function detailsOf(paragraph: string): PlanDetail[] {
  return paragraph.split("\n").flatMap((line) => {
    const [, label, value] = /^([A-Z][\w ]*?) ?(?:\[\d+\])?: (.+)$/.exec(line) ?? [];
    if (label === undefined || value === undefined || value === "[]" || value === "None") return [];
    const plain = value.replace(/#\d+L?/g, "");
    const short = plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain;
    return [{ label: label.toLowerCase(), value: short, ...(short === plain ? {} : { full: plain }) }];
  });
}

const LONGEST = 200;

/** What the operators of a query that has run did. */
export function measuredPlan(objects: readonly MetricObject[]): PlanOperator | undefined {
  const operators = new Map<bigint, PlanOperator & { readonly children: PlanOperator[] }>();
  for (const object of objects) operators.set(object.planId, measured(object));
  let root: PlanOperator | undefined;
  for (const { planId, parent } of objects) {
    const operator = operators.get(planId) as PlanOperator;
    // The root is its own parent.
    if (parent !== planId && operators.has(parent)) operators.get(parent)?.children.push(operator);
    else root ??= operator;
  }
  return root;
}

function measured({ name, executionMetrics }: MetricObject): PlanOperator & { readonly children: PlanOperator[] } {
  let rows: number | undefined;
  let seconds: number | undefined;
  const details: PlanDetail[] = [];
  for (const [key, { name: label, value, metricType }] of Object.entries(executionMetrics)) {
    if (key === "numOutputRows") rows = Number(value);
    else if (metricType === "timing" || metricType === "nsTiming") {
      seconds = (seconds ?? 0) + Number(value) / (metricType === "timing" ? 1e3 : 1e9);
    }
    if (key !== "numOutputRows" && value > 0n) details.push({ label: label || key, value: textOf(value, metricType) });
  }
  return {
    name,
    details,
    ...served(name),
    ...(rows === undefined ? {} : { rows }),
    ...(seconds === undefined ? {} : { seconds }),
    children: [],
  };
}

function textOf(value: bigint, type: string): string {
  if (type === "timing") return `${value} ms`;
  if (type === "nsTiming") return `${(Number(value) / 1e6).toFixed(1)} ms`;
  return type === "size" ? `${value.toLocaleString("en")} bytes` : value.toLocaleString("en");
}
