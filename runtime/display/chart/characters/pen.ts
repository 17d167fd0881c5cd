import type { Box, Canvas } from "./canvas.ts";
import type { Palette } from "./color.ts";
import type { Series } from "./series.ts";

/** A title, and the cells where it would be if it fitted. */
export type Title = { readonly column: number; readonly row: number; readonly text: string; readonly isBold: boolean };

/** Where drawing is: what it draws on, and the corner and the kind of the group that it is in. */
export type Pen = {
  readonly canvas: Canvas;
  readonly palette: Palette;
  readonly series: Series;
  readonly x: number;
  readonly y: number;
  /** Of the chart around: its box in pixels. */
  readonly plot?: Box;
  /** Axis, legend, title, and the direction of an axis. */
  readonly guide?: "axis" | "legend" | "title";
  readonly orient?: string;
  /** Of an axis: its length in pixels. */
  readonly range?: number;
  /** What is written when all else is in its place. */
  readonly titles: Title[];
  /** The boxes of all charts, as they are found. */
  readonly plots: Box[];
};
