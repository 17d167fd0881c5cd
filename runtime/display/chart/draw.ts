import { QuernError } from "../../errors.ts";
import { drawnRows } from "./drawn.ts";
import { fillSpec } from "./fill.ts";
import { drawSvg } from "./image.ts";
import { fittedSteps, withSignals } from "./size.ts";
import type { ChartSource } from "./source.ts";
import { type ChartSpec, type CompiledSpec, compileSpec } from "./spec.ts";

/** A chart with the data that it draws. */
export type DrawnChart = {
  /** Vega, with the rows that the engine has computed. */
  readonly spec: CompiledSpec["spec"];
  /** The picture, or why there is none: a specification's own data may be where only the front end can read it. */
  readonly picture: { readonly svg: string } | { readonly failure: Error };
  /** The number of rows that the marks draw, where there is a picture. */
  readonly rows: number | undefined;
  readonly warnings: readonly string[];
  /** Which steps the engine did not compute, and why. */
  readonly notes: readonly string[];
  /** Says that not all rows are drawn, where that is so. */
  readonly sample: readonly string[];
};

/** Draws a chart: the engine computes what the chart draws, and only that leaves it. */
export async function drawChart(given: ChartSpec, source?: ChartSource): Promise<DrawnChart> {
  const compiled = compileSpec(given, source?.schema);
  const filled = source ? await fillSpec(compiled, source) : { spec: compiled.spec, notes: [], sample: [] };
  const { notes, sample } = filled;
  const { warnings } = compiled;
  let { spec } = filled;
  let rows: number | undefined;
  try {
    const svg = await drawSvg(spec, {
      settle: (view) => {
        if (source) rows = drawnRows(spec, view);
        spec = withSignals(spec, fittedSteps(given, spec, view));
        return spec;
      },
    });
    return { spec, picture: { svg }, rows, warnings, notes, sample };
  } catch (failure) {
    if (source) throw cannotDraw(failure);
    return { spec, picture: { failure: failure as Error }, rows, warnings, notes, sample };
  }
}

export const cannotDraw = (cause: unknown): QuernError =>
  new QuernError("BAD_CHART", `This chart cannot be drawn: ${(cause as Error).message}`, { cause });
