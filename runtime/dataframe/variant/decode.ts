import { QuernError } from "../../errors.ts";
import { type ArrayNode, decimalNode, type Node, NULL, type ObjectNode } from "./node.ts";

type Bytes = { readonly value: Uint8Array; readonly metadata: Uint8Array };

/** Into a field of an object, or to an element of an array. */
export type Step = string | number;

/** The value that begins at a place. @throws RangeError for what ends too early */
export function decode(bytes: Bytes, at: number): Node {
  const { value } = bytes;
  const head = byteAt(value, at);
  const info = head >> 2;
  switch (head & 3) {
    case PRIMITIVE:
      return primitive(value, info, at + 1);
    case SHORT_TEXT:
      return { kind: "string", value: textAt(value, at + 1, info) };
    case OBJECT: {
      const { size, nameAt, valueAt } = objectAt(bytes, at);
      const fields: [string, Node][] = [];
      for (let i = 0; i < size; i++) fields.push([nameAt(i), decode(bytes, valueAt(i))]);
      return { kind: "object", fields } satisfies ObjectNode;
    }
    default: {
      const { size, valueAt } = arrayAt(value, at);
      const items: Node[] = [];
      for (let i = 0; i < size; i++) items.push(decode(bytes, valueAt(i)));
      return { kind: "array", items } satisfies ArrayNode;
    }
  }
}

/** Where a field or element begins; undefined where there is none. */
export function stepTo(bytes: Bytes, at: number, step: Step): number | undefined {
  const basic = byteAt(bytes.value, at) & 3;
  if (typeof step === "number") {
    if (basic !== ARRAY) return undefined;
    const { size, valueAt } = arrayAt(bytes.value, at);
    return step < size ? valueAt(step) : undefined;
  }
  if (basic !== OBJECT) return undefined;
  const { size, nameAt, valueAt } = objectAt(bytes, at);
  for (let i = 0; i < size; i++) if (nameAt(i) === step) return valueAt(i);
  return undefined;
}

function primitive(value: Uint8Array, type: number, at: number): Node {
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  switch (type) {
    case 0:
      return NULL;
    case 1:
    case 2:
      return { kind: "boolean", value: type === 1 };
    case 3:
      return { kind: "long", value: BigInt(view.getInt8(at)) };
    case 4:
      return { kind: "long", value: BigInt(view.getInt16(at, true)) };
    case 5:
      return { kind: "long", value: BigInt(view.getInt32(at, true)) };
    case 6:
      return { kind: "long", value: view.getBigInt64(at, true) };
    case 7:
      return { kind: "double", value: view.getFloat64(at, true) };
    case 8:
      return decimalNode(BigInt(view.getInt32(at + 1, true)), view.getUint8(at));
    case 9:
      return decimalNode(view.getBigInt64(at + 1, true), view.getUint8(at));
    case 10:
      return decimalNode((view.getBigInt64(at + 9, true) << 64n) | view.getBigUint64(at + 1, true), view.getUint8(at));
    case 11:
      return { kind: "date", value: view.getInt32(at, true) };
    case 12:
      return { kind: "timestamp", value: view.getBigInt64(at, true) };
    case 13:
      return { kind: "timestamp_ntz", value: view.getBigInt64(at, true) };
    case 14:
      return { kind: "float", value: view.getFloat32(at, true) };
    case 15:
      return { kind: "binary", value: bytesAt(value, at + 4, view.getUint32(at, true)).slice() };
    case 16:
      return { kind: "string", value: textAt(value, at + 4, view.getUint32(at, true)) };
    case 20: {
      const hex = Buffer.from(bytesAt(value, at, 16)).toString("hex");
      return { kind: "uuid", value: hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-") };
    }
    default:
      throw new QuernError(
        "UNKNOWN_PRIMITIVE_TYPE_IN_VARIANT",
        `A VARIANT holds a value of the primitive type ${type}, which Spark does not know.`,
      );
  }
}

/** Its fields are listed by numbers of names, then by where they begin. */
function objectAt({ value, metadata }: Bytes, at: number) {
  const info = byteAt(value, at) >> 2;
  const [offsetBytes, idBytes, sizeBytes] = [(info & 3) + 1, ((info >> 2) & 3) + 1, info & 16 ? 4 : 1];
  const size = unsigned(value, at + 1, sizeBytes);
  const ids = at + 1 + sizeBytes;
  const offsets = ids + size * idBytes;
  const values = offsets + (size + 1) * offsetBytes;
  return {
    size,
    nameAt: (i: number) => nameOf(metadata, unsigned(value, ids + i * idBytes, idBytes)),
    valueAt: (i: number) => values + unsigned(value, offsets + i * offsetBytes, offsetBytes),
  };
}

function arrayAt(value: Uint8Array, at: number) {
  const info = byteAt(value, at) >> 2;
  const [offsetBytes, sizeBytes] = [(info & 3) + 1, info & 4 ? 4 : 1];
  const size = unsigned(value, at + 1, sizeBytes);
  const offsets = at + 1 + sizeBytes;
  const values = offsets + (size + 1) * offsetBytes;
  return { size, valueAt: (i: number) => values + unsigned(value, offsets + i * offsetBytes, offsetBytes) };
}

function nameOf(metadata: Uint8Array, id: number): string {
  const offsetBytes = (byteAt(metadata, 0) >> 6) + 1;
  const size = unsigned(metadata, 1, offsetBytes);
  if (id >= size) throw new RangeError("no such name");
  const offset = (i: number) => unsigned(metadata, 1 + (i + 1) * offsetBytes, offsetBytes);
  const from = offset(id);
  return textAt(metadata, 1 + (size + 2) * offsetBytes + from, offset(id + 1) - from);
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new RangeError("no such byte");
  return byte;
}

function unsigned(bytes: Uint8Array, at: number, count: number): number {
  let number = 0;
  for (let i = count - 1; i >= 0; i--) number = number * 256 + byteAt(bytes, at + i);
  return number;
}

function bytesAt(bytes: Uint8Array, at: number, length: number): Uint8Array {
  if (length < 0 || at + length > bytes.length) throw new RangeError("too few bytes");
  return bytes.subarray(at, at + length);
}

function textAt(bytes: Uint8Array, at: number, length: number): string {
  if (length > SHORT) return decoder.decode(bytesAt(bytes, at, length));
  let text = "";
  for (let i = at; i < at + length; i++) {
    const byte = byteAt(bytes, i);
    // A call of the decoder takes longer than a short text.
    if (byte > 0x7f) return decoder.decode(bytesAt(bytes, at, length));
    text += String.fromCharCode(byte);
  }
  return text;
}

const SHORT = 64;

// A byte order mark at the beginning of a text is a part of it.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

const [PRIMITIVE, SHORT_TEXT, OBJECT, ARRAY] = [0, 1, 2, 3];
