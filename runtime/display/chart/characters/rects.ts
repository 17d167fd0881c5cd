import type { Box } from "./canvas.ts";
import { fillOf, strokeOf } from "./color.ts";
import type { Pen } from "./pen.ts";
import { drawRule } from "./rules.ts";
import { itemsOf, type SceneItem, type SceneMark } from "./scene.ts";
import { cellHeight, cellWidth } from "./units.ts";

/**
 * Bars end within a cell, by eighths; their sides are where cells end. Which are the sides is seen from what the bars of
 * a mark have in common: as wide as each other, or as tall.
 */
export function drawRects(mark: SceneMark, pen: Pen): void {
  const items = itemsOf(mark);
  const boxes = items.map((item) => boxOf(item, pen));
  const thinnest = (size: (box: Box) => number) => boxes.every((box) => size(box) < thin);
  const isAcross = thinnest(tall) && same(boxes, wide) && boxes.some((box) => wide(box) > thin);
  const isUpright = thinnest(wide) && same(boxes, tall) && boxes.some((box) => tall(box) > thin);
  const sides = sidesOf(boxes, pen);
  for (const [index, item] of items.entries()) {
    const box = boxes[index] as Box;
    const color = pen.palette.number(fillOf(item)) ?? undefined;
    const line = color ?? pen.palette.number(strokeOf(item));
    if (line === undefined || pen.guide === "axis") continue;
    if (isAcross) {
      const [x1, x2] = toCells(box.x1, box.x2, cellWidth);
      drawRule([x1, middle(box.y1, box.y2)], [x2, middle(box.y1, box.y2)], line, pen);
    } else if (isUpright) {
      const [y1, y2] = toCells(box.y1, box.y2, cellHeight);
      drawRule([middle(box.x1, box.x2), y1], [middle(box.x1, box.x2), y2], line, pen);
    } else if (color === undefined) drawFrame(box, line, pen);
    else pen.canvas.fillBox(snapped(box, sides), color);
  }
}

/** In pixels: what is a line rather than a box. */
const thin = 3;
const wide = ({ x1, x2 }: Box) => x2 - x1;
const tall = ({ y1, y2 }: Box) => y2 - y1;
const middle = (one: number, other: number) => (one + other) / 2;

function same(boxes: readonly Box[], size: (box: Box) => number): boolean {
  const [first = 0, ...others] = boxes.map(size);
  return others.every((other) => Math.abs(other - first) < 1.5);
}

function boxOf({ x = 0, y = 0, width = 0, height = 0 }: SceneItem, pen: Pen): Box {
  const [x1, y1] = [pen.x + Math.min(x, x + width), pen.y + Math.min(y, y + height)];
  return { x1, y1, x2: x1 + Math.abs(width), y2: y1 + Math.abs(height) };
}

type Sides = { readonly x: boolean; readonly y: boolean };

function sidesOf(boxes: readonly Box[], { plot }: Pen): Sides {
  const [sameWidth, sameHeight] = [same(boxes, wide), same(boxes, tall)];
  if (sameWidth !== sameHeight) return { x: sameWidth, y: sameHeight };
  // One bar, or bars of one length, stand on the axis that they begin at.
  const standing = plot !== undefined && boxes.every(({ y2 }) => Math.abs(y2 - plot.y2) < 0.5);
  const lying = plot !== undefined && boxes.every(({ x1 }) => Math.abs(x1 - plot.x1) < 0.5);
  if (sameWidth && standing) return { x: true, y: false };
  if (sameWidth && lying) return { x: false, y: true };
  return sameWidth ? { x: true, y: true } : { x: true, y: false };
}

function snapped(box: Box, sides: Sides): Box {
  const [x1, x2] = sides.x ? toCells(box.x1, box.x2, cellWidth) : [box.x1, box.x2];
  const [y1, y2] = sides.y ? toCells(box.y1, box.y2, cellHeight) : [box.y1, box.y2];
  return { x1, y1, x2, y2 };
}

/** In pixels: half of what Vega-Lite leaves between the bars of a histogram. */
const gap = 0.5;

/** Bars that are thinner than a cell share it. */
function toCells(from: number, to: number, size: number): readonly [number, number] {
  if (to - from < size * 0.8) return [from, to];
  const start = Math.round((from - gap) / size) * size;
  return [start, Math.max(start + size, Math.round((to + gap) / size) * size)];
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
