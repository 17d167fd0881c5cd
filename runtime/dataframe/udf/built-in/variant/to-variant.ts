import type { Decimal } from "decimal.js";
import { QuernError } from "../../../../errors.ts";
import type { SqlType } from "../../../../plan/types.ts";
import { instantMicros, plainDateDays, plainDateTimeMicros } from "../../../literal.ts";
import type { Encoded } from "../../../variant/encoded.ts";
import { decimalNode, type FieldNode, type Node, NULL, objectNode } from "../../../variant/node.ts";

/** How values of a type, with bigints and Temporal's times, become VARIANTs. */
export function toVariant(type: SqlType): (value: any) => Node {
  const convert = converter(type);
  return (value) => (value === null || value === undefined ? NULL : convert(value));
}

function converter(type: SqlType): (value: any) => Node {
  switch (type.kind) {
    case "byte":
    case "short":
    case "int":
    case "long":
      return (value: number | bigint) => ({ kind: "long", value: BigInt(value) });
    case "decimal":
      return (value: Decimal) => {
        const [whole = "", behind = ""] = value.toFixed().split(".");
        return decimalNode(BigInt(whole + behind), behind.length);
      };
    case "date":
      return (value: Temporal.PlainDate) => ({ kind: "date", value: plainDateDays(value) });
    case "timestamp":
      return (value: Temporal.Instant) => ({ kind: "timestamp", value: instantMicros(value) });
    case "timestamp_ntz":
      return (value: Temporal.PlainDateTime) => ({ kind: "timestamp_ntz", value: plainDateTimeMicros(value) });
    case "boolean":
    case "float":
    case "double":
    case "string":
    case "binary": {
      const { kind } = type;
      return (value) => ({ kind, value }) as Node;
    }
    case "variant":
      return (value: Encoded) => value.node();
    case "array": {
      const item = toVariant(type.element);
      return (value: unknown[]) => ({ kind: "array", items: value.map(item) });
    }
    case "map": {
      const item = toVariant(type.value);
      return (value: Map<string, unknown>) => object([...value].map(([name, one]) => [name, item(one)]));
    }
    case "struct": {
      const fields = type.fields.map((field) => [field.name, toVariant(field.type)] as const);
      return (value) => object(fields.map(([name, item]) => [name, item(value[name])]));
    }
    default:
      // NULL alone: the table of functions refuses others.
      return () => NULL;
  }
}

function object(fields: readonly FieldNode[]): Node {
  const node = objectNode(fields);
  if (!("twice" in node)) return node;
  throw new QuernError("VARIANT_DUPLICATE_KEY", `An object of a VARIANT would have the name "${node.twice}" twice.`);
}
