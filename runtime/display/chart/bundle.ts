import { cannotDraw, type DrawnChart, drawChart } from "./draw.ts";
import { type ChartImage, renderSvg } from "./image.ts";
import type { ChartSource } from "./source.ts";
import type { ChartSpec } from "./spec.ts";
import { describeChart } from "./summary.ts";

export type ChartBundle = {
  readonly data: { readonly [mime: string]: unknown };
  readonly metadata: { readonly [mime: string]: unknown };
  readonly warnings: readonly string[];
};

/**
 * Shows a chart. The bundle has the live chart, a picture for where there is none, and a line of text; no HTML, which
 * JupyterLab would show instead.
 */
export async function renderChart(given: ChartSpec, source?: ChartSource): Promise<ChartBundle> {
  const drawn = await drawChart(given, source);
  const { spec, rows, notes, sample, warnings } = drawn;
  const image = await imageOf(drawn, source);
  const data = {
    [vegaMime]: spec,
    ...("png" in image && { "image/png": image.png.toString("base64") }),
    "text/plain": describeChart(given, rows, sample),
  };
  const metadata = { quern: { rows, notes } };
  if ("png" in image) {
    const { width, height } = image;
    return { data, metadata: { ...metadata, "image/png": { width, height } }, warnings };
  }
  const reason = `The chart has no picture, since it could not be drawn here: ${image.failure.message}`;
  return { data, metadata, warnings: [...warnings, reason] };
}

const vegaMime = "application/vnd.vega.v5+json";

async function imageOf({ picture }: DrawnChart, source?: ChartSource): Promise<ChartImage | { failure: Error }> {
  if ("failure" in picture) return picture;
  try {
    return await renderSvg(picture.svg);
  } catch (failure) {
    if (source) throw cannotDraw(failure);
    return { failure: failure as Error };
  }
}
