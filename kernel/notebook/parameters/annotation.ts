import type {
  PropertyKey,
  TSInterfaceDeclaration,
  TSSignature,
  TSTupleElement,
  TSType,
  TSTypeReference,
} from "oxc-parser";
import type { Scope } from "./scope.ts";
import { asTemporalName, type Item, type Lazy, lazily, membersOf, type Shape, unionOf } from "./shape.ts";

type ObjectShape = Shape & { kind: "object" };

/**
 * The shape of a written type. `open` are the names that are being looked up, so that a type which is nothing but
 * itself is found.
 */
export function shapeOfType(type: TSType, scope: Scope, open: ReadonlySet<string> = new Set()): Shape {
  switch (type.type) {
    case "TSStringKeyword":
      return { kind: "string" };
    case "TSNumberKeyword":
      return { kind: "number" };
    case "TSBooleanKeyword":
      return { kind: "boolean" };
    case "TSBigIntKeyword":
      return { kind: "bigint" };
    case "TSNullKeyword":
      return { kind: "null" };
    case "TSUndefinedKeyword":
    case "TSVoidKeyword":
      return { kind: "undefined" };
    case "TSAnyKeyword":
    case "TSUnknownKeyword":
      return { kind: "json" };
    case "TSParenthesizedType":
      return shapeOfType(type.typeAnnotation, scope, open);
    case "TSLiteralType":
      return literalShape(type.literal);
    case "TSUnionType":
      return unionOf(type.types.map((member) => shapeOfType(member, scope, open)));
    case "TSIntersectionType":
      return merged(type.types.map((member) => shapeOfType(member, scope, open)));
    case "TSArrayType":
      return { kind: "array", of: inside(type.elementType, scope) };
    case "TSTupleType":
      return tupleShape(type.elementTypes, scope);
    case "TSTypeLiteral":
      return objectShape(type.members, scope);
    case "TSTypeReference":
      return referredShape(type, scope, open);
    case "TSTypeOperator":
      if (type.operator === "readonly") return shapeOfType(type.typeAnnotation, scope, open);
      return unknowable(`it is computed by ${type.operator}`);
    default:
      return unknowable(`it is ${kinds[type.type] ?? "computed from other types"}`);
  }
}

const kinds: { readonly [type: string]: string } = {
  TSFunctionType: "a function type",
  TSConstructorType: "a constructor type",
  TSObjectKeyword: "any object at all",
  TSSymbolKeyword: "a symbol",
  TSNeverKeyword: "never",
  TSTemplateLiteralType: "a template of texts",
  TSImportType: "imported",
  TSTypeQuery: "the type of a value (typeof)",
};

const unknowable = (because: string): Shape => ({ kind: "unknowable", because });

const inside = (type: TSType, scope: Scope): Lazy => lazily(() => shapeOfType(type, scope));

function literalShape(literal: Extract<TSType, { type: "TSLiteralType" }>["literal"]): Shape {
  if (literal.type === "Literal") return { kind: "literal", value: literal.value };
  if (literal.type === "UnaryExpression" && literal.operator === "-" && literal.argument.type === "Literal") {
    const { value } = literal.argument;
    if (typeof value === "number" || typeof value === "bigint") return { kind: "literal", value: -value };
  }
  const [quasi, ...more] = literal.type === "TemplateLiteral" ? literal.quasis : [];
  const text = quasi?.value.cooked;
  return typeof text === "string" && more.length === 0
    ? { kind: "literal", value: text }
    : unknowable("it is a template of texts");
}

function tupleShape(elements: readonly TSTupleElement[], scope: Scope): Shape {
  const items: Item[] = [];
  let rest: Lazy | undefined;
  for (const element of elements) {
    const named = element.type === "TSNamedTupleMember";
    const type = named ? element.elementType : element;
    if (rest) return unknowable("it is a tuple whose rest is not at its end");
    if (type.type === "TSRestType") {
      const all = inside(unnamed(type.typeAnnotation), scope);
      rest = lazily(() => {
        const shape = all();
        return shape.kind === "array" ? shape.of() : unknowable("it is a tuple whose rest is no plain array");
      });
    } else if (type.type === "TSOptionalType") {
      items.push({ shape: inside(type.typeAnnotation, scope), optional: true });
    } else items.push({ shape: inside(type, scope), optional: named && element.optional });
  }
  return { kind: "tuple", items, ...(rest && { rest }) };
}

const unnamed = (type: TSType): TSType => (type.type === "TSNamedTupleMember" ? (type.elementType as TSType) : type);

function objectShape(members: readonly TSSignature[], scope: Scope): Shape {
  const properties = new Map<string, Item>();
  let others: Lazy | undefined;
  for (const member of members) {
    if (member.type === "TSIndexSignature") others = inside(member.typeAnnotation.typeAnnotation, scope);
    else if (member.type === "TSPropertySignature" || member.type === "TSMethodSignature") {
      const name = keyName(member.key, member.computed);
      if (name === undefined) return unknowable("one of its properties has a computed name");
      const type = member.type === "TSPropertySignature" ? member.typeAnnotation?.typeAnnotation : undefined;
      const shape = member.type === "TSMethodSignature" ? () => unknowable("it is a method") : undefined;
      properties.set(name, {
        shape: shape ?? (type ? inside(type, scope) : () => ({ kind: "json" })),
        optional: member.optional,
      });
    } else return unknowable("it can be called");
  }
  return { kind: "object", properties, ...(others && { others }) };
}

/** The name of a property; undefined where it is computed. */
export function keyName(key: PropertyKey, computed: boolean): string | undefined {
  if (key.type === "Literal") return String(key.value);
  return key.type === "Identifier" && !computed ? key.name : undefined;
}

function referredShape(type: TSTypeReference, scope: Scope, open: ReadonlySet<string>): Shape {
  const { typeName, typeArguments } = type;
  if (typeName.type === "TSQualifiedName") {
    const { left, right } = typeName;
    const name = left.type === "Identifier" && left.name === "Temporal" ? asTemporalName(right.name) : undefined;
    return name ? { kind: "temporal", name } : unknowable(`${right.name} is a member of a namespace or an enum`);
  }
  if (typeName.type !== "Identifier") return unknowable("it is the type of this");
  return namedShape(typeName.name, typeArguments?.params ?? [], scope, open);
}

function namedShape(name: string, args: readonly TSType[], scope: Scope, open: ReadonlySet<string>): Shape {
  const meaning = scope.get(name);
  if (meaning === undefined) return globalShape(name, args, scope, open);
  if ("unknowable" in meaning) return unknowable(meaning.unknowable);
  if ("shape" in meaning) return meaning.shape;
  if (open.has(name)) return unknowable(`${name} refers to itself`);
  const within = new Set([...open, name]);
  if ("alias" in meaning) return shapeOfType(meaning.alias, scope, within);
  return merged(meaning.interfaces.flatMap((declared) => interfaceParts(declared, scope, within)));
}

function interfaceParts(declared: TSInterfaceDeclaration, scope: Scope, open: ReadonlySet<string>): Shape[] {
  const bases = declared.extends.map(({ expression, typeArguments }) =>
    expression.type === "Identifier"
      ? namedShape(expression.name, typeArguments?.params ?? [], scope, open)
      : unknowable("it extends a member of a namespace"),
  );
  return [...bases, objectShape(declared.body.body, scope)];
}

function globalShape(name: string, args: readonly TSType[], scope: Scope, open: ReadonlySet<string>): Shape {
  const [first, second] = args;
  if (name === "Date") return { kind: "date" };
  if ((name === "Array" || name === "ReadonlyArray") && first) return { kind: "array", of: inside(first, scope) };
  if (name === "Readonly" && first) return shapeOfType(first, scope, open);
  if (name === "Record" && first && second) return recordShape(shapeOfType(first, scope, open), inside(second, scope));
  return unknowable(
    args.length > 0 ? `${name}<…> is a generic type` : `${name} is not declared in the parameters cell or before it`,
  );
}

function recordShape(keys: Shape, value: Lazy): Shape {
  const properties = new Map<string, Item>();
  for (const key of membersOf(keys)) {
    if (key.kind === "string" || key.kind === "number") return { kind: "object", properties: new Map(), others: value };
    if (key.kind !== "literal") return unknowable("the keys of a Record are neither texts nor numbers");
    properties.set(String(key.value), { shape: value, optional: false });
  }
  return { kind: "object", properties };
}

/** Objects that are all of these at once; the last word on a property counts. */
function merged(shapes: readonly Shape[]): Shape {
  const other = shapes.find((shape) => shape.kind !== "object");
  if (other)
    return other.kind === "unknowable" ? other : unknowable("it is an intersection of what are not all objects");
  const objects = shapes as readonly ObjectShape[];
  const others = objects.findLast((shape) => shape.others)?.others;
  return {
    kind: "object",
    properties: new Map(objects.flatMap(({ properties }) => [...properties])),
    ...(others && { others }),
  };
}
