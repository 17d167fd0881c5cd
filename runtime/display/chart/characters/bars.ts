import type { Box } from "./canvas.ts";
import { cellHeight, cellWidth } from "./units.ts";

/**
 * The boxes of a mark as they are drawn: they end within a cell, by eighths, and their sides are where cells end. Which
 * are the sides is seen from what the boxes have in common: as wide as each other, or as tall.
 */
export function barsOf(boxes: readonly Box[], colors: readonly unknown[], plot: Box | undefined): readonly Box[] {
  const sides = sidesOf(boxes, plot);
  const isOneColor = colors.every((color) => color === colors[0]);
  if (sides.x && !sides.y && isOneColor && isThin(boxes)) return averaged(boxes);
  const space = sides.x && !sides.y && areTouching(boxes) ? cellWidth : 0;
  return boxes.map((box) => {
    const [x1, x2] = sides.x ? toCells(box.x1, box.x2, cellWidth) : [box.x1, box.x2];
    const [y1, y2] = sides.y ? toCells(box.y1, box.y2, cellHeight) : [box.y1, box.y2];
    return { x1, y1, x2: x2 - space, y2 };
  });
}

export const wide = ({ x1, x2 }: Box): number => x2 - x1;
export const tall = ({ y1, y2 }: Box): number => y2 - y1;

export function same(boxes: readonly Box[], size: (box: Box) => number): boolean {
  const [first = 0, ...others] = boxes.map(size);
  return others.every((other) => Math.abs(other - first) < 1.5);
}

/** Whole cells. Bars that are thinner than a cell share it. */
export function toCells(from: number, to: number, size: number): readonly [number, number] {
  if (to - from < size * 0.8) return [from, to];
  const start = Math.round((from - binGap) / size) * size;
  return [start, Math.max(start + size, Math.round((to + binGap) / size) * size)];
}

/** In pixels: half of what Vega-Lite leaves between the bars of a histogram. */
const binGap = 0.5;

type Sides = { readonly x: boolean; readonly y: boolean };

function sidesOf(boxes: readonly Box[], plot: Box | undefined): Sides {
  const [sameWidth, sameHeight] = [same(boxes, wide), same(boxes, tall)];
  if (sameWidth !== sameHeight) return { x: sameWidth, y: sameHeight };
  // One bar, or bars of one length, stand on the axis that they begin at.
  const standing = plot !== undefined && boxes.every(({ y2 }) => Math.abs(y2 - plot.y2) < 0.5);
  const lying = plot !== undefined && boxes.every(({ x1 }) => Math.abs(x1 - plot.x1) < 0.5);
  if (sameWidth && standing) return { x: true, y: false };
  if (sameWidth && lying) return { x: false, y: true };
  return sameWidth ? { x: true, y: true } : { x: true, y: false };
}

const isThin = (boxes: readonly Box[]) => boxes.length > 1 && boxes.every((box) => wide(box) < cellWidth * 0.8);

/** Where many bars share a cell, it is as high as they are on average. */
function averaged(boxes: readonly Box[]): readonly Box[] {
  const columns = new Map<number, Box[]>();
  for (const box of boxes) {
    const column = Math.floor((box.x1 + box.x2) / 2 / cellWidth);
    const known = columns.get(column);
    if (known) known.push(box);
    else columns.set(column, [box]);
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const shared = new Map<Box, Box>();
  for (const [column, inside] of columns) {
    const [y1, y2] = [mean(inside.map((box) => box.y1)), mean(inside.map((box) => box.y2))];
    for (const box of inside) shared.set(box, { x1: column * cellWidth, x2: (column + 1) * cellWidth, y1, y2 });
  }
  return boxes.map((box) => shared.get(box) ?? box);
}

/** Wide bars with a pixel between them, as those of months have it, would look like one. */
function areTouching(boxes: readonly Box[]): boolean {
  const sorted = [...boxes].sort((a, b) => a.x1 - b.x1);
  const gaps = sorted.slice(1).map((box, index) => box.x1 - (sorted[index]?.x2 ?? 0));
  return sorted.every((box) => wide(box) >= 5 * cellWidth) && gaps.some((gap) => gap > 0.3 && gap < 2);
}
