import { Decimal } from "decimal.js";
import { AnalysisError, QuernError } from "../../../../errors.ts";
import { typeName } from "../../../../plan/type-names.ts";
import type { SqlType } from "../../../../plan/types.ts";
import { encode } from "../../../variant/encode.ts";
import { decimalDigits, type Node } from "../../../variant/node.ts";
import { dateText, floatText, localTimeText, offsetMicros, variantText } from "../../../variant/text.ts";
import { hasKind, inError } from "../built-in.ts";
import { javaDouble } from "../json/write.ts";
import { type Zone, zoneOf } from "../time/java-zone.ts";
import { decimalOfNode, doubleOf, floatOf, wholeOf } from "./numbers.ts";
import { dateOfNode, instantOfNode, localTimeOfNode } from "./times.ts";
import { trimmed } from "./trimmed.ts";

/** A VARIANT, or a part of it, that is none of the type that is asked for. */
export class InvalidCast extends Error {}

export type Casting = {
  /** The session's. */
  readonly zone: string;
  /** Null takes the place of what cannot be cast, part by part. */
  readonly orNull: boolean;
};

/** A VARIANT as a value of a type, with bigints and Temporal's times. @throws InvalidCast */
export function castNode(node: Node, type: SqlType, casting: Casting): unknown {
  if (type.kind === "variant") return encode(node);
  if (node.kind === "null") return null;
  const found = valueIn(node, type, casting);
  if (found !== undefined) return found;
  if (casting.orNull) return null;
  throw new InvalidCast(
    `[INVALID_VARIANT_CAST] The VARIANT ${inError(variantText(node, casting.zone))} is no ${typeName(type).toUpperCase()}. With try_variant_get, or tryCast, it is null.`,
  );
}

/** Undefined where there is none. */
function valueIn(node: Node, type: SqlType, casting: Casting): unknown {
  switch (type.kind) {
    case "array":
      return node.kind === "array" ? node.items.map((item) => castNode(item, type.element, casting)) : undefined;
    case "map":
      return node.kind === "object"
        ? new Map(node.fields.map(([name, value]) => [name, castNode(value, type.value, casting)]))
        : undefined;
    case "struct": {
      if (node.kind !== "object") return undefined;
      const values = new Map(node.fields);
      const fields = type.fields.map(({ name, type: own }) => {
        const value = values.get(name);
        return [name, value === undefined ? null : castNode(value, own, casting)];
      });
      return Object.fromEntries(fields);
    }
    case "string":
      return textOf(node, casting.zone);
    case "binary":
      return node.kind === "binary"
        ? node.value
        : node.kind === "string"
          ? new TextEncoder().encode(node.value)
          : undefined;
    case "boolean":
      return truthOf(node);
    case "byte":
      return wholeOf(node, 8);
    case "short":
      return wholeOf(node, 16);
    case "int":
      return wholeOf(node, 32);
    case "long":
      return wholeOf(node, 64);
    case "float":
      return floatOf(node);
    case "double":
      return doubleOf(node);
    case "decimal": {
      const unscaled = decimalOfNode(node, type);
      return unscaled === undefined ? undefined : new Decimal(decimalDigits(unscaled, type.scale));
    }
    case "date":
      return dateOfNode(node, casting.zone);
    case "timestamp":
      return instantOfNode(node, sessionZone(casting.zone));
    case "timestamp_ntz":
      return localTimeOfNode(node, casting.zone);
    default:
      return undefined;
  }
}

function textOf(node: Node, zone: string): string {
  switch (node.kind) {
    case "string":
    case "uuid":
      return node.value;
    case "binary":
      return Buffer.from(node.value).toString("utf8");
    case "double":
      return javaDouble(node.value);
    case "float":
      return floatText(node.value);
    case "date":
      return dateText(node.value);
    case "timestamp":
      return localTimeText(node.value + offsetMicros(node.value, zone));
    case "timestamp_ntz":
      return localTimeText(node.value);
    default:
      return variantText(node, zone);
  }
}

function truthOf(node: Node): boolean | undefined {
  switch (node.kind) {
    case "boolean":
      return node.value;
    case "long":
    case "decimal":
      return node.value !== 0n;
    case "double":
    case "float":
      return node.value !== 0;
    case "string":
      return TRUTHS.get(trimmed(node.value).toLowerCase());
    default:
      return undefined;
  }
}

/** What Spark alone reads of a VARIANT, refused before there are values. */
export function refuseTimes(type: SqlType, what: string): void {
  if (hasKind(type, "time"))
    throw new AnalysisError(
      "SPARK_ONLY",
      `${what} to TIME on Spark only here: take it as a STRING, and cast that. On Spark: await use("sc://…").`,
    );
}

export const sessionZone = (name: string): Zone => {
  const zone = zoneOf(name);
  if (zone === undefined) throw new QuernError("INVALID_TIMEZONE", `There is no time zone "${name}".`);
  return zone;
};

const TRUTHS: ReadonlyMap<string, boolean> = new Map([
  ...["t", "true", "y", "yes", "1"].map((word) => [word, true] as const),
  ...["f", "false", "n", "no", "0"].map((word) => [word, false] as const),
]);
