import { AnalysisError } from "../errors.ts";
import { shortText } from "./expression-text.ts";
import type { Expression, Variable } from "./expressions.ts";
import { type Argument, convert, type FunctionEntry, INT, type Signature, type Typed } from "./functions/entry.ts";
import { takesVariants } from "./functions/over-variants.ts";
import { functionEntry, functionNames } from "./functions.ts";
import { isCalendarInterval, isInterval } from "./interval-types.ts";
import { didYouMean } from "./nearest.ts";
import { isFraction, isInteger, isNumeric, isTime, sameType, widestOf } from "./numeric.ts";
import { isOrdered } from "./ordered.ts";
import { findField, inputScope, type Resolved, type Scope } from "./scope.ts";
import { typeName } from "./type-names.ts";
import type { Schema, SqlType } from "./types.ts";
import { freeVariables } from "./variables.ts";
import { expectComparable, hasVariant, hasVariantKey, isOfVariant } from "./variant-types.ts";
import { operandsFirst } from "./walk.ts";
import { checkFrame } from "./window-frame.ts";
import { checkWindow } from "./window-limits.ts";

/**
 * The type of an expression over columns. Throws an AnalysisError for unknown names and functions, wrong numbers of
 * arguments and types that do not fit. Text of `expr("…")` is of type "void" unless its type was asked of the engine.
 */
export function typeOf(expression: Expression, names: Scope | Schema): Typed {
  return resolve(expression, "column" in names ? names : inputScope(names));
}

/** As `typeOf`, with all that compiling needs; everything found out stays in the scope. */
export function resolve(root: Expression, scope: Scope): Resolved {
  for (const expression of operandsFirst(root, (e) => scope.resolved.has(e)))
    scope.resolved.set(expression, resolveOne(expression, scope));
  return known(root, scope);
}

function resolveOne(expression: Expression, scope: Scope): Resolved {
  switch (expression.kind) {
    case "column":
      return scope.column(expression.name, expression.side);
    case "subquery":
      return resolveSubquery(expression, scope);
    case "literal":
      return { type: expression.type, nullable: expression.value === null };
    case "call":
      return resolveCall(expression, scope);
    case "udf":
      return resolveUdf(expression, scope);
    case "field":
      return resolveField(expression, known(expression.input, scope));
    case "cast":
      return resolveCast(expression, known(expression.input, scope));
    case "case":
      return resolveCase(expression, scope);
    case "window":
      return resolveWindow(expression, scope);
    case "alias":
      return known(expression.input, scope);
    case "sort":
      return known(expression.key.expression, scope);
    case "lambda":
      return known(expression.body, scope);
    case "variable":
      return resolveVariable(expression, known(expression.of, scope));
    case "sql":
      return { type: { kind: "void" }, nullable: true };
  }
}

function resolveSubquery(expression: Extract<Expression, { kind: "subquery" }>, scope: Scope): Resolved {
  const { how, index, value } = expression;
  const schema = scope.subqueries?.[index];
  if (schema === undefined)
    throw new AnalysisError("SUBQUERY", `${how}() stands in filter, select and withColumn: add it as a column first.`);
  if (how === "exists") return { type: { kind: "boolean" }, nullable: false };
  const [field, second] = schema;
  if (field === undefined || second !== undefined)
    throw new AnalysisError(
      "SUBQUERY",
      `${how === "in" ? "isin" : "scalar"}() takes a frame with one column, not with ${schema.map(({ name }) => name).join(", ")}: select it first.`,
    );
  if (value === undefined) return { type: field.type, nullable: true };
  const { type } = known(value, scope);
  expectComparable(type, shortText(value));
  if (!sameType(type, field.type) && !(isNumeric(type) && isNumeric(field.type)) && type.kind !== "void")
    throw new AnalysisError(
      "TYPE_MISMATCH",
      `isin: ${shortText(value)} is ${typeName(type)}, and the frame's column "${field.name}" ${typeName(field.type)}. Cast one of them.`,
    );
  return { type: { kind: "boolean" }, nullable: true };
}

const known = (expression: Expression, scope: Scope): Resolved => {
  const resolved = scope.resolved.get(expression);
  if (resolved === undefined) throw new Error(`unresolved ${expression.kind}: ${shortText(expression)}`);
  return resolved;
};

function resolveCall(call: Extract<Expression, { kind: "call" }>, scope: Scope): Resolved {
  const entry = functionEntry(call.name);
  if (entry === undefined)
    throw new AnalysisError(
      "UNKNOWN_FUNCTION",
      `There is no function "${call.name}".${didYouMean(call.name, functionNames)}`,
    );
  checkArity(call.name, entry, call.args.length);
  if (call.distinct && entry.kind !== "aggregate")
    throw new AnalysisError("WRONG_DISTINCT", `${call.name} is no aggregate: "distinct" has no meaning for it.`);
  const args = call.args.map((arg, index) => convertArgument(call, entry, arg, index, scope));
  if ((call.distinct || !takesVariants.has(call.name)) && args.some(({ type }) => hasVariant(type)))
    throw mismatch(
      call,
      "does not take values that are VARIANT: cast them first, or take a part with variant_get",
      scope,
    );
  const result = entry.result(args);
  if (typeof result === "string") throw mismatch(call, result, scope);
  const signature: Signature = "kind" in result ? { type: result } : result;
  if (hasVariantKey(signature.type)) throw mismatch(call, "makes a map, whose keys cannot be VARIANT", scope);
  return {
    type: signature.type,
    nullable: signature.nullable ?? (entry.kind !== "scalar" || args.some((arg) => arg.nullable)),
    takes: args.map((arg, index) => signature.takes?.[index] ?? arg.type),
    ...(signature.spread && { spread: true }),
  };
}

function convertArgument(
  call: Extract<Expression, { kind: "call" }>,
  entry: FunctionEntry,
  expression: Expression,
  index: number,
  scope: Scope,
): Argument {
  const parameter = entry.parameters[Math.min(index, entry.parameters.length - 1)];
  const given = known(expression, scope);
  const type = parameter && convert(parameter, given.type);
  const isLambda = expression.kind === "lambda";
  if (!parameter || !type || isLambda !== (parameter.className === "lambda"))
    throw mismatch(call, `does not take this as argument ${index + 1}`, scope);
  if (parameter.literal && !isPlain(expression))
    throw new AnalysisError(
      "LITERAL_NEEDED",
      `${call.name}: argument ${index + 1} has to be a plain value, not the column ${shortText(expression)}.`,
    );
  if (parameter.constant && !isConstant(expression))
    throw new AnalysisError(
      "LITERAL_NEEDED",
      `${call.name}: argument ${index + 1} has to be the same for all rows, which ${shortText(expression)} is not.`,
    );
  return { type, nullable: given.nullable, expression };
}

/** Whether it is made of literals, by functions that give the same each time. */
const isConstant = (root: Expression): boolean =>
  operandsFirst(root).every((part) => {
    if (part.kind !== "call") return part.kind === "literal" || part.kind === "cast" || part.kind === "case";
    const entry = functionEntry(part.name);
    return entry?.kind === "scalar" && entry.volatile !== true && entry.ofRows !== true && entry.seed === undefined;
  });

/** A literal, or an array of literals. */
const isPlain = (expression: Expression): boolean =>
  expression.kind === "literal" ||
  (expression.kind === "call" &&
    expression.name === "array" &&
    expression.args.every(({ kind }) => kind === "literal"));

function checkArity(name: string, entry: FunctionEntry, given: number): void {
  if (given >= entry.least && given <= entry.most) return;
  const { least, most } = entry;
  const wanted =
    most === Number.POSITIVE_INFINITY ? `at least ${least}` : least === most ? `${least}` : `${least} to ${most}`;
  throw new AnalysisError("WRONG_ARITY", `${name} takes ${wanted} argument${wanted === "1" ? "" : "s"}, not ${given}.`);
}

function mismatch(call: Extract<Expression, { kind: "call" }>, reason: string, scope: Scope): AnalysisError {
  const types = call.args.map((arg) => `${shortText(arg)} is ${typeName(known(arg, scope).type)}`);
  return new AnalysisError(
    "TYPE_MISMATCH",
    `In ${shortText(call)}: ${call.name} ${reason}${types.length > 0 ? ` (${types.join(", ")})` : ""}.`,
  );
}

function resolveVariable({ part, of }: Variable, { type }: Resolved): Resolved {
  switch (part) {
    case "index":
      return { type: INT, nullable: false };
    case "accumulator":
    case "result":
      return { type, nullable: true };
    case "key":
    case "value":
    case "left value":
    case "right value":
      if (type.kind !== "map") break;
      return part === "key" ? { type: type.key, nullable: false } : { type: type.value, nullable: true };
    default:
      if (type.kind === "array") return { type: type.element, nullable: true };
  }
  const wanted = part === "key" || part.endsWith("value") ? "a map" : "an array";
  throw new AnalysisError(
    "TYPE_MISMATCH",
    `${shortText(of)} is ${typeName(type)}, and a callback over its ${wanted === "a map" ? "entries" : "elements"} needs ${wanted}.`,
  );
}

function resolveUdf(expression: Extract<Expression, { kind: "udf" }>, scope: Scope): Resolved {
  const { udf, args } = expression;
  if (freeVariables(expression).length === 0)
    return { type: udf.type, nullable: udf.strict !== true || args.some((arg) => known(arg, scope).nullable) };
  throw new AnalysisError(
    "UDF",
    `${shortText(expression)} takes an element of an array or map, and the function ${expression.udf.name} takes whole columns: give it the array or map.`,
  );
}

/** As in Spark: the field of a struct, those of the structs in an array, the value of a map's key. */
function resolveField(expression: Extract<Expression, { kind: "field" }>, { type, nullable }: Resolved): Resolved {
  if (type.kind === "map" && type.key.kind === "string") return { type: type.value, nullable: true };
  const isArray = type.kind === "array";
  const struct = isArray ? type.element : type;
  if (struct.kind !== "struct") throw noStruct(expression, type);
  const field = findField(struct.fields, expression.name);
  if (!field) {
    const names = struct.fields.map((candidate) => candidate.name);
    const hint = isIndex(expression, type) ? itemHint(expression) : didYouMean(expression.name, names);
    throw new AnalysisError(
      "FIELD_NOT_FOUND",
      `"${shortText(expression.input)}" has no field "${expression.name}". Fields: ${names.join(", ")}.${hint}`,
    );
  }
  if (isArray) return { type: { kind: "array", element: field.type }, nullable, name: field.name };
  return { type: field.type, nullable: nullable || field.nullable, name: field.name };
}

type FieldExpression = Extract<Expression, { kind: "field" }>;

function noStruct(expression: FieldExpression, type: SqlType): AnalysisError {
  const hint = isIndex(expression, type) ? itemHint(expression) : "";
  return new AnalysisError(
    "NO_STRUCT",
    `"${shortText(expression.input)}" is ${typeName(type)} and has no field "${expression.name}"; only a struct has fields.${hint}`,
  );
}

/** `f.list[0]`. */
const isIndex = ({ name }: FieldExpression, { kind }: SqlType): boolean =>
  (kind === "array" || kind === "map") && /^-?\d+$/.test(name);
const itemHint = ({ name }: FieldExpression): string => ` An element is getItem(${name}).`;

function resolveCast(cast: Extract<Expression, { kind: "cast" }>, input: Resolved): Resolved {
  if (!isCastable(input.type, cast.type))
    throw new AnalysisError(
      "IMPOSSIBLE_CAST",
      `${shortText(cast.input)} is ${typeName(input.type)}, which cannot be cast to ${typeName(cast.type)}.`,
    );
  // NaN is no DECIMAL, and of all texts only those that are no calendar interval are no error.
  const mayVanish =
    (isFraction(input.type) && cast.type.kind === "decimal") ||
    (input.type.kind === "string" && isCalendarInterval(cast.type));
  // A VARIANT may hold a null of its own.
  const mayHoldNull = input.type.kind === "variant" && cast.type.kind !== "variant";
  return { type: cast.type, nullable: input.nullable || mayVanish || mayHoldNull || cast.onError === "null" };
}

/** Spark's ANSI rules. */
function isCastable(from: SqlType, to: SqlType): boolean {
  if (from.kind === "void" || to.kind === "string") return true;
  if (from.kind === "variant") return isOfVariant(to, "from VARIANT");
  if (to.kind === "variant") return isOfVariant(from, "to VARIANT");
  if (from.kind === "array" && to.kind === "array") return isCastable(from.element, to.element);
  if (from.kind === "map" && to.kind === "map") return isCastable(from.key, to.key) && isCastable(from.value, to.value);
  if (from.kind === "struct" && to.kind === "struct")
    return (
      from.fields.length === to.fields.length &&
      from.fields.every((field, index) => isCastable(field.type, to.fields[index]?.type as SqlType))
    );
  if (from.kind === to.kind) return true;
  if (isNested(from) || isNested(to)) return false;
  if (from.kind === "string") return true;
  if (isCalendarInterval(from) || isCalendarInterval(to)) return false;
  if (from.kind === "binary" || to.kind === "binary") return false;
  if (isInterval(from) && isInterval(to)) return from.kind === to.kind;
  if (isInterval(from)) return isInteger(to) || to.kind === "decimal";
  if (isInterval(to)) return isInteger(from) || from.kind === "decimal";
  if (to.kind === "time") return false;
  if (from.kind === "time") return isInteger(to) || to.kind === "decimal";
  if (isTime(from) && isTime(to)) return true;
  if (isTime(from)) return from.kind === "timestamp" && isNumeric(to);
  if (isTime(to)) return to.kind === "timestamp" && isNumeric(from);
  return true;
}

const isNested = ({ kind }: SqlType) => kind === "array" || kind === "map" || kind === "struct";

function resolveCase(expression: Extract<Expression, { kind: "case" }>, scope: Scope): Resolved {
  for (const { when } of expression.branches) {
    const { type } = known(when, scope);
    if (type.kind !== "boolean" && type.kind !== "void")
      throw new AnalysisError(
        "NO_CONDITION",
        `when(…) needs a condition, but ${shortText(when)} is ${typeName(type)}.`,
      );
  }
  const values = expression.branches.map((branch) => known(branch.then, scope));
  if (expression.otherwise) values.push(known(expression.otherwise, scope));
  const type = widestOf(values.map((value) => value.type));
  if (type === undefined)
    throw new AnalysisError(
      "TYPE_MISMATCH",
      `The results of when(…) have no common type: ${values.map((value) => typeName(value.type)).join(", ")}.`,
    );
  return { type, nullable: expression.otherwise === undefined || values.some((value) => value.nullable) };
}

function resolveWindow(expression: Extract<Expression, { kind: "window" }>, scope: Scope): Resolved {
  const { call, over } = expression;
  const entry = call.kind === "call" ? functionEntry(call.name) : undefined;
  if (call.kind !== "call" || !entry || entry.kind === "scalar" || entry.kind === "grouping") {
    if (call.kind === "sql") return known(call, scope);
    throw new AnalysisError(
      "NO_WINDOW_FUNCTION",
      `over(…) follows an aggregate or a window function, not ${shortText(call)}.`,
    );
  }
  if (entry.ordered && over.orderBy.length === 0)
    throw new AnalysisError("WINDOW_WITHOUT_ORDER", `${call.name} needs a window with an order: Window.orderBy(…).`);
  checkWindow(call, over);
  for (const key of [...over.partitionBy, ...over.orderBy.map(({ expression: by }) => by)])
    expectComparable(known(key, scope).type, shortText(key));
  const keys = over.orderBy.map((key) => known(key.expression, scope).type);
  for (const type of [...over.partitionBy.map((key) => known(key, scope).type), ...keys])
    if (!isOrdered(type))
      throw new AnalysisError(
        "NO_ORDER",
        `${call.name}: a window has a key of type ${typeName(type)}, which has no order.`,
      );
  checkFrame(over, keys);
  return known(call, scope);
}
