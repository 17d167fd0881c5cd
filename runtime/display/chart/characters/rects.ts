import { barsOf, same, tall, toCells, wide } from "./bars.ts";
import type { Box } from "./canvas.ts";
import { fillOf, stopsOf, strokeOf } from "./color.ts";
import type { Pen } from "./pen.ts";
import { drawRule } from "./rules.ts";
import { itemsOf, type SceneItem, type SceneMark } from "./scene.ts";
import { cellHeight, cellWidth } from "./units.ts";

/** Bars and boxes; thin ones, such as the medians of box plots, are lines. */
export function drawRects(mark: SceneMark, pen: Pen): void {
  const items = itemsOf(mark);
  const boxes = items.map((item) => boxOf(item, pen));
  const colors = items.map((item) => pen.palette.number(fillOf(item)));
  const thinnest = (size: (box: Box) => number) => boxes.every((box) => size(box) < thin);
  const isAcross = thinnest(tall) && same(boxes, wide) && boxes.some((box) => wide(box) > thin);
  const isUpright = thinnest(wide) && same(boxes, tall) && boxes.some((box) => tall(box) > thin);
  const bars = barsOf(boxes, colors, pen.plot);
  for (const [index, item] of items.entries()) {
    const box = boxes[index] as Box;
    const color = colors[index];
    const line = color ?? pen.palette.number(strokeOf(item));
    if (line === undefined || pen.guide === "axis") continue;
    const stops = stopsOf(item.fill);
    if (stops && pen.guide) drawGradient(box, stops, pen);
    else if (isAcross) {
      const [x1, x2] = toCells(box.x1, box.x2, cellWidth);
      drawRule([x1, middle(box.y1, box.y2)], [x2, middle(box.y1, box.y2)], line, pen);
    } else if (isUpright) {
      const [y1, y2] = toCells(box.y1, box.y2, cellHeight);
      drawRule([middle(box.x1, box.x2), y1], [middle(box.x1, box.x2), y2], line, pen);
    } else if (color === undefined) drawFrame(box, line, pen);
    else pen.canvas.fillBox(bars[index] ?? box, color);
  }
}

/** In pixels: what is a line rather than a box. */
const thin = 3;
const middle = (one: number, other: number) => (one + other) / 2;

function boxOf({ x = 0, y = 0, width = 0, height = 0 }: SceneItem, pen: Pen): Box {
  const [x1, y1] = [pen.x + Math.min(x, x + width), pen.y + Math.min(y, y + height)];
  return { x1, y1, x2: x1 + Math.abs(width), y2: y1 + Math.abs(height) };
}

/** A legend's gradient, by cells: each has the colour nearest to its middle. */
function drawGradient(box: Box, stops: NonNullable<ReturnType<typeof stopsOf>>, { canvas, palette }: Pen): void {
  const [x1, x2] = toCells(box.x1, box.x2, cellWidth);
  const [y1, y2] = toCells(box.y1, box.y2, cellHeight);
  const isUp = y2 - y1 > x2 - x1;
  const count = isUp ? (y2 - y1) / cellHeight : (x2 - x1) / cellWidth;
  for (let cell = 0; cell < count; cell++) {
    const share = (cell + 0.5) / count;
    const near = stops.reduce((best, stop) =>
      Math.abs(stop.offset - share) < Math.abs(best.offset - share) ? stop : best,
    );
    const color = palette.number(near.color);
    if (color === undefined) continue;
    // The largest value is at the top.
    const [x, y] = isUp ? [x1, y2 - (cell + 1) * cellHeight] : [x1 + cell * cellWidth, y1];
    canvas.fillBox({ x1: x, y1: y, x2: isUp ? x2 : x + cellWidth, y2: isUp ? y + cellHeight : y2 }, color);
  }
}

function drawFrame({ x1, y1, x2, y2 }: Box, color: number, pen: Pen): void {
  pen.canvas.stroke(
    [
      [
        [x1, y1],
        [x2, y1],
        [x2, y2],
        [x1, y2],
        [x1, y1],
      ],
    ],
    color,
  );
}
