import { type Data, makeData } from "apache-arrow";
import type { SqlType } from "../../plan/types.ts";
import { arrowType } from "../arrow-types.ts";

/** A column's buffers, as they pass between threads. */
export type PlainData = {
  readonly length: number;
  readonly offset: number;
  readonly nullCount: number;
  readonly nullBitmap: Uint8Array | undefined;
  readonly values: ArrayBufferView | undefined;
  readonly valueOffsets: Int32Array | undefined;
  readonly children: readonly PlainData[];
};

export const plainData = (data: Data): PlainData => ({
  length: data.length,
  offset: data.offset,
  nullCount: data.nullCount,
  nullBitmap: data.nullCount === 0 ? undefined : data.nullBitmap,
  values: data.values,
  valueOffsets: data.valueOffsets,
  children: data.children.map(plainData),
});

export function dataOf(plain: PlainData, type: SqlType): Data {
  const { length, offset, nullCount, nullBitmap, values, valueOffsets } = plain;
  const own = { type: arrowType(type), length, offset, nullCount, nullBitmap: nullBitmap ?? null };
  const child = (i: number, inner: SqlType) => dataOf(plain.children[i] as PlainData, inner);
  switch (type.kind) {
    case "array":
      return makeData({ ...own, valueOffsets, child: child(0, type.element) } as any);
    case "map": {
      const entries = { name: "entries", type: entriesOf(type), nullable: false } as const;
      return makeData({ ...own, valueOffsets, child: child(0, entries.type) } as any);
    }
    case "struct":
      return makeData({ ...own, children: type.fields.map((field, i) => child(i, field.type)) } as any);
    case "variant":
      return makeData({ ...own, children: [child(0, BYTES), child(1, BYTES)] } as any);
    default:
      return makeData({ ...own, data: values, valueOffsets } as any);
  }
}

const BYTES: SqlType = { kind: "binary" };

const entriesOf = ({ key, value }: Extract<SqlType, { kind: "map" }>): SqlType => ({
  kind: "struct",
  fields: [
    { name: "key", type: key, nullable: false },
    { name: "value", type: value, nullable: true },
  ],
});

/** What may be given away, since nobody else has it. */
export function buffersOf({ nullBitmap, values, valueOffsets, children }: PlainData): ArrayBuffer[] {
  const own = [nullBitmap, values, valueOffsets].flatMap((view) => (view === undefined ? [] : [view.buffer]));
  return [...new Set([...own, ...children.flatMap(buffersOf)])].filter(
    // Empty ones are shared.
    (buffer): buffer is ArrayBuffer => buffer instanceof ArrayBuffer && buffer.byteLength > 0,
  );
}
