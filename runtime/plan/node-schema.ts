import { AnalysisError } from "../errors.ts";
import { shortText } from "./expression-text.ts";
import type { Expression } from "./expressions.ts";
import { joinSchema } from "./join-schema.ts";
import type { Named, Plan, PlanOf } from "./nodes.ts";
import { isOrdered } from "./ordered.ts";
import { checkNames } from "./output-names.ts";
import { checkAggregate, checkGenerators, checkRowExpression, isGenerator, withoutAlias } from "./placement.ts";
import { type Scope, withFields } from "./scope.ts";
import { setSchema } from "./set-schema.ts";
import { typeName } from "./type-names.ts";
import type { Field, Schema } from "./types.ts";
import { resolve } from "./typing.ts";
import { expectComparable } from "./variant-types.ts";
import { operands } from "./walk.ts";

/** The columns of a node over inputs of known columns; undefined for a leaf that the engine has to be asked about. */
export function nodeSchema(plan: Plan, [input = [], right = []]: readonly Schema[], scope: Scope): Schema | undefined {
  checkOuter(plan);
  switch (plan.kind) {
    case "read":
    case "table":
    case "sql":
      return undefined;
    case "range":
      return rangeSchema(plan);
    case "local":
    case "stored":
    case "mapInBatches":
      return plan.schema;
    case "project":
      return checkNames(fields(plan.columns, scope, "select"), "select");
    case "withColumns":
      return withFields(input, checkNames(fields(plan.columns, scope, "withColumn"), "withColumns"));
    case "rename":
      return rename(input, plan.names);
    case "drop":
      return drop(input, plan.names);
    case "filter":
      checkCondition(plan.condition, scope, "filter");
      return input;
    case "aggregate":
      return aggregateSchema(plan, scope);
    case "distinct":
      for (const { name, type } of input) expectComparable(type, `"${name}"`);
      return input;
    case "sample":
      return input;
    case "observe":
      aggregateSchema({ kind: "aggregate", input: plan.input, groups: [], aggregates: plan.metrics }, scope);
      return input;
    case "alias":
      return input.map((field) => ({ ...field, alias: { frame: plan.name, name: field.name } }));
    case "hint":
      for (const parameter of plan.parameters) resolve(parameter, scope);
      return input;
    case "sort":
      for (const { expression } of plan.keys) checkSortKey(expression, scope);
      return input;
    case "limit":
      checkCount("limit", plan.count);
      checkCount("offset", plan.offset);
      return input;
    case "join":
      if (plan.condition) checkCondition(plan.condition, scope, "a join's condition");
      return joinSchema(plan, input, right);
    case "derived":
      throw new Error(`The ${plan.rule.method} step has not been replaced.`);
    case "set":
      return setSchema(plan, input, right);
  }
}

/** In SQL both go by one name. */
function checkOuter(plan: Plan): void {
  if (
    plan.outer === undefined ||
    (plan.subqueries === undefined && !(plan.kind === "join" && plan.match === "lateral"))
  )
    return;
  throw new AnalysisError(
    "OUTER",
    "One step cannot use the rows around it, by outer(), and have a frame for its own rows: make two steps of it.",
  );
}

function rangeSchema(plan: PlanOf<"range">): Schema {
  if (plan.step === 0n) throw new AnalysisError("ZERO_STEP", "range(…) needs a step other than 0.");
  return [{ name: "id", type: { kind: "long" }, nullable: false }];
}

function fields(
  columns: readonly Named[],
  scope: Scope,
  where: string,
  windows: "windows" | "no windows" = "windows",
): Field[] {
  if (windows === "windows") checkGenerators(columns, where);
  return columns.flatMap((column) => {
    const { expression } = column;
    const mayMakeRows = windows === "windows" && isGenerator(column);
    for (const part of mayMakeRows ? operands(withoutAlias(expression)) : [expression])
      checkRowExpression(part, where, windows);
    const { type, nullable, alias } = resolve(expression, scope);
    if (mayMakeRows) {
      const generated = generatedFields(column, scope);
      return where === "select" ? generated : [onlyField(generated, column, where)];
    }
    return [{ name: nameOf(column, scope), type, nullable, ...(alias && { alias }) }];
  });
}

/** The columns that a generator gives. */
export function generatedFields({ name, names, expression }: Named, scope: Scope): readonly Field[] {
  const { type, nullable, spread } = resolve(withoutAlias(expression), scope);
  const fields = spread && type.kind === "struct" ? type.fields : [{ name, type, nullable }];
  if (names === undefined || fields.length === names.length)
    return fields.map((field, index) => ({ ...field, name: names?.[index] ?? field.name }));
  const given = names.map((one) => `"${one}"`).join(", ");
  throw new AnalysisError(
    "COLUMN_COUNT",
    `${shortText(withoutAlias(expression))} gives ${fields.length === 1 ? "one column" : `the columns ${fields.map((field) => field.name).join(", ")}`}, and ${given} ${names.length === 1 ? "is one name" : `are ${names.length} names`}: give it ${fields.length} by alias(…) in select.`,
  );
}

function onlyField(fields: readonly Field[], column: Named, where: string): Field {
  const { name } = column;
  const [field, second] = fields;
  if (field !== undefined && second === undefined) return { ...field, name };
  throw severalColumns(column, fields, where);
}

const severalColumns = ({ expression }: Named, fields: readonly Field[], where: string): AnalysisError =>
  new AnalysisError(
    "MISPLACED_GENERATOR",
    `${shortText(withoutAlias(expression))} gives the columns ${fields.map((one) => one.name).join(", ")}, and ${where} takes one column under a name: add them by select("*", …) in a step of its own.`,
  );

/** What is named by an alias has the name that it has without it. */
export function nameOf({ name, expression }: Named, scope: Scope): string {
  const resolved = expression.kind === "column" && expression.name === name ? resolve(expression, scope) : undefined;
  return (resolved?.isByAlias && resolved.name) || name;
}

/** As in Spark, a name that is not there changes nothing. */
function rename(input: Schema, names: { readonly [from: string]: string }): Schema {
  const targets = new Map(Object.entries(names).map(([from, to]) => [from.toLowerCase(), to]));
  return checkNames(
    input.map((field) => {
      const name = targets.get(field.name.toLowerCase());
      return name === undefined ? field : { name, type: field.type, nullable: field.nullable };
    }),
    "the renamed frame",
  );
}

/** As in Spark, a name that is not there changes nothing. */
function drop(input: Schema, names: readonly string[]): Schema {
  const dropped = new Set(names.map((name) => name.toLowerCase()));
  return checkNames(
    input.filter((field) => !dropped.has(field.name.toLowerCase())),
    "drop",
  );
}

function checkCondition(condition: Expression, scope: Scope, where: string): void {
  checkRowExpression(condition, where, "no windows");
  const { type } = resolve(condition, scope);
  if (type.kind !== "boolean" && type.kind !== "void")
    throw new AnalysisError(
      "NO_CONDITION",
      `${where} needs a condition, but ${shortText(condition)} is ${typeName(type)}.`,
    );
}

function aggregateSchema(plan: PlanOf<"aggregate">, scope: Scope): Schema {
  const groups = fields(plan.groups, scope, "groupBy", "no windows").map((field, index) =>
    plan.sets?.some((set) => !set.includes(index)) ? { ...field, nullable: true } : field,
  );
  for (const { name, type } of groups) expectComparable(type, `"${name}"`);
  const aggregates = plan.aggregates.map((column) => {
    const { type, nullable, spread } = resolve(column.expression, scope);
    if (spread) throw severalColumns(column, generatedFields(column, scope), "agg");
    checkAggregate(column, plan.groups, plan.sets !== undefined);
    return { name: column.name, type, nullable };
  });
  return checkNames([...groups, ...aggregates], "agg");
}

function checkSortKey(key: Expression, scope: Scope): void {
  checkRowExpression(key, "orderBy", "windows");
  const { type } = resolve(key, scope);
  expectComparable(type, shortText(key));
  if (!isOrdered(type))
    throw new AnalysisError("NO_ORDER", `${shortText(key)} is ${typeName(type)}, which has no order.`);
}

function checkCount(what: string, count: number): void {
  if (count === Number.POSITIVE_INFINITY && what === "limit") return;
  if (!Number.isSafeInteger(count) || count < 0)
    throw new AnalysisError("BAD_COUNT", `${what} needs a whole number from 0, not ${count}.`);
}
