import { Decimal } from "decimal.js";
import type { Encoded } from "../../../runtime/dataframe/variant/encoded.ts";
import type { Node } from "../../../runtime/dataframe/variant/node.ts";
import type { SqlType } from "../../../runtime/plan/types.ts";

/** A value in full: no two different ones have the same text. */
export function valueText(value: unknown, type: SqlType): string {
  if (value === null || value === undefined) return "null";
  switch (type.kind) {
    case "float":
    case "double":
      return Object.is(value, -0) ? "-0" : String(value);
    case "decimal":
      return new Decimal(value as Decimal).toFixed(type.scale);
    case "string":
      return JSON.stringify(value);
    case "binary":
      return `0x${Buffer.from(value as Uint8Array).toString("hex")}`;
    case "variant":
      return nodeText((value as Encoded).node());
    case "array":
      return `[${(value as unknown[]).map((item) => valueText(item, type.element)).join(", ")}]`;
    case "map":
      return `{${[...(value as Map<unknown, unknown>)]
        .map(([key, item]) => `${valueText(key, type.key)}: ${valueText(item, type.value)}`)
        .join(", ")}}`;
    case "struct":
      return `(${type.fields
        .map(({ name, type: of }) => `${name}: ${valueText((value as { [name: string]: unknown })[name], of)}`)
        .join(", ")})`;
    default:
      return String(value);
  }
}

/** With the kind of each value, since numbers of several may look alike. */
function nodeText(node: Node): string {
  switch (node.kind) {
    case "object":
      return `{${node.fields.map(([name, item]) => `${JSON.stringify(name)}: ${nodeText(item)}`).join(", ")}}`;
    case "array":
      return `[${node.items.map(nodeText).join(", ")}]`;
    case "null":
      return "NULL";
    case "decimal":
      return `decimal ${node.value}e-${node.scale}`;
    case "binary":
      return `0x${Buffer.from(node.value).toString("hex")}`;
    default:
      return `${node.kind} ${typeof node.value === "string" ? JSON.stringify(node.value) : valueText(node.value, { kind: "double" })}`;
  }
}

/** The text with the numbers in it to 14 digits. */
export const roundedText = (text: string): string =>
  text.replace(/-?\d+(\.\d+)?(e[+-]?\d+)?/g, (number) => String(Number(Number(number).toPrecision(14))));
