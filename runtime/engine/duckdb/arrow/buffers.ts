/** Bytes that grow by doubling; what is finished is cut to length and never written again. */
export class ByteBuffer {
  bytes: Uint8Array = new Uint8Array(0);
  length = 0;
  /** What was finished last: batches are mostly alike, and what is outgrown is garbage. */
  #expected = 1024;

  /** Makes room for more bytes behind the present ones and returns where they start. */
  grow(count: number): number {
    const start = this.length;
    const needed = start + count;
    if (needed > this.bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2, this.#expected));
      larger.set(this.bytes.subarray(0, start));
      this.bytes = larger;
    }
    this.length = needed;
    return start;
  }

  finish(): Uint8Array {
    // What is finished may be kept for long: no more than a quarter of it is spare.
    const tight = this.bytes.length <= this.length * 1.25;
    const finished = tight ? this.bytes.subarray(0, this.length) : this.bytes.slice(0, this.length);
    this.#expected = Math.max(this.length, 1024);
    this.bytes = new Uint8Array(0);
    this.length = 0;
    return finished;
  }
}

/** Arrow's validity bitmap: made only once there is a null, as most columns have none. */
export class Validity {
  length = 0;
  nulls = 0;
  #bits: Uint8Array | undefined;

  /** Takes over `count` bits of a DuckDB mask (1 = valid, lowest bit first, as in Arrow); no mask: all are valid. */
  append(mask: Uint8Array | null, start: number, count: number): void {
    const end = this.length + count;
    if (mask !== null && !allValid(mask, start, count)) {
      const bits = this.#reserve(end);
      for (let i = 0; i < count; i++) {
        const from = start + i;
        if (((mask[from >> 3] as number) >> (from & 7)) & 1) continue;
        const to = this.length + i;
        bits[to >> 3] = (bits[to >> 3] as number) & ~(1 << (to & 7));
        this.nulls++;
      }
    } else if (this.#bits !== undefined) this.#reserve(end);
    this.length = end;
  }

  finish(): { length: number; nullCount: number; nullBitmap: Uint8Array | undefined } {
    const finished = { length: this.length, nullCount: this.nulls, nullBitmap: this.#bits };
    this.length = 0;
    this.nulls = 0;
    this.#bits = undefined;
    return finished;
  }

  /** Bits that were never cleared are set, behind the present end as well. */
  #reserve(count: number): Uint8Array {
    const bytes = (count + 7) >> 3;
    const present = this.#bits;
    if (present !== undefined && present.length >= bytes) return present;
    const larger = new Uint8Array(Math.max(bytes, (present?.length ?? 0) * 2, 256)).fill(0xff);
    if (present !== undefined) larger.set(present);
    this.#bits = larger;
    return larger;
  }
}

export const isValid = (mask: Uint8Array | null, row: number): boolean =>
  mask === null || (((mask[row >> 3] as number) >> (row & 7)) & 1) === 1;

function allValid(mask: Uint8Array, start: number, count: number): boolean {
  let i = start;
  const end = start + count;
  for (; i < end && (i & 7) !== 0; i++) if (!isValid(mask, i)) return false;
  for (; i + 8 <= end; i += 8) if (mask[i >> 3] !== 0xff) return false;
  for (; i < end; i++) if (!isValid(mask, i)) return false;
  return true;
}
