import { inspect } from "node:util";
import { Decimal } from "decimal.js";
import { AnalysisError } from "../../errors.ts";
import { dateMicros, instantMicros, plainDateDays, plainDateTimeMicros } from "../literal.ts";
import type { RowOptions } from "../row.ts";
import { epochDay, exactDecimal, instant, milliseconds, safeNumber } from "../scalar-values.ts";
import { decimalNode, type FieldNode, type Node, NULL, objectNode } from "./node.ts";

/** The JavaScript value of a VARIANT; `path` names its column in errors. */
export function variantValue(node: Node, options: RowOptions, path: string): unknown {
  const isTemporal = options.time === "Temporal";
  switch (node.kind) {
    case "null":
      return null;
    case "long":
      return options.long === "bigint" ? node.value : safeNumber(node.value, path);
    case "decimal":
      return exactDecimal(node.value, node.scale);
    case "date":
      return isTemporal ? epochDay.add({ days: node.value }) : new Date(node.value * 86_400_000);
    case "timestamp":
      return isTemporal ? instant(node.value) : new Date(milliseconds(node.value));
    case "timestamp_ntz":
      return isTemporal
        ? instant(node.value).toZonedDateTimeISO("UTC").toPlainDateTime()
        : new Date(milliseconds(node.value));
    case "object":
      // An assignment to "__proto__" would set the prototype.
      return Object.fromEntries(
        node.fields.map(([name, value]) => [name, variantValue(value, options, `${path}.${name}`)]),
      );
    case "array":
      return node.items.map((item) => variantValue(item, options, `${path}[]`));
    default:
      return node.value;
  }
}

/** The VARIANT of a JavaScript value: numbers are LONG if they are whole, else DOUBLE. @throws AnalysisError for what has none */
export function nodeOf(value: unknown): Node {
  switch (typeof value) {
    case "undefined":
      return NULL;
    case "boolean":
      return { kind: "boolean", value };
    case "string":
      return { kind: "string", value };
    case "number":
      return Number.isSafeInteger(value) && !Object.is(value, -0)
        ? { kind: "long", value: BigInt(value) }
        : { kind: "double", value };
    case "bigint":
      return BigInt.asIntN(64, value) === value ? { kind: "long", value } : decimal(value, 0, value);
    case "object":
      return value === null ? NULL : nodeOfObject(value);
    default:
      throw none(value);
  }
}

function nodeOfObject(value: object): Node {
  if (Array.isArray(value)) return { kind: "array", items: value.map(nodeOf) };
  if (Decimal.isDecimal(value)) {
    if (!value.isFinite()) throw none(value);
    const [whole = "", fraction = ""] = value.toFixed().split(".");
    return decimal(BigInt(whole + fraction), fraction.length, value);
  }
  if (value instanceof Date) return { kind: "timestamp", value: dateMicros(value) };
  if (value instanceof Uint8Array) return { kind: "binary", value };
  if (value instanceof Temporal.Instant) return { kind: "timestamp", value: instantMicros(value) };
  if (value instanceof Temporal.ZonedDateTime) return { kind: "timestamp", value: instantMicros(value.toInstant()) };
  if (value instanceof Temporal.PlainDate) return { kind: "date", value: plainDateDays(value) };
  if (value instanceof Temporal.PlainDateTime) return { kind: "timestamp_ntz", value: plainDateTimeMicros(value) };
  if (value instanceof Map) return object([...value], value);
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) throw none(value);
  return object(
    Object.entries(value).filter(([, item]) => item !== undefined),
    value,
  );
}

function object(entries: readonly (readonly [unknown, unknown])[], given: object): Node {
  const fields = entries.map(([name, value]): FieldNode => {
    if (typeof name !== "string") throw none(given);
    return [name, nodeOf(value)];
  });
  const node = objectNode(fields);
  if ("twice" in node) throw none(given);
  return node;
}

function decimal(unscaled: bigint, scale: number, given: unknown): Node {
  const limit = 10n ** 38n;
  if (unscaled >= limit || unscaled <= -limit || scale > 38) throw none(given);
  return decimalNode(unscaled, scale);
}

const none = (value: unknown): AnalysisError =>
  new AnalysisError(
    "CREATE_FRAME",
    `${inspect(value, { depth: 0, maxStringLength: 40 })} is no VARIANT: it holds null, booleans, numbers, bigints, decimals of 38 digits, texts, bytes, dates and times, and arrays, objects and maps of these`,
  );
