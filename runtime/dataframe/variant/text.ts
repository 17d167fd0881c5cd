import { javaDouble, quoted } from "../udf/built-in/json/write.ts";
import { decimalDigits, type Node } from "./node.ts";

/** A VARIANT as JSON, as Spark writes it: times as text, in the session's zone. */
export function variantText(node: Node, zone: string): string {
  switch (node.kind) {
    case "null":
      return "null";
    case "string":
      return quoted(node.value, "plain");
    case "object":
      return `{${node.fields.map(([name, value]) => `${quoted(name, "plain")}:${variantText(value, zone)}`).join(",")}}`;
    case "array":
      return `[${node.items.map((item) => variantText(item, zone)).join(",")}]`;
    case "boolean":
    case "long":
      return String(node.value);
    case "double":
    case "float": {
      const text = node.kind === "float" ? floatText(node.value) : javaDouble(node.value);
      return Number.isFinite(node.value) ? text : `"${text}"`;
    }
    case "decimal":
      return decimalDigits(node.value, node.scale);
    case "binary":
      return `"${Buffer.from(node.value).toString("base64")}"`;
    case "date":
      return `"${dateText(node.value)}"`;
    case "timestamp_ntz":
      return `"${localTimeText(node.value)}"`;
    case "timestamp":
      return `"${localTimeText(node.value + offsetMicros(node.value, zone))}${offsetText(offsetMicros(node.value, zone))}"`;
    case "uuid":
      return `"${node.value}"`;
  }
}

/** A FLOAT as Java writes it: with the digits that tell it from others. */
export function floatText(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return javaDouble(value);
  // Java writes two digits at least.
  for (let digits = 2; digits < 9; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return javaDouble(shorter);
  }
  return javaDouble(Number(value.toPrecision(9)));
}

export function dateText(days: number): string {
  const date = new Date(days * DAY_MS);
  const year = date.getUTCFullYear();
  const sign = year < 0 ? "-" : year > 9999 ? "+" : "";
  return `${sign}${String(Math.abs(year)).padStart(4, "0")}-${date.toISOString().slice(-19, -14)}`;
}

/** Microseconds since 1970 as a date and a time, with the digits of the fraction that it has. */
export function localTimeText(micros: bigint): string {
  const days = floorDivide(micros, DAY_MICROS);
  const clock = micros - days * DAY_MICROS;
  const seconds = Number(clock / 1_000_000n);
  const fraction = String(clock % 1_000_000n)
    .padStart(6, "0")
    .replace(/0+$/, "");
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const text = parts.map((part) => String(part).padStart(2, "0")).join(":");
  return `${dateText(Number(days))} ${text}${fraction === "" ? "" : `.${fraction}`}`;
}

/** What the clocks of a zone are ahead of UTC. */
export function offsetMicros(micros: bigint, zone: string): bigint {
  const instant = Temporal.Instant.fromEpochNanoseconds(micros * 1000n);
  return BigInt(instant.toZonedDateTimeISO(zone).offsetNanoseconds) / 1000n;
}

function offsetText(micros: bigint): string {
  const minutes = Number((micros < 0n ? -micros : micros) / 60_000_000n);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${micros < 0n ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}

const DAY_MS = 86_400_000;
const DAY_MICROS = 86_400_000_000n;
