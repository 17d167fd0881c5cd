import type { Node } from "../../../variant/node.ts";

/** The type that a VARIANT says it is of, or several of one column. */
export type Shape =
  | { readonly kind: "array"; readonly element: Shape }
  /** In the order of their names. */
  | { readonly kind: "object"; readonly fields: readonly (readonly [name: string, shape: Shape])[] }
  | { readonly kind: "decimal"; readonly precision: number; readonly scale: number }
  | { readonly kind: Exclude<Node["kind"], "array" | "object" | "decimal"> | "variant" };

export const NOTHING: Shape = { kind: "null" };

export function shapeOf(node: Node): Shape {
  switch (node.kind) {
    case "object":
      return { kind: "object", fields: node.fields.map(([name, value]) => [name, shapeOf(value)]) };
    case "array":
      return { kind: "array", element: node.items.map(shapeOf).reduce(common, NOTHING) };
    case "decimal": {
      const digits = (node.value < 0n ? -node.value : node.value).toString().length;
      return { kind: "decimal", precision: Math.max(digits, node.scale), scale: node.scale };
    }
    default:
      return { kind: node.kind };
  }
}

/** The narrowest shape of the values of both, as Spark finds it; a VARIANT where there is none. */
export function common(a: Shape, b: Shape): Shape {
  if (a.kind === "null") return b;
  if (b.kind === "null") return a;
  if (a.kind === "array" && b.kind === "array") return { kind: "array", element: common(a.element, b.element) };
  if (a.kind === "object" && b.kind === "object") {
    const fields = new Map(a.fields);
    for (const [name, shape] of b.fields) fields.set(name, common(fields.get(name) ?? NOTHING, shape));
    return { kind: "object", fields: [...fields].sort(([x], [y]) => (x < y ? -1 : x > y ? 1 : 0)) };
  }
  if (a.kind === "decimal" || b.kind === "decimal") return commonDecimal(a, b);
  if (a.kind === b.kind) return a;
  const kinds = [a.kind, b.kind];
  if (kinds.every((kind) => kind === "long" || kind === "double" || kind === "float"))
    return { kind: kinds.includes("double") ? "double" : "float" };
  if (kinds.every((kind) => kind === "date" || kind === "timestamp" || kind === "timestamp_ntz"))
    return { kind: kinds.includes("timestamp") ? "timestamp" : "timestamp_ntz" };
  return { kind: "variant" };
}

function commonDecimal(a: Shape, b: Shape): Shape {
  if (a.kind === "double" || b.kind === "double") return { kind: "double" };
  const [x, y] = [asDecimal(a), asDecimal(b)];
  if (x === undefined || y === undefined) return { kind: "variant" };
  const scale = Math.max(x.scale, y.scale);
  const precision = Math.max(x.precision - x.scale, y.precision - y.scale) + scale;
  return precision > 38 ? { kind: "double" } : { kind: "decimal", precision, scale };
}

const asDecimal = (shape: Shape): Extract<Shape, { kind: "decimal" }> | undefined =>
  shape.kind === "long" ? { kind: "decimal", precision: 20, scale: 0 } : shape.kind === "decimal" ? shape : undefined;

/** As Spark writes it; an object is no struct, since its fields have no order. */
export function shapeText(shape: Shape): string {
  switch (shape.kind) {
    case "array":
      return `ARRAY<${shapeText(shape.element)}>`;
    case "object":
      return `OBJECT<${shape.fields.map(([name, of]) => `${nameText(name)}: ${shapeText(of)}`).join(", ")}>`;
    case "decimal":
      return `DECIMAL(${shape.precision},${shape.scale})`;
    case "null":
      return "VOID";
    case "long":
      return "BIGINT";
    default:
      return shape.kind.toUpperCase();
  }
}

const nameText = (name: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `\`${name.replaceAll("`", "``")}\``;
