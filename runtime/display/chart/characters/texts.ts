import stringWidth from "string-width";
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
    const bold = pen.guide !== undefined && /title/.test(mark.role ?? "") && mark.role !== "title-subtitle";
    const lines = linesOf(item);
    const [x, y] = positionOf(item, pen);
    const top = cellOf(y - middleOf(item), cellHeight);
    for (const [index, line] of lines.entries()) {
      const text = limited(line, item.limit);
      const width = stringWidth(text);
      const column = columnOf(x, width, item.align);
      let row = top + index;
      if (isLabel && !pen.canvas.isFree(column - 1, row, width + 2)) continue;
      // A title above another one's row: both are to be read.
      if (!isLabel && pen.guide && !pen.canvas.isFree(column, row, width) && pen.canvas.isFree(column, row - 1, width))
        row--;
      pen.canvas.write(column, row, text, color, bold);
    }
  }
}

function linesOf({ text, lineBreak }: SceneItem): readonly string[] {
  if (text === undefined || text === null) return [];
  const lines = Array.isArray(text) ? text : typeof lineBreak === "string" ? String(text).split(lineBreak) : [text];
  return lines.map((line) =>
    String(line)
      .replaceAll(/\p{Cc}+/gu, " ")
      .trim(),
  );
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
