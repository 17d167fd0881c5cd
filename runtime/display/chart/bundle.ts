import { lazy } from "../../turns.ts";
import { printable } from "../text.ts";
import { wrapText } from "../text-width.ts";
import { cannotDraw, type DrawnChart, drawChart } from "./draw.ts";
import { type ChartImage, renderSvg } from "./image.ts";
import type { ChartSource } from "./source.ts";
import type { ChartSpec } from "./spec.ts";
import { describeChart } from "./summary.ts";

const characters = lazy(() => import("./characters/render.ts"));

export type ChartBundle = {
  readonly data: { readonly [mime: string]: unknown };
  readonly metadata: { readonly [mime: string]: unknown };
  readonly warnings: readonly string[];
};

/**
 * Shows a chart. The bundle has the live chart, a picture for where there is none, and a line of text, in a terminal of
 * `columns` below the chart drawn with characters; no HTML, which JupyterLab would show instead.
 */
export async function renderChart(given: ChartSpec, source?: ChartSource, columns?: number): Promise<ChartBundle> {
  const drawn = await drawChart(given, source);
  const { spec, rows, notes, sample } = drawn;
  const image = await imageOf(drawn, source);
  const caption = printable(describeChart(given, rows, sample));
  const text = columns === undefined ? { lines: [caption], warnings: [] } : await inTerminal(drawn, caption, columns);
  const data = {
    [vegaMime]: spec,
    ...("png" in image && { "image/png": image.png.toString("base64") }),
    "text/plain": text.lines.join("\n"),
  };
  const warnings = [...drawn.warnings, ...text.warnings];
  const metadata = { quern: { rows, notes } };
  if ("png" in image) {
    const { width, height } = image;
    return { data, metadata: { ...metadata, "image/png": { width, height } }, warnings };
  }
  const reason = `The chart has no picture, since it could not be drawn here: ${image.failure.message}`;
  return { data, metadata, warnings: [...warnings, reason] };
}

const vegaMime = "application/vnd.vega.v5+json";

/** The chart drawn with characters, and the caption below it. What cannot be drawn so has its caption all the same. */
async function inTerminal({ spec, picture }: DrawnChart, caption: string, columns: number) {
  const below = caption.split("\n").flatMap((line) => wrapText(line, Math.max(columns, 20)));
  if ("failure" in picture) return { lines: below, warnings: [] };
  const { renderChartCharacters } = await characters();
  try {
    const chart = await renderChartCharacters(spec, { columns });
    return { lines: chart === "" ? below : [chart, ...below], warnings: [] };
  } catch (error) {
    return { lines: below, warnings: [`The chart cannot be drawn with characters: ${(error as Error).message}`] };
  }
}

async function imageOf({ picture }: DrawnChart, source?: ChartSource): Promise<ChartImage | { failure: Error }> {
  if ("failure" in picture) return picture;
  try {
    return await renderSvg(picture.svg);
  } catch (failure) {
    if (source) throw cannotDraw(failure);
    return { failure: failure as Error };
  }
}
