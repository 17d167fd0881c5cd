import { corner, down, left, right, up } from "./canvas.ts";
import { plain, strokeOf } from "./color.ts";
import type { Point } from "./geometry.ts";
import type { Pen } from "./pen.ts";
import { itemsOf, type SceneMark } from "./scene.ts";
import { cellHeight, cellOf, cellWidth } from "./units.ts";

export function drawRules(mark: SceneMark, pen: Pen): void {
  for (const item of itemsOf(mark)) {
    const color = pen.palette.number(strokeOf(item));
    if (color === undefined) continue;
    const [x1, y1] = [pen.x + (item.x ?? 0), pen.y + (item.y ?? 0)];
    const [x2, y2] = [pen.x + (item.x2 ?? item.x ?? 0), pen.y + (item.y2 ?? item.y ?? 0)];
    if (mark.role === "axis-tick") drawTick(x1, y1, pen, item.y ?? 0);
    else if (mark.role === "axis-domain") drawDomain(x1, y1, x2, y2, pen);
    else drawRule([x1, y1], [x2, y2], color, pen, item.strokeDash);
  }
}

/** A straight line: of box characters where it is upright or level. */
export function drawRule([x1, y1]: Point, [x2, y2]: Point, color: number, pen: Pen, dash?: readonly number[]): void {
  const { canvas } = pen;
  const { clip } = canvas;
  const dashed = dash !== undefined && dash.length > 0;
  const column = (x: number) => Math.floor((x >= clip.x2 && x < clip.x2 + 1 ? clip.x2 - 1 : x) / cellWidth);
  const row = (y: number) => Math.floor((y >= clip.y2 && y < clip.y2 + 1 ? clip.y2 - 1 : y) / cellHeight);
  if (Math.abs(y1 - y2) < 1) {
    if (y1 < clip.y1 || y1 > clip.y2) return;
    const [from, to] = [Math.max(Math.min(x1, x2), clip.x1), Math.min(Math.max(x1, x2), clip.x2)];
    const [first, last] = [column(from), Math.max(column(from), column(to - 0.01))];
    for (let at = first; at <= last; at++) canvas.link(at, row(y1), left | right, color, dashed);
  } else if (Math.abs(x1 - x2) < 1) {
    if (x1 < clip.x1 || x1 > clip.x2) return;
    const [from, to] = [Math.max(Math.min(y1, y2), clip.y1), Math.min(Math.max(y1, y2), clip.y2)];
    const [first, last] = [row(from), Math.max(row(from), row(to - 0.01))];
    for (let at = first; at <= last; at++) canvas.link(column(x1), at, up | down, color, dashed);
  } else {
    canvas.stroke(
      [
        [
          [x1, y1],
          [x2, y2],
        ],
      ],
      color,
      dash,
    );
  }
}

/** An axis line, with a corner where another one begins. */
function drawDomain(x1: number, y1: number, x2: number, y2: number, { canvas }: Pen): void {
  const [column, row] = [cellOf(x1, cellWidth), cellOf(y1, cellHeight)];
  if (Math.abs(x1 - x2) < 1) {
    const end = cellOf(Math.max(y1, y2), cellHeight);
    for (let at = cellOf(Math.min(y1, y2), cellHeight); at < end; at++) canvas.link(column, at, up | down, plain);
    const after = canvas.linked(column + 1, end) & left ? right : 0;
    const before = canvas.linked(column - 1, end) & right ? left : 0;
    canvas.link(column, end, up | after | before, plain);
  } else {
    const [start, end] = [cellOf(Math.min(x1, x2), cellWidth), Math.ceil(Math.max(x1, x2) / cellWidth)];
    for (let at = start; at < end; at++) canvas.link(at, row, left | right, plain);
    if (canvas.linked(start - 1, row) & up) canvas.link(start - 1, row, right, plain);
    if (canvas.linked(end, row) & up) canvas.link(end, row, left, plain);
  }
}

function drawTick(x: number, y: number, pen: Pen, along: number): void {
  const { canvas, orient = "bottom", range = 0 } = pen;
  const isSide = orient === "left" || orient === "right";
  // There is the corner, which has no room for a tick.
  if (orient === "right" && along > range - 0.5) return;
  const edge = isSide ? x : Math.min(x, pen.x + range - 1);
  const last = orient === "left" && along > range - 0.5 ? corner : 0;
  const direction = { left, right, top: up, bottom: down }[orient] ?? down;
  canvas.link(cellOf(edge, cellWidth), cellOf(y, cellHeight), direction | last, plain);
}
