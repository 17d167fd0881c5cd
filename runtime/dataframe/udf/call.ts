import { types } from "node:util";
import type { Data } from "apache-arrow";
import { QuernError } from "../../errors.ts";
import type { SqlType } from "../../plan/types.ts";
import type { Udf } from "../../plan/udf/udf.ts";
import { buildData } from "../build-data.ts";
import { readerOf } from "../values.ts";

/** What there is to know of a call but the function itself; another thread gets it too. */
export type CallSpec = Pick<Udf, "name" | "type" | "nulls" | "values"> & {
  /** Which of the batch's columns it takes, and their types. */
  readonly columns: readonly number[];
  readonly types: readonly SqlType[];
};

type Fn = (...args: any[]) => unknown;

/** A call that went wrong for one row. */
export class CallFailure extends Error {
  readonly row: number;
  /** What the function was given. */
  readonly given: readonly unknown[];
  /** What it threw; else `returned` says what is wrong with what it gave. */
  readonly thrown: { readonly error: unknown } | undefined;
  readonly returned: string | undefined;

  constructor(row: number, given: readonly unknown[], why: { thrown: { error: unknown } } | { returned: string }) {
    super("A function failed");
    this.row = row;
    this.given = given;
    this.thrown = "thrown" in why ? why.thrown : undefined;
    this.returned = "returned" in why ? why.returned : undefined;
  }
}

/** The column that a function makes of a batch's columns. */
export function applyCall(spec: CallSpec, fn: Fn, batch: readonly (Data | undefined)[], rows: number): Data {
  const readers = spec.columns.map((column, i) =>
    readerOf(batch[column] as Data, spec.types[i] as SqlType, spec.values, `argument ${i + 1} of ${spec.name}`),
  );
  const given = (row: number) => readers.map((read) => read(row));
  const values = valuesOf(spec, fn, readers, given, rows);
  let failed = 0;
  try {
    return buildData(values, spec.type, spec.name, (row) => {
      failed = row;
      return row;
    });
  } catch (error) {
    if (types.isPromise(values[failed]))
      throw new CallFailure(failed, given(failed), { returned: "a Promise; a function of udf cannot be async" });
    const why = error instanceof Error ? error.message.replace(/^Row \d+, column ".*?": /s, "") : String(error);
    throw new CallFailure(failed, given(failed), { returned: why });
  }
}

/** What cannot be read (a LONG beyond ±2^53-1) is told by its own error. */
function readable(given: (row: number) => unknown[], row: number): unknown[] {
  try {
    return given(row);
  } catch (error) {
    if (!(error instanceof QuernError)) throw error;
    throw new QuernError(error.code, error.message.replace("collect({", "udf(fn, type, {"));
  }
}

type Reader = (row: number) => unknown;

function valuesOf(spec: CallSpec, fn: Fn, readers: readonly Reader[], given: (row: number) => unknown[], rows: number) {
  const values = new Array<unknown>(rows);
  const skips = spec.nulls === "skip";
  const [first, second] = readers;
  let row = 0;
  try {
    if (first !== undefined && readers.length === 1) {
      for (; row < rows; row++) {
        const a = first(row);
        values[row] = a === null && skips ? null : fn(a);
      }
    } else if (first !== undefined && second !== undefined && readers.length === 2) {
      for (; row < rows; row++) {
        const a = first(row);
        const b = second(row);
        values[row] = (a === null || b === null) && skips ? null : fn(a, b);
      }
    } else {
      for (; row < rows; row++) {
        const args = given(row);
        values[row] = skips && args.includes(null) ? null : fn(...args);
      }
    }
  } catch (error) {
    throw new CallFailure(row, readable(given, row), { thrown: { error } });
  }
  return values;
}
