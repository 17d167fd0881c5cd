import { AnalysisError } from "../errors.ts";
import type { SqlType } from "../plan/types.ts";
import { isNull, type Place, type Values, wrong } from "./column-values.ts";

type Bytes = { readonly data: Uint8Array; readonly valueOffsets: Int32Array };

/** UTF-8 is written straight into one buffer: a string needs at most three bytes for each of its units. */
export function texts(values: Values, type: SqlType, place: Place): Bytes {
  const valueOffsets = new Int32Array(values.length + 1);
  let data = new Uint8Array(Math.max(64, values.length * 16));
  let end = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!isNull(value)) {
      if (typeof value !== "string") throw wrong(value, i, type, place);
      if (end + value.length * 3 > data.length) data = grown(data, end + value.length * 3);
      end += encoder.encodeInto(value, data.subarray(end)).written;
    }
    valueOffsets[i + 1] = end;
  }
  return { data: data.subarray(0, end), valueOffsets };
}

function grown(data: Uint8Array<ArrayBuffer>, atLeast: number): Uint8Array<ArrayBuffer> {
  if (atLeast > 2 ** 31 - 1) throw new AnalysisError("CREATE_FRAME", tooLong);
  const larger = new Uint8Array(Math.min(Math.max(atLeast, data.length * 2), 2 ** 31 - 1));
  larger.set(data);
  return larger;
}

const tooLong = "A column of createDataFrame holds at most 2 GB of text";

/** Arrow's form of binary values. */
export function binaries(values: Values, type: SqlType, place: Place): Bytes {
  return bytes(values.map((value, i) => (isNull(value) ? empty : binary(value, i, type, place))));
}

function binary(value: unknown, i: number, type: SqlType, place: Place): Uint8Array {
  if (!(value instanceof Uint8Array)) throw wrong(value, i, type, place);
  return value;
}

function bytes(parts: readonly Uint8Array[]): Bytes {
  const valueOffsets = new Int32Array(parts.length + 1);
  let end = 0;
  parts.forEach((part, i) => {
    end += part.length;
    valueOffsets[i + 1] = end;
  });
  if (end > 2 ** 31 - 1) throw new AnalysisError("CREATE_FRAME", tooLong);
  const data = new Uint8Array(end);
  parts.forEach((part, i) => {
    data.set(part, valueOffsets[i]);
  });
  return { data, valueOffsets };
}

const encoder = new TextEncoder();
const empty = new Uint8Array(0);
