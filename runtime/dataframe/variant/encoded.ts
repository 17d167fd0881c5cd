import { QuernError } from "../../errors.ts";
import { decode, type Step, stepTo } from "./decode.ts";
import type { Node } from "./node.ts";

/**
 * A VARIANT as both engines hold it, and as files do: a value and the names that are in it.
 * https://github.com/apache/parquet-format/blob/master/VariantEncoding.md
 */
export class Encoded {
  readonly value: Uint8Array;
  readonly metadata: Uint8Array;

  constructor(value: Uint8Array, metadata: Uint8Array) {
    this.value = value;
    this.metadata = metadata;
  }

  /** @throws QuernError for bytes that are none */
  node(): Node {
    return read(() => decode(this, 0));
  }

  /** What a path leads to; undefined where it leads to nothing. */
  at(path: readonly Step[]): Node | undefined {
    return read(() => {
      let at: number | undefined = 0;
      for (const step of path) {
        at = stepTo(this, at, step);
        if (at === undefined) return undefined;
      }
      return decode(this, at);
    });
  }
}

function read<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new QuernError("MALFORMED_VARIANT", "The bytes of a VARIANT are not as its encoding has them.");
  }
}
