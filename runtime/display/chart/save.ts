import type { ChartDrawer } from "../../dataframe/chart-file.ts";
import { QuernError } from "../../errors.ts";
import { cannotDraw, drawChart } from "./draw.ts";
import { renderSvg } from "./image.ts";
import { chartSource } from "./source.ts";

/** A chart as the content of a file. */
export const drawChartFile: ChartDrawer = async ({ spec: given, frame }, format, { scale }) => {
  const { spec, picture } = await drawChart(given, frame && (await chartSource(frame)));
  if (format === "json") return `${JSON.stringify(spec, null, 2)}\n`;
  if ("failure" in picture) throw cannotDraw(picture.failure);
  if (format === "svg") return picture.svg;
  refuseHuge(picture.svg, scale);
  try {
    return (await renderSvg(picture.svg, scale)).png;
  } catch (cause) {
    throw cannotDraw(cause);
  }
};

// 16,384 × 16,384: a gigabyte while it is drawn.
const mostPixels = 2 ** 28;

function refuseHuge(svg: string, scale: number): void {
  const [, width, height] = /<svg[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  const pixels = Number(width) * Number(height) * scale ** 2;
  if (!(pixels > mostPixels)) return;
  const largest = Math.floor(Math.sqrt(mostPixels / (Number(width) * Number(height))));
  throw new QuernError(
    "CHART_SIZE",
    `The chart has ${width} × ${height} units, too many for a PNG with scale ${scale}: take a scale of at most ${largest}, or save it as .svg`,
  );
}
