import { Encoded } from "./encoded.ts";
import type { Node, ObjectNode } from "./node.ts";

/** In the fewest bytes, as Spark writes it. */
export function encode(node: Node): Encoded {
  const value = writer.part(() => writer.node(node));
  const metadata = writer.part(() => writer.metadata());
  return new Encoded(value, metadata);
}

/** What both parts may have, each. */
export const MOST_BYTES = 128 * 2 ** 20;

class Writer {
  /** With their numbers, which are in the order of the names. */
  readonly #names = new Map<string, number>();
  #bytes = new Uint8Array(4096);
  #view = new DataView(this.#bytes.buffer);
  #at = 0;

  #begin(size: number): void {
    this.#bytes = new Uint8Array(size);
    this.#view = new DataView(this.#bytes.buffer);
  }

  part(write: () => void): Uint8Array {
    this.#at = 0;
    write();
    const written = this.#bytes.slice(0, this.#at);
    // What one large value needed is not kept for all others.
    if (this.#bytes.length > MOST_KEPT) this.#begin(4096);
    return written;
  }

  /** The names of all that was written since. */
  metadata(): void {
    const names = [...this.#names.keys()];
    this.#names.clear();
    this.#listed(
      names,
      (name) => {
        this.#text(name);
      },
      (offsetBytes) => {
        this.#unsigned(1 | ((offsetBytes - 1) << 6), 1);
        this.#unsigned(names.length, offsetBytes);
      },
    );
  }

  node(node: Node): void {
    switch (node.kind) {
      case "null":
        this.#head(0);
        break;
      case "boolean":
        this.#head(node.value ? 1 : 2);
        break;
      case "long":
        this.#long(node.value);
        break;
      case "double":
        this.#head(7);
        this.#number("setFloat64", 8, node.value);
        break;
      case "float":
        this.#head(14);
        this.#number("setFloat32", 4, node.value);
        break;
      case "decimal":
        this.#decimal(node.value, node.scale);
        break;
      case "string":
        this.#string(node.value);
        break;
      case "uuid":
        this.#head(20);
        this.#copy(Buffer.from(node.value.replaceAll("-", ""), "hex"));
        break;
      case "binary":
        this.#head(15);
        this.#unsigned(node.value.length, 4);
        this.#copy(node.value);
        break;
      case "date":
        this.#head(11);
        this.#number("setInt32", 4, node.value);
        break;
      case "timestamp":
      case "timestamp_ntz":
        this.#head(node.kind === "timestamp" ? 12 : 13);
        this.#big(node.value);
        break;
      case "object":
        this.#object(node);
        break;
      case "array": {
        const { length } = node.items;
        const isLarge = length > 255;
        this.#listed(
          node.items,
          (item) => this.node(item),
          (offsetBytes) => {
            this.#unsigned((((isLarge ? 4 : 0) | (offsetBytes - 1)) << 2) | 3, 1);
            this.#unsigned(length, isLarge ? 4 : 1);
          },
        );
      }
    }
  }

  #object({ fields }: ObjectNode): void {
    const ids = fields.map(([name]) => this.#id(name));
    const idBytes = bytesFor(Math.max(0, ...ids));
    const isLarge = ids.length > 255;
    this.#listed(
      fields,
      ([, value]) => this.node(value),
      (offsetBytes) => {
        this.#unsigned((((isLarge ? 16 : 0) | ((idBytes - 1) << 2) | (offsetBytes - 1)) << 2) | 2, 1);
        this.#unsigned(ids.length, isLarge ? 4 : 1);
        for (const id of ids) this.#unsigned(id, idBytes);
      },
    );
  }

  #long(value: bigint): void {
    const number = Number(value);
    if (number >= -128 && number < 128) {
      this.#head(3);
      this.#number("setInt8", 1, number);
    } else if (number >= -32768 && number < 32768) {
      this.#head(4);
      this.#number("setInt16", 2, number);
    } else if (number >= -2147483648 && number < 2147483648) {
      this.#head(5);
      this.#number("setInt32", 4, number);
    } else {
      this.#head(6);
      this.#big(value);
    }
  }

  #decimal(value: bigint, scale: number): void {
    const digits = (value < 0n ? -value : value).toString().length;
    const precision = Math.max(digits, scale);
    this.#head(precision <= 9 ? 8 : precision <= 18 ? 9 : 10);
    this.#unsigned(scale, 1);
    if (precision <= 9) this.#number("setInt32", 4, Number(value));
    else this.#big(BigInt.asIntN(64, value));
    if (precision > 18) this.#big(value >> 64n);
  }

  /** What is shorter than 64 bytes has a head of one byte, else of five: the text makes room for the rest. */
  #string(text: string): void {
    const head = this.#room(1);
    const length = this.#text(text);
    if (length < 64) this.#bytes[head] = (length << 2) | 1;
    else {
      this.#room(4);
      this.#bytes.copyWithin(head + 5, head + 1, head + 1 + length);
      this.#bytes[head] = 16 << 2;
      this.#view.setUint32(head + 1, length, true);
    }
  }

  /** Answers how many bytes it has. */
  #text(text: string): number {
    const from = this.#at;
    this.#reserve(text.length * 3);
    const bytes = this.#bytes;
    let length = 0;
    for (; length < text.length; length++) {
      const code = text.charCodeAt(length);
      if (code > 0x7f) break;
      bytes[from + length] = code;
    }
    if (length < text.length) length = encoder.encodeInto(text, bytes.subarray(from)).written;
    this.#at = from + length;
    return length;
  }

  /** A list of where things begin stands before them, so that they are written first and moved. */
  #listed<T>(things: readonly T[], write: (thing: T) => void, head: (offsetBytes: number) => void): void {
    const start = this.#at;
    const offsets = things.map((thing) => {
      const offset = this.#at - start;
      write(thing);
      return offset;
    });
    const length = this.#at - start;
    const offsetBytes = bytesFor(Math.max(length, things.length));
    const bytes = length > SMALL ? this.#bytes.slice(start, this.#at) : undefined;
    if (bytes === undefined) moved.set(this.#bytes.subarray(start, this.#at));
    // What is inside has been moved before, with the same memory.
    this.#at = start;
    head(offsetBytes);
    for (const offset of offsets) this.#unsigned(offset, offsetBytes);
    this.#unsigned(length, offsetBytes);
    this.#copy(bytes ?? moved.subarray(0, length));
  }

  #id(name: string): number {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    this.#names.set(name, this.#names.size);
    return this.#names.size - 1;
  }

  #head(type: number): void {
    this.#unsigned(type << 2, 1);
  }

  /** In as many bytes; the view changes where there was no room for them. */
  #number(set: "setFloat64" | "setFloat32" | "setInt32" | "setInt16" | "setInt8", bytes: number, value: number): void {
    const at = this.#room(bytes);
    this.#view[set](at, value, true);
  }

  #big(value: bigint): void {
    const at = this.#room(8);
    this.#view.setBigInt64(at, value, true);
  }

  #unsigned(value: number, count: number): void {
    let rest = value;
    for (let at = this.#room(count), end = at + count; at < end; at++) {
      this.#bytes[at] = rest & 0xff;
      rest = Math.floor(rest / 256);
    }
  }

  #copy(bytes: Uint8Array): void {
    const at = this.#room(bytes.length);
    this.#bytes.set(bytes, at);
  }

  /** Where as many bytes more may be written. */
  #room(count: number): number {
    this.#reserve(count);
    this.#at += count;
    return this.#at - count;
  }

  #reserve(count: number): void {
    if (this.#at + count <= this.#bytes.length) return;
    const before = this.#bytes.subarray(0, this.#at);
    this.#begin(Math.max(this.#at + count, this.#bytes.length * 2));
    this.#bytes.set(before);
  }
}

const bytesFor = (number: number): number => (number <= 0xff ? 1 : number <= 0xffff ? 2 : number <= 0xffffff ? 3 : 4);

const encoder = new TextEncoder();
const MOST_KEPT = 2 ** 20;
const SMALL = 4096;
const moved = new Uint8Array(SMALL);
/** One for all, since memory of its own for each value takes longer than to write it. */
const writer = new Writer();
