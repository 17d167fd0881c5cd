import type { CallExpression, Expression, ObjectExpression } from "oxc-parser";
import { keyName, shapeOfType } from "./annotation.ts";
import type { Scope } from "./scope.ts";
import { asTemporalName, type Item, lazily, type Shape, unionOf } from "./shape.ts";

/** The shape of an initialiser's value, as `let` would have it: "a" is a string. */
export function shapeOfValue(value: Expression, scope: Scope): Shape {
  switch (value.type) {
    case "Literal":
      return literalShape(value.value);
    case "TemplateLiteral":
      return { kind: "string" };
    case "UnaryExpression":
      if (value.operator === "!" || value.operator === "delete") return { kind: "boolean" };
      if (value.operator === "typeof") return { kind: "string" };
      if (value.operator === "-" || value.operator === "+" || value.operator === "~") {
        return numeric(shapeOfValue(value.argument, scope)) ?? computed;
      }
      return computed;
    case "BinaryExpression":
      return binaryShape(
        value.operator,
        shapeOfValue(value.left as Expression, scope),
        shapeOfValue(value.right, scope),
      );
    case "ConditionalExpression":
      return joined([shapeOfValue(value.consequent, scope), shapeOfValue(value.alternate, scope)]);
    case "ArrayExpression":
      return arrayShape(value.elements.map((element) => elementShape(element, scope)));
    case "ObjectExpression":
      return objectShape(value, scope);
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSTypeAssertion":
      return isConst(value) ? shapeOfValue(value.expression, scope) : shapeOfType(value.typeAnnotation, scope);
    case "NewExpression":
    case "CallExpression":
      return calledShape(pathOf(value.callee), value.type === "NewExpression");
    case "MemberExpression": {
      const meaning = value.object.type === "Identifier" && !value.computed ? scope.get(value.object.name) : undefined;
      return meaning && "shape" in meaning ? meaning.shape : computed;
    }
    case "Identifier":
      if (value.name === "NaN" || value.name === "Infinity") return { kind: "number" };
      return computed;
    default:
      return computed;
  }
}

const computed: Shape = { kind: "unknowable", because: "it is computed" };

function literalShape(value: unknown): Shape {
  const kind = typeof value;
  if (kind === "string" || kind === "number" || kind === "boolean" || kind === "bigint") return { kind };
  return value === null ? { kind: "unknowable", because: "null says nothing of other values" } : computed;
}

const numeric = (shape: Shape): Shape | undefined =>
  shape.kind === "number" || shape.kind === "bigint" ? shape : undefined;

function binaryShape(operator: string, left: Shape, right: Shape): Shape {
  if (/^([<>]=?|[!=]==?|in|instanceof)$/.test(operator)) return { kind: "boolean" };
  if (operator === "+" && (left.kind === "string" || right.kind === "string")) return { kind: "string" };
  return left.kind === right.kind ? (numeric(left) ?? computed) : computed;
}

/** One shape for several values; a null among others says what it says. */
function joined(shapes: readonly Shape[]): Shape {
  return shapes.find((shape) => shape.kind === "unknowable") ?? unionOf(shapes);
}

function elementShape(element: ReturnType<typeof elementsOf>[number], scope: Scope): Shape {
  if (element === null || element.type === "SpreadElement") return computed;
  return shapeOfValue(element, scope);
}

const elementsOf = (array: Extract<Expression, { type: "ArrayExpression" }>) => array.elements;

function arrayShape(elements: readonly Shape[]): Shape {
  if (elements.length === 0) return { kind: "array", of: () => ({ kind: "json" }) };
  const of = joined(elements);
  return of.kind === "unknowable" ? of : { kind: "array", of: () => of };
}

function objectShape({ properties }: ObjectExpression, scope: Scope): Shape {
  if (properties.length === 0) return { kind: "object", properties: new Map(), others: () => ({ kind: "json" }) };
  const items = new Map<string, Item>();
  for (const property of properties) {
    if (property.type === "SpreadElement" || property.kind !== "init") return computed;
    const name = keyName(property.key, property.computed);
    if (name === undefined) return computed;
    items.set(name, { shape: lazily(() => shapeOfValue(property.value, scope)), optional: false });
  }
  return { kind: "object", properties: items };
}

/** Whether it says `as const`. */
export function isConst({ typeAnnotation }: Extract<Expression, { typeAnnotation: unknown }>): boolean {
  if (typeAnnotation?.type !== "TSTypeReference") return false;
  const { typeName } = typeAnnotation;
  return typeName.type === "Identifier" && typeName.name === "const";
}

/** `Temporal.PlainDate.from` of a callee; "" of what is not names alone. */
function pathOf(callee: CallExpression["callee"]): string {
  if (callee.type === "Identifier") return callee.name;
  if (callee.type !== "MemberExpression" || callee.computed || callee.property.type !== "Identifier") return "";
  const object = pathOf(callee.object);
  return object && `${object}.${callee.property.name}`;
}

const results: { readonly [path: string]: Shape } = {
  String: { kind: "string" },
  Number: { kind: "number" },
  Boolean: { kind: "boolean" },
  BigInt: { kind: "bigint" },
  parseInt: { kind: "number" },
  parseFloat: { kind: "number" },
  "Number.parseInt": { kind: "number" },
  "Number.parseFloat": { kind: "number" },
  "Date.now": { kind: "number" },
  "Temporal.Now.instant": { kind: "temporal", name: "Instant" },
  "Temporal.Now.plainDateISO": { kind: "temporal", name: "PlainDate" },
  "Temporal.Now.plainTimeISO": { kind: "temporal", name: "PlainTime" },
  "Temporal.Now.plainDateTimeISO": { kind: "temporal", name: "PlainDateTime" },
  "Temporal.Now.zonedDateTimeISO": { kind: "temporal", name: "ZonedDateTime" },
};

function calledShape(path: string, isNew: boolean): Shape {
  if (isNew && path === "Date") return { kind: "date" };
  const temporal = asTemporalName(/^Temporal\.(\w+)/.exec(path)?.[1] ?? "");
  if (temporal && path === `Temporal.${temporal}${isNew ? "" : ".from"}`) return { kind: "temporal", name: temporal };
  return !isNew && Object.hasOwn(results, path) ? (results[path] ?? computed) : computed;
}
