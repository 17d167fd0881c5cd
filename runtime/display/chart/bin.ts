import type { Expression } from "../../plan/expressions.ts";
import { asDouble, type ChartColumn, call, double, either, type Refusal } from "./column.ts";
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

/** The lower and upper edge of a value's bin, by Vega's formula; null outside of the bins. */
export function binColumns(
  column: ChartColumn,
  { start, stop, step }: Bins,
): readonly [ChartColumn, ChartColumn] | Refusal {
  if (column.kind !== "number") return { because: `bins of a ${column.type.kind} column` };
  const number = asDouble(column);
  const inside = call("greatest", double(start), call("least", number, double(stop - step)));
  const steps = call(
    "floor",
    call("add", double(1e-14), call("divide", call("subtract", inside, double(start)), double(step))),
  );
  const lower = call(
    "add",
    double(start),
    call("multiply", double(step), asDouble({ expression: steps, type: { kind: "long" } })),
  );
  const upper = call("add", lower, double(step));
  const within = call("between", number, double(start), double(stop));
  const edge = (value: Expression): ChartColumn => ({
    expression: either(within, value),
    type: { kind: "double" },
    kind: "number",
    nullable: true,
  });
  return [edge(lower), edge(upper)];
}
