import { asDouble, type ChartColumn, call, cast, double, either, integer, type Refusal } from "./column.ts";
import { bin } from "./vega.ts";

export type Bins = { readonly start: number; readonly stop: number; readonly step: number };

export type BinTransform = {
  readonly field: string;
  readonly as?: readonly string[];
  readonly anchor?: number;
  readonly interval?: boolean;
  readonly signal?: string;
  readonly [option: string]: unknown;
};

/** The bins that Vega would choose for values between the two of `extent`. */
export function binsFor(transform: BinTransform, extent: readonly [number, number]): Bins {
  const { start: first, stop: last, step } = bin({ ...transform, extent });
  const stop = first + Math.ceil((last - first) / step) * step;
  if (transform.anchor === undefined || transform.anchor === null) return { start: first, stop, step };
  const shift = transform.anchor - (first + step * Math.floor((transform.anchor - first) / step));
  return { start: first + shift, stop: stop + shift, step };
}

/**
 * The lower and upper edge of a value's bin, by Vega's formulas. The engine computes the bin's number only, an integer
 * that is grouped by fast; null outside of the bins.
 */
export function binColumns(
  column: ChartColumn,
  { start, stop, step }: Bins,
): readonly [ChartColumn, ChartColumn] | Refusal {
  if (column.kind !== "number" || column.decode) return { because: `bins of a ${column.type.kind} column` };
  const value = asDouble(column);
  // Vega's own guard against fractions such as 0.3 / 0.1.
  const steps = call("add", double(1e-14), call("divide", call("subtract", value, double(start)), double(step)));
  const last = integer(Math.round((stop - start) / step) - 1);
  const bin = call("least", cast(call("floor", steps), { kind: "int" }), last);
  const expression = either(call("between", value, double(start), double(stop)), bin);
  const edge = (decode: (bin: number) => number): ChartColumn => ({
    expression,
    type: { kind: "int" },
    kind: "number",
    nullable: true,
    decode,
  });
  const lower = (bin: number) => start + step * bin;
  return [edge(lower), edge((bin) => start + step * (1 + (lower(bin) - start) / step))];
}
