import type { Box } from "./canvas.ts";
import { fillOf, strokeOf } from "./color.ts";
import { linesOf, type Point } from "./geometry.ts";
import type { Pen } from "./pen.ts";
import { drawRects } from "./rects.ts";
import { drawRules } from "./rules.ts";
import { itemsOf, outlineOf, type SceneItem, type SceneMark } from "./scene.ts";
import { drawSymbols } from "./symbols.ts";
import { drawTexts } from "./texts.ts";
import { cellHeight, cellWidth } from "./units.ts";

/** Draws a mark of the scenegraph and all in it. */
export function drawMark(mark: SceneMark, pen: Pen): void {
  const draw = drawings[mark.marktype];
  if (!draw || mark.items.length === 0) return;
  const { canvas } = pen;
  const { clip } = canvas;
  // Axes and legends are outside of the plot, and so may text be.
  if (pen.plot && !pen.guide && mark.marktype !== "text" && mark.marktype !== "group")
    canvas.clip = within(clip, pen.plot);
  draw(mark, pen);
  canvas.clip = clip;
}

const drawings: { readonly [marktype: string]: (mark: SceneMark, pen: Pen) => void } = {
  group: drawGroups,
  rect: drawRects,
  rule: drawRules,
  symbol: drawSymbols,
  text: drawTexts,
  line: drawLine,
  trail: drawLine,
  area: drawPaths,
  arc: drawPaths,
  path: drawPaths,
  shape: drawPaths,
};

function drawGroups(mark: SceneMark, pen: Pen): void {
  const guide = guideOf(mark.role) ?? pen.guide;
  for (const group of itemsOf(mark)) {
    const [x, y] = [pen.x + (group.x ?? 0), pen.y + (group.y ?? 0)];
    const [width, height] = [group.width ?? 0, group.height ?? 0];
    // A chart begins at the corner of a cell.
    const snapped = guide
      ? { x, y }
      : { x: Math.round(x / cellWidth) * cellWidth, y: Math.round(y / cellHeight) * cellHeight };
    const plot =
      !guide && width > 0 && height > 0
        ? { x1: snapped.x, y1: snapped.y, x2: snapped.x + width, y2: snapped.y + height }
        : pen.plot;
    const isGuide = mark.role === "axis" || mark.role === "title";
    const axis = isGuide ? { orient: group.orient, range: group.range } : {};
    const inner: Pen = { ...pen, ...snapped, plot, guide, ...axis };
    if (plot && plot !== pen.plot && isChart(group)) pen.plots.push(plot);
    const fill = guide ? undefined : pen.palette.number(fillOf(group));
    if (fill && plot) pen.canvas.fillBox(plot, fill);
    for (const part of group.items ?? []) drawMark(part, inner);
  }
}

/** Rather than a group of charts. */
const isChart = ({ items = [] }: SceneItem) =>
  items.some(({ marktype, role }) => marktype !== "group" || role === "axis");

function guideOf(role: string | undefined): Pen["guide"] {
  if (role === "axis") return "axis";
  if (role === "legend") return "legend";
  if (role === "title") return "title";
  return undefined;
}

const within = (one: Box, other: Box): Box => ({
  x1: Math.max(one.x1, other.x1),
  y1: Math.max(one.y1, other.y1),
  x2: Math.min(one.x2, other.x2),
  y2: Math.min(one.y2, other.y2),
});

function drawLine(mark: SceneMark, pen: Pen): void {
  const [item] = mark.items;
  if (!item) return;
  // A trail's width is its fill.
  const color = pen.palette.number(strokeOf(item) ?? fillOf(item));
  if (color === undefined) return;
  if (mark.marktype === "trail") {
    const points = mark.items.map(({ x = 0, y = 0 }): Point => [pen.x + x, pen.y + y]);
    pen.canvas.stroke([points], color);
    return;
  }
  const lines = linesOf(outlineOf(item), pen.x, pen.y);
  pen.canvas.stroke(lines, color, item.strokeDash);
  pen.series.markLine(lines, color, pen.canvas);
}

function drawPaths(mark: SceneMark, pen: Pen): void {
  const { canvas, palette } = pen;
  const items = mark.marktype === "area" ? mark.items.slice(0, 1) : itemsOf(mark);
  for (const item of items) {
    const lines = pathOf(item, pen);
    const fill = palette.number(fillOf(item));
    const stroke = palette.number(strokeOf(item));
    if (fill !== undefined) canvas.fill(lines, fill);
    // Between what is filled a line would be as thick as a part of it.
    else if (stroke !== undefined) canvas.stroke(lines, stroke, item.strokeDash);
  }
}

function pathOf(item: SceneItem, pen: Pen) {
  const isShared = item.mark.marktype === "area";
  const [x, y] = isShared ? [pen.x, pen.y] : [pen.x + (item.x ?? 0), pen.y + (item.y ?? 0)];
  if (item.mark.marktype === "path") return linesOf(item.path ?? "", x, y, item.scaleX ?? 1, item.scaleY ?? 1);
  return linesOf(outlineOf(item), x, y);
}
