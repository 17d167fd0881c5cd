import stringWidth from "string-width";
import { printable } from "../../text.ts";
import { fillOf, plain } from "./color.ts";
import type { Pen } from "./pen.ts";
import { itemsOf, type SceneItem, type SceneMark } from "./scene.ts";
import { cellHeight, cellOf, cellWidth } from "./units.ts";

/** Text, upright whatever its angle is, in the cells nearest to its place. */
export function drawTexts(mark: SceneMark, pen: Pen): void {
  const isLabel = mark.role === "axis-label";
  for (const item of itemsOf(mark)) {
    if (item.opacity === 0) continue;
    const color = pen.guide ? plain : pen.palette.number(fillOf(item));
    if (color === undefined) continue;
    // The titles of rows are beside them, and stay there.
    const isBeside = pen.guide === "title" && (pen.orient === "left" || pen.orient === "right");
    const isTitle = pen.guide !== undefined && !isBeside && titleRoles.test(mark.role ?? "");
    const bold = pen.guide !== undefined && /title/.test(mark.role ?? "") && mark.role !== "title-subtitle";
    const lines = linesOf(item);
    const [x, y] = positionOf(item, pen);
    const top = cellOf(y - middleOf(item), cellHeight);
    for (const [index, line] of lines.entries()) {
      const text = limited(line, isTitle ? undefined : item.limit);
      const width = stringWidth(text);
      const [column, row] = [columnOf(x, width, item.align), top + index];
      if (isLabel && !pen.canvas.isFree(column - 1, row, width + 2)) continue;
      if (isTitle) pen.titles.push({ column, row, text, isBold: bold });
      else pen.canvas.write(column, row, text, color, bold);
    }
  }
}

const titleRoles = /^(axis-title|title-text|title-subtitle)$/;

/** Writes titles where they can be read whole: within the drawing, or within `columns` where that is less wide. */
export function writeTitles({ canvas, titles }: Pen, columns: number): void {
  const { first, end } = canvas.used();
  const last = Math.max(end, first + columns);
  for (const { column, row, text, isBold } of titles) {
    const shown = cut(text, last - first);
    const width = stringWidth(shown);
    const from = Math.max(first, Math.min(column, last - width));
    // Above what is in its row: both are to be read.
    const free = [row, row - 1, row - 2, row - 3].find((at) => canvas.isFree(from, at, width));
    canvas.write(from, free ?? row, shown, plain, isBold);
  }
}

function linesOf({ text, lineBreak }: SceneItem): readonly string[] {
  if (text === undefined || text === null) return [];
  const lines = Array.isArray(text) ? text : typeof lineBreak === "string" ? String(text).split(lineBreak) : [text];
  return lines.map((line) => printable(String(line).replaceAll(/\s+/g, " ")).trim());
}

function positionOf(item: SceneItem, pen: Pen): readonly [number, number] {
  const { x = 0, y = 0, dx = 0, dy = 0, radius = 0, theta = 0 } = item;
  const angle = theta - Math.PI / 2;
  return [pen.x + x + dx + radius * Math.cos(angle), pen.y + y + dy + radius * Math.sin(angle)];
}

/** How far a line's middle is below its place. */
function middleOf({ baseline }: SceneItem): number {
  if (baseline === "top" || baseline === "line-top") return -5;
  if (baseline === "middle") return 0;
  return baseline === "bottom" || baseline === "line-bottom" ? 5 : 3;
}

function columnOf(x: number, width: number, align: string | undefined): number {
  const at = x / cellWidth;
  if (align === "center") return Math.round(at - width / 2);
  return align === "right" ? Math.round(at) - width : Math.round(at);
}

const limited = (text: string, limit: number | undefined) =>
  limit && limit > 0 ? cut(text, Math.max(1, Math.floor(limit / cellWidth))) : text;

/** At most so many cells of a text, with an ellipsis for the rest. */
export function cut(text: string, cells: number): string {
  if (stringWidth(text) <= cells) return text;
  let kept = "";
  for (const { segment } of segments.segment(text)) {
    if (stringWidth(kept) + stringWidth(segment) > cells - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

const segments = new Intl.Segmenter();
