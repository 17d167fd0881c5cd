import { errorLevel, loader, parse, View } from "../vega.ts";
import { type Box, Canvas } from "./canvas.ts";
import { Palette } from "./color.ts";
import { drawMark } from "./draw.ts";
import type { VegaSpec } from "./in-cells.ts";
import type { Pen } from "./pen.ts";
import { printCanvas } from "./print.ts";
import type { SceneMark } from "./scene.ts";
import { seriesOf } from "./series-of.ts";
import { writeTitles } from "./texts.ts";
import { cellHeight, cellWidth } from "./units.ts";

export type Drawn = {
  readonly lines: readonly string[];
  /** In cells: of the whole without its titles, and of it what charts have between their axes. */
  readonly width: number;
  readonly height: number;
  readonly plotWidth: number;
  readonly plotHeight: number;
  /** Whether there is anything but axes. */
  readonly hasMarks: boolean;
};

/** Has Vega lay a spec out and draws it. `look` may ask the view for what it has found. */
export async function drawSpec(
  spec: VegaSpec,
  columns: number,
  look?: (view: View, root: SceneMark) => void,
): Promise<Drawn> {
  // Vega writes into the rows that it is given, which are those of the live chart.
  const view = new View(parse(structuredClone(spec) as never), {
    renderer: "none",
    loader: loader({ baseURL: `${process.cwd()}/`, mode: "file" }),
    logLevel: errorLevel,
  });
  try {
    await view.runAsync();
    const { root } = view.scenegraph() as unknown as { root: SceneMark };
    look?.(view, root);
    return drawScene(root, spec, columns);
  } finally {
    view.finalize();
  }
}

function drawScene(root: SceneMark, spec: VegaSpec, columns: number): Drawn {
  const palette = new Palette();
  const series = seriesOf(root, spec, palette);
  const { x1, y1, x2, y2 } = boundsOf(root);
  // Wide characters take more than Vega thinks.
  const canvas = new Canvas({
    x1: x1 - 40 * cellWidth,
    y1: y1 - 3 * cellHeight,
    x2: x2 + (40 + columns) * cellWidth,
    y2: y2 + 3 * cellHeight,
  });
  const plots: Box[] = [];
  const pen: Pen = { canvas, palette, series, x: 0, y: 0, plots, titles: [] };
  drawMark(root, pen);
  const { first, end } = canvas.used();
  writeTitles(pen, columns);
  const lines = printCanvas(canvas, palette, series.fills);
  return {
    lines,
    width: end - first,
    height: lines.length,
    plotWidth: covered(plots.map((plot) => [plot.x1 / cellWidth, plot.x2 / cellWidth])),
    plotHeight: covered(plots.map((plot) => [plot.y1 / cellHeight, plot.y2 / cellHeight])),
    hasMarks: hasMarks(root),
  };
}

/** What Vega has drawn, within what can be a chart on a terminal. */
function boundsOf({ bounds: { x1, y1, x2, y2 } }: SceneMark): Box {
  const most = 40_000;
  const limit = (value: number, otherwise: number) =>
    Number.isFinite(value) ? Math.max(-most, Math.min(most, value)) : otherwise;
  const box = { x1: limit(x1, 0), y1: limit(y1, 0), x2: limit(x2, 0), y2: limit(y2, 0) };
  return box.x2 < box.x1 || box.y2 < box.y1 ? { x1: 0, y1: 0, x2: 0, y2: 0 } : box;
}

/** The length of all intervals together. */
function covered(intervals: readonly (readonly [number, number])[]): number {
  let [length, end] = [0, Number.NEGATIVE_INFINITY];
  for (const [from, to] of [...intervals].sort(([a], [b]) => a - b)) {
    length += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return length;
}

const hasMarks = (mark: SceneMark): boolean =>
  mark.marktype === "group"
    ? !/^(axis|legend|title)$/.test(mark.role ?? "") &&
      mark.items.some(({ items = [] }) => items.some((part) => hasMarks(part)))
    : mark.items.length > 0;
