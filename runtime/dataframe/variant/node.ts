/** A value that a VARIANT may hold, and of which type it says that it is. */
export type Node =
  | { readonly kind: "null" }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "long"; readonly value: bigint }
  | { readonly kind: "double" | "float"; readonly value: number }
  /** Without zeros at the end of its fraction; `scale` digits are behind the point. */
  | { readonly kind: "decimal"; readonly value: bigint; readonly scale: number }
  | { readonly kind: "string" | "uuid"; readonly value: string }
  | { readonly kind: "binary"; readonly value: Uint8Array }
  /** Days since 1970. */
  | { readonly kind: "date"; readonly value: number }
  /** Microseconds since 1970. */
  | { readonly kind: "timestamp" | "timestamp_ntz"; readonly value: bigint }
  | ObjectNode
  | ArrayNode;

/** Fields are in the order of their names, by UTF-16 units; no name is there twice. */
export type ObjectNode = { readonly kind: "object"; readonly fields: readonly FieldNode[] };
export type FieldNode = readonly [name: string, value: Node];
export type ArrayNode = { readonly kind: "array"; readonly items: readonly Node[] };

export const NULL: Node = { kind: "null" };

export function decimalNode(unscaled: bigint, scale: number): Node {
  let [value, digits] = [unscaled, scale];
  while (digits > 0 && value % 10n === 0n) {
    value /= 10n;
    digits -= 1;
  }
  return { kind: "decimal", value, scale: digits };
}

/** A decimal's digits, all of them, and the point. */
export function decimalDigits(unscaled: bigint, scale: number): string {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, "0");
  const point = digits.length - scale;
  return `${unscaled < 0n ? "-" : ""}${digits.slice(0, point)}${scale > 0 ? `.${digits.slice(point)}` : ""}`;
}

/** An object of fields in any order; undefined where a name is there twice. */
export function objectNode(fields: readonly FieldNode[]): ObjectNode | { readonly twice: string } {
  const sorted = fields.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const twice = sorted.find(([name], index) => index > 0 && sorted[index - 1]?.[0] === name);
  return twice === undefined ? { kind: "object", fields: sorted } : { twice: twice[0] };
}
