import { Decimal, makeData, makeVector, Timestamp, TimeUnit, type Vector } from "apache-arrow";

/** Timestamps in microseconds, which Arrow's own builders cannot make of integers. */
export function timestamps(values: readonly (bigint | null)[], zone?: string): Vector {
  const type = new Timestamp(TimeUnit.MICROSECOND, zone);
  const data = BigInt64Array.from(values.map((value) => value ?? 0n));
  return makeVector(makeData({ type, length: values.length, ...validity(values), data } as never));
}

/** Decimals from their unscaled integers. */
export function decimals(values: readonly (bigint | null)[], precision: number, scale: number): Vector {
  const data = Uint32Array.from(values.flatMap((value) => words(value ?? 0n)));
  const type = new Decimal(scale, precision, 128);
  return makeVector(makeData({ type, length: values.length, ...validity(values), data } as never));
}

const words = (value: bigint) =>
  [0n, 32n, 64n, 96n].map((shift) => Number((BigInt.asUintN(128, value) >> shift) & 0xffff_ffffn));

function validity(values: readonly unknown[]) {
  const nullBitmap = new Uint8Array(Math.ceil(values.length / 64) * 8);
  for (const [index, value] of values.entries())
    if (value !== null) nullBitmap[index >> 3] = (nullBitmap[index >> 3] as number) | (1 << (index & 7));
  return { nullBitmap, nullCount: values.filter((value) => value === null).length };
}
