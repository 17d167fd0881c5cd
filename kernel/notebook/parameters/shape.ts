/** What can be given to a parameter: its TypeScript type, as far as a value can be checked without running anything. */
export type Shape =
  | { readonly kind: "string" | "number" | "boolean" | "bigint" | "null" | "undefined" }
  /** `unknown` and `any`: whatever JSON can say. */
  | { readonly kind: "json" }
  | { readonly kind: "literal"; readonly value: string | number | boolean | bigint }
  | { readonly kind: "union"; readonly members: readonly Shape[] }
  | { readonly kind: "array"; readonly of: Lazy }
  | { readonly kind: "tuple"; readonly items: readonly Item[]; readonly rest?: Lazy }
  | {
      readonly kind: "object";
      readonly properties: ReadonlyMap<string, Item>;
      /** Of properties that are not named, where such are allowed. */
      readonly others?: Lazy;
    }
  | { readonly kind: "date" }
  | { readonly kind: "temporal"; readonly name: TemporalName }
  | { readonly kind: "enum"; readonly name: string; readonly members: ReadonlyMap<string, string | number | undefined> }
  /** `because` completes "a value of it cannot be checked without running the notebook, since …". */
  | { readonly kind: "unknowable"; readonly because: string };

export type Item = { readonly shape: Lazy; readonly optional: boolean };

/** Types may hold themselves, so what is inside of others is looked at when there is a value for it. */
export type Lazy = () => Shape;

export const temporalNames = [
  "Instant",
  "PlainDate",
  "PlainDateTime",
  "PlainTime",
  "PlainYearMonth",
  "PlainMonthDay",
  "ZonedDateTime",
  "Duration",
] as const;

export type TemporalName = (typeof temporalNames)[number];

export const asTemporalName = (name: string): TemporalName | undefined => temporalNames.find((known) => known === name);

export function lazily(make: Lazy): Lazy {
  let shape: Shape | undefined;
  return () => {
    shape ??= make();
    return shape;
  };
}

/** The members of a union, those of unions within included. */
export function membersOf(shape: Shape): readonly Shape[] {
  return shape.kind === "union" ? shape.members.flatMap(membersOf) : [shape];
}

/** A union, without what it says twice. Of types that hold others nothing is looked at: they may hold this one. */
export function unionOf(shapes: readonly Shape[]): Shape {
  const holds = (shape: Shape) => /^(array|tuple|object|unknowable)$/.test(shape.kind);
  const members = new Map(
    shapes.flatMap(membersOf).map((shape) => [holds(shape) ? shape : shapeText(shape), shape] as const),
  );
  const [first] = members.values();
  return members.size === 1 && first ? first : { kind: "union", members: [...members.values()] };
}

/** The type as TypeScript writes it, cut where it goes deep. */
export function shapeText(shape: Shape, depth = 0): string {
  switch (shape.kind) {
    case "json":
      return "unknown";
    case "literal":
      return typeof shape.value === "bigint" ? `${shape.value}n` : JSON.stringify(shape.value);
    case "union":
      return shape.members.map((member) => shapeText(member, depth)).join(" | ");
    case "array":
      return depth > 2 ? "unknown[]" : arrayText(shape.of(), depth);
    case "tuple": {
      if (depth > 2) return "[…]";
      const items = shape.items.map((item) => shapeText(item.shape(), depth + 1) + (item.optional ? "?" : ""));
      return `[${[...items, ...(shape.rest ? [`...${arrayText(shape.rest(), depth)}`] : [])].join(", ")}]`;
    }
    case "object":
      return depth > 2 ? "{ … }" : objectText(shape, depth);
    case "date":
      return "Date";
    case "enum":
      return shape.name;
    case "temporal":
      return `Temporal.${shape.name}`;
    case "unknowable":
      return "unknown";
    default:
      return shape.kind;
  }
}

function arrayText(of: Shape, depth: number): string {
  const text = shapeText(of, depth + 1);
  return of.kind === "union" ? `(${text})[]` : `${text}[]`;
}

function objectText({ properties, others }: Shape & { kind: "object" }, depth: number): string {
  if (properties.size === 0 && others) return `Record<string, ${shapeText(others(), depth + 1)}>`;
  const fields = [...properties].map(
    ([name, { shape, optional }]) => `${propertyKey(name)}${optional ? "?" : ""}: ${shapeText(shape(), depth + 1)}`,
  );
  if (others) fields.push(`[key: string]: ${shapeText(others(), depth + 1)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join("; ")} }`;
}

/** A property's name as it stands in a type or an object. */
export const propertyKey = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
