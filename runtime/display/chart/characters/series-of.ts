import { fillOf, type Palette, plain, stopsOf, strokeOf } from "./color.ts";
import type { VegaSpec } from "./in-cells.ts";
import type { SceneMark } from "./scene.ts";
import { Series } from "./series.ts";

/** The series of a chart, from what its legends show, or else from the colours of one mark. */
export function seriesOf(root: SceneMark, spec: VegaSpec, palette: Palette): Series {
  const legend = new Set<number>();
  const filled = { fill: false, line: false };
  const shades = new Map<number, string>();
  const continuous = hasRamp(spec);
  const ofMarks = new Set<number>();
  visit(root, false, (mark, inLegend) => {
    if (mark.role?.startsWith("axis")) return;
    const isArea = ["rect", "area", "arc", "shape"].includes(mark.marktype);
    const colors = new Set<number>();
    for (const item of mark.items) {
      for (const stop of stopsOf(item.fill) ?? []) colors.add(palette.number(stop.color) ?? plain);
      const color = palette.number(fillOf(item)) ?? palette.number(strokeOf(item));
      if (color) colors.add(color);
    }
    if (inLegend && mark.marktype === "symbol") for (const color of colors) legend.add(color);
    if (inLegend) {
      if (mark.role === "legend-gradient" || mark.role === "legend-band") addShades(shades, colors);
      return;
    }
    if (mark.marktype === "text") return;
    if (isArea) filled.fill = true;
    else filled.line = true;
    if (isArea && continuous && colors.size > 1) addShades(shades, colors);
    else if (colors.size > 1) for (const color of colors) ofMarks.add(color);
  });
  const colors = [...(legend.size > 0 ? legend : ofMarks)];
  return new Series(colors, spread(shades, palette), filled.fill && !filled.line);
}

function visit(mark: SceneMark, inLegend: boolean, see: (mark: SceneMark, inLegend: boolean) => void): void {
  const legend = inLegend || mark.role === "legend";
  if (mark.marktype !== "group") see(mark, legend);
  else for (const group of mark.items) for (const part of group.items ?? []) visit(part, legend, see);
}

const addShades = (shades: Map<number, string>, colors: ReadonlySet<number>) => {
  for (const color of colors) shades.set(color, "█");
};

/** The darker, the denser, as ink on paper. */
export function spread(shades: ReadonlyMap<number, string>, palette: Palette): Map<number, string> {
  const values = [...shades.keys()].map(palette.lightness);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return new Map(
    [...shades.keys()].map((color) => {
      const share = high > low ? (palette.lightness(color) - low) / (high - low) : 0;
      return [color, densities[Math.min(densities.length - 1, Math.floor(share * densities.length))] as string];
    }),
  );
}

const densities = ["█", "▓", "▒", "░"];

const continuousTypes =
  /^(linear|log|pow|sqrt|symlog|time|utc|sequential|diverging|quantize|quantile|threshold|bin-ordinal)$/;

/** Whether a scale of the spec runs through colours. */
function hasRamp(spec: VegaSpec): boolean {
  const scales = (spec.scales ?? []) as VegaSpec[];
  const runs = ({ type, range, name }: VegaSpec) =>
    continuousTypes.test(type) &&
    (/^(heatmap|ramp|diverging)$/.test(range) || range?.scheme !== undefined || /(color|fill|stroke)$/.test(name));
  return scales.some(runs) || ((spec.marks ?? []) as VegaSpec[]).some(hasRamp);
}
