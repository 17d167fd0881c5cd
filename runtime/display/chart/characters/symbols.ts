import { fillOf, strokeOf } from "./color.ts";
import { linesOf } from "./geometry.ts";
import type { Pen } from "./pen.ts";
import { itemsOf, outlineOf, type SceneItem, type SceneMark } from "./scene.ts";
import { cellHeight, cellWidth } from "./units.ts";

/** Points: few as characters, many as dots, large ones as circles of dots. */
export function drawSymbols(mark: SceneMark, pen: Pen): void {
  const items = itemsOf(mark).filter((item) => colorOf(item, pen) !== undefined);
  if (pen.guide === "legend") {
    drawEntries(items, pen);
    return;
  }
  const { clip } = pen.canvas;
  const cells = ((clip.x2 - clip.x1) / cellWidth) * ((clip.y2 - clip.y1) / cellHeight);
  const isFew = items.length * 8 < cells;
  for (const item of items) {
    const color = colorOf(item, pen) as number;
    const [x, y] = [pen.x + (item.x ?? 0), pen.y + (item.y ?? 0)];
    const radius = Math.sqrt(item.size ?? 64) / 2;
    if (radius >= cellWidth) drawLarge(item, x, y, color, pen);
    else if (isFew) drawOne(x, y, pen.series.symbol(color), color, pen);
    else pen.canvas.dot(x, y, color);
  }
}

const colorOf = (item: SceneItem, { palette }: Pen) => {
  const fill = palette.number(fillOf(item));
  return fill ?? palette.number(strokeOf(item));
};

function drawOne(x: number, y: number, char: string, color: number, { canvas }: Pen): void {
  const { clip } = canvas;
  if (x < clip.x1 || x > clip.x2 || y < clip.y1 || y > clip.y2) return;
  const column = Math.floor(Math.min(x, clip.x2 - 1) / cellWidth);
  canvas.write(column, Math.floor(Math.min(y, clip.y2 - 1) / cellHeight), char, color);
}

function drawLarge(item: SceneItem, x: number, y: number, color: number, { canvas, palette }: Pen): void {
  canvas.stroke(linesOf(outlineOf(item), x, y), color);
  if (palette.number(fillOf(item)) === undefined) return;
  const radius = Math.sqrt(item.size ?? 64) / 2;
  for (let dy = -radius; dy <= radius; dy += 2) {
    const half = Math.sqrt(radius * radius - dy * dy);
    const line = [
      [x - half, y + dy],
      [x + half, y + dy],
    ] as const;
    canvas.stroke([line], color);
  }
}

/** A legend's symbols: what the series is drawn with. */
function drawEntries(items: readonly SceneItem[], pen: Pen): void {
  for (const item of items) {
    const color = colorOf(item, pen) as number;
    const [column, row] = [
      Math.floor((pen.x + (item.x ?? 0)) / cellWidth),
      Math.floor((pen.y + (item.y ?? 0)) / cellHeight),
    ];
    pen.series.drawEntry(column, row, color, pen.canvas);
  }
}
