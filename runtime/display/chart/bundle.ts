import { QuernError } from "../../errors.ts";
import { fillSpec } from "./fill.ts";
import { type ChartImage, drawPng } from "./image.ts";
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
  const filled = source
    ? await fillSpec(compiled, source)
    : { spec: compiled.spec, rows: undefined, notes: [], sample: [] };
  const { warnings } = compiled;
  const live = { [vegaMime]: filled.spec };
  const text = describeChart(given, filled.rows, filled.sample);
  const metadata = { quern: { rows: filled.rows, notes: filled.notes } };
  let image: ChartImage;
  try {
    image = await drawPng(filled.spec);
  } catch (cause) {
    if (source) throw new QuernError("BAD_CHART", `This chart cannot be drawn: ${(cause as Error).message}`, { cause });
    // Its data may be where only the front end can read it.
    const reason = `The chart has no picture, since it could not be drawn here: ${(cause as Error).message}`;
    return { data: { ...live, "text/plain": text }, metadata, warnings: [...warnings, reason] };
  }
  return {
    data: { ...live, "image/png": image.png.toString("base64"), "text/plain": text },
    metadata: { ...metadata, "image/png": { width: image.width, height: image.height } },
    warnings,
  };
}

const vegaMime = "application/vnd.vega.v5+json";
