import { QuernError } from "../../errors.ts";
import { drawnRows } from "./drawn.ts";
import { fillSpec } from "./fill.ts";
import { type ChartImage, drawPng } from "./image.ts";
import { fittedSteps, withSignals } from "./size.ts";
import type { ChartSource } from "./source.ts";
import { type ChartSpec, compileSpec } from "./spec.ts";
import { describeChart } from "./summary.ts";

export type ChartBundle = {
  readonly data: { readonly [mime: string]: unknown };
  readonly metadata: { readonly [mime: string]: unknown };
  readonly warnings: readonly string[];
};

/**
 * Draws a chart: the engine computes what the chart draws, and only that leaves it. The bundle has the live chart, a
 * picture for where there is none, and a line of text; no HTML, which JupyterLab would show instead.
 */
export async function renderChart(given: ChartSpec, source?: ChartSource): Promise<ChartBundle> {
  const compiled = compileSpec(given, source?.schema);
  const filled = source ? await fillSpec(compiled, source) : { spec: compiled.spec, notes: [], sample: [] };
  const { warnings } = compiled;
  let { spec } = filled;
  let rows: number | undefined;
  let image: ChartImage | undefined;
  let failure: unknown;
  try {
    image = await drawPng(spec, {
      settle: (view) => {
        if (source) rows = drawnRows(spec, view);
        spec = withSignals(spec, fittedSteps(given, spec, view));
        return spec;
      },
    });
  } catch (cause) {
    if (source) throw new QuernError("BAD_CHART", `This chart cannot be drawn: ${(cause as Error).message}`, { cause });
    failure = cause;
  }
  const text = describeChart(given, rows, filled.sample);
  const data = {
    [vegaMime]: spec,
    ...(image && { "image/png": image.png.toString("base64") }),
    "text/plain": text,
  };
  const metadata = { quern: { rows, notes: filled.notes } };
  if (image) {
    const { width, height } = image;
    return { data, metadata: { ...metadata, "image/png": { width, height } }, warnings };
  }
  // Its data may be where only the front end can read it.
  const reason = `The chart has no picture, since it could not be drawn here: ${(failure as Error).message}`;
  return { data, metadata, warnings: [...warnings, reason] };
}

const vegaMime = "application/vnd.vega.v5+json";
