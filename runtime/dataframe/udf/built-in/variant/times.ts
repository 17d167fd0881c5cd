import { epochDay, instant } from "../../../scalar-values.ts";
import type { Node } from "../../../variant/node.ts";
import { dateOfText, instantOfText, localTimeOfText } from "../time/cast-text.ts";
import { instantIn, type Zone } from "../time/java-zone.ts";
import { MICROS } from "./numbers.ts";

export function dateOfNode(node: Node, zone: string): Temporal.PlainDate | undefined {
  switch (node.kind) {
    case "date":
      return epochDay.add({ days: node.value });
    case "timestamp":
      return instant(node.value).toZonedDateTimeISO(zone).toPlainDate();
    case "timestamp_ntz":
      return local(node.value).toPlainDate();
    case "string":
      return dateOfText(node.value);
    default:
      return undefined;
  }
}

/** Numbers are seconds since 1970. */
export function instantOfNode(node: Node, zone: Zone): Temporal.Instant | undefined {
  switch (node.kind) {
    case "date":
      return instantIn(epochDay.add({ days: node.value }).toPlainDateTime(), zone);
    case "timestamp":
      return instant(node.value);
    case "timestamp_ntz":
      return instantIn(local(node.value), zone);
    case "string":
      return instantOfText(node.value, zone);
    case "long":
      return ofMicros(node.value * MICROS);
    case "decimal":
      return ofMicros((node.value * MICROS) / 10n ** BigInt(node.scale));
    case "double":
    case "float": {
      const micros = node.value * 1e6;
      return Number.isFinite(node.value) && Math.abs(micros) <= 2 ** 63
        ? ofMicros(BigInt(Math.trunc(micros)))
        : undefined;
    }
    default:
      return undefined;
  }
}

export function localTimeOfNode(node: Node, zone: string): Temporal.PlainDateTime | undefined {
  switch (node.kind) {
    case "date":
      return epochDay.add({ days: node.value }).toPlainDateTime();
    case "timestamp":
      return instant(node.value).toZonedDateTimeISO(zone).toPlainDateTime();
    case "timestamp_ntz":
      return local(node.value);
    case "string":
      return localTimeOfText(node.value, "zones are passed over");
    default:
      return undefined;
  }
}

const local = (micros: bigint): Temporal.PlainDateTime => instant(micros).toZonedDateTimeISO("UTC").toPlainDateTime();

const ofMicros = (micros: bigint): Temporal.Instant | undefined =>
  BigInt.asIntN(64, micros) === micros ? instant(micros) : undefined;
