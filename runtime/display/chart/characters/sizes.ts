import type { View } from "../vega.ts";
import type { VegaSpec } from "./in-cells.ts";
import { cellHeight, cellWidth } from "./units.ts";

/** How much larger than Vega would draw it a chart is, each way. */
export type Scaling = { readonly x: number; readonly y: number };

/** A size that a spec's layout follows from: a width, a height, or the step from a bar to the next. */
export type Size = {
  readonly name: string;
  readonly axis: "x" | "y";
  /** In pixels, as the spec has it. */
  readonly natural: number;
  /** Of steps: the scale and how many values it has, where there is one of it. */
  readonly step?: { readonly scale: string; readonly count?: number; readonly inner: number };
  /** Of steps: how many cells one needs so that its name is read whole. */
  readonly labelCells?: number;
};

const sizeName = /(?:^|_)(width|height)$/;
const stepName = /^(.*?)([xy])_step$/;

/** The sizes in a spec that a view has run. */
export function sizesOf(spec: VegaSpec, view: View): Size[] {
  const sizes = new Map<string, Size>();
  const add = (size: Size) => sizes.set(size.name, size);
  for (const name of ["width", "height"] as const)
    if (typeof spec[name] === "number") add({ name, axis: name === "width" ? "x" : "y", natural: spec[name] });
  for (const signal of signalsOf(spec)) {
    const name = String(signal.name);
    const step = stepName.exec(name);
    if (step) {
      const scale = `${step[1]}${step[2]}`;
      const { inner, count } = bandOf(spec, scale, view);
      add({ name, axis: step[2] as "x" | "y", natural: numberOf(signal, view) ?? 20, step: { scale, count, inner } });
    } else if (sizeName.test(name) && (typeof signal.value === "number" || /containerSize/.test(String(signal.init)))) {
      add({ name, axis: name.endsWith("width") ? "x" : "y", natural: numberOf(signal, view) ?? 200 });
    }
  }
  return [...sizes.values()];
}

function numberOf(signal: VegaSpec, view: View): number | undefined {
  if (typeof signal.value === "number") return signal.value;
  try {
    const value = view.signal(signal.name);
    return typeof value === "number" && value > 0 ? value : undefined;
  } catch {
    // A signal of a group in the chart.
    return undefined;
  }
}

function bandOf(spec: VegaSpec, name: string, view: View): { inner: number; count?: number } {
  const scale = scalesOf(spec).find((entry) => entry.name === name);
  const inner = typeof scale?.paddingInner === "number" ? scale.paddingInner : 0;
  try {
    return { inner: scale?.type === "band" ? inner : 0, count: view.scale(name).domain().length };
  } catch {
    return { inner };
  }
}

const partsOf = (spec: VegaSpec): VegaSpec[] => [spec, ...((spec.marks ?? []) as VegaSpec[]).flatMap(partsOf)];
const signalsOf = (spec: VegaSpec) => partsOf(spec).flatMap(({ signals }) => (signals ?? []) as VegaSpec[]);
const scalesOf = (spec: VegaSpec) => partsOf(spec).flatMap(({ scales }) => (scales ?? []) as VegaSpec[]);

export type Limits = { readonly rows?: number; readonly isRound: boolean };

/** The spec with its sizes scaled: bars by whole cells, as far as there is a cell for each. */
export function withSizes(spec: VegaSpec, sizes: readonly Size[], scaling: Scaling, limits: Limits): VegaSpec {
  const pixels = new Map<string, number>();
  const paddings = new Map<string, number>();
  for (const size of sizes) {
    const { step, axis, name, natural } = size;
    const cell = axis === "x" ? cellWidth : cellHeight;
    const wanted = natural * scaling[axis];
    if (!step) pixels.set(name, Math.max(axis === "x" ? 4 : 3, Math.round(wanted / cell)) * cell);
    else {
      const cells = stepCells(size, wanted / cell, groupSize(spec, step.scale), limits);
      pixels.set(name, cells * cell);
      if (step.inner > 0 && cells >= 1) paddings.set(step.scale, gapOf(cells, step.inner) / cells);
    }
  }
  if (limits.isRound) {
    const least = Math.min(...sizes.filter(({ step }) => !step).map(({ name }) => pixels.get(name) ?? 0));
    for (const { step, name } of sizes) if (!step) pixels.set(name, least);
  }
  return replaced(spec, pixels, paddings) as VegaSpec;
}

/** Cells from a bar to the next. Less than one where there are more bars than cells. */
function stepCells({ axis, step, labelCells = 0 }: Size, wanted: number, group: number, { rows }: Limits): number {
  const most = axis === "x" ? Math.max(10 * group, Math.min(24, labelCells + 1)) : 2 * group;
  const count = step?.count ?? 1;
  const least = axis === "y" && count <= (rows ?? 70) ? 1 : 0;
  const cells = Math.max(least, Math.min(most, Math.floor(wanted + 0.01)));
  if (cells < 1) return wanted;
  // In a group every bar has as many cells as the others.
  const each = Math.floor((cells - 1) / group);
  return group > 1 && each >= 1 ? each * group + 1 : cells;
}

const gapOf = (cells: number, inner: number) => (cells < 2 ? 0 : Math.max(1, Math.floor(cells * Math.min(inner, 0.5))));

/** How many bars are side by side at a value of a scale. */
function groupSize(spec: VegaSpec, scale: string): number {
  const found = spec.offsetCounts?.[`${scale}Offset`];
  return typeof found === "number" ? found : 1;
}

function replaced(value: unknown, pixels: ReadonlyMap<string, number>, paddings: ReadonlyMap<string, number>): unknown {
  const again = (part: unknown): unknown => replaced(part, pixels, paddings);
  if (Array.isArray(value)) return value.map(again);
  if (typeof value !== "object" || value === null) return value;
  const node: { [property: string]: any } = { ...(value as VegaSpec) };
  delete node.offsetCounts;
  if (Array.isArray(node.signals)) node.signals = node.signals.map((signal) => signalWith(signal, pixels, paddings));
  if (Array.isArray(node.scales)) node.scales = node.scales.map((scale) => scaleWith(scale, paddings));
  if (Array.isArray(node.marks)) node.marks = node.marks.map(again);
  if (typeof node.width === "number" && pixels.has("width")) node.width = pixels.get("width");
  if (typeof node.height === "number" && pixels.has("height")) node.height = pixels.get("height");
  return node;
}

function signalWith(
  signal: VegaSpec,
  pixels: ReadonlyMap<string, number>,
  paddings: ReadonlyMap<string, number>,
): VegaSpec {
  const value = pixels.get(signal.name);
  if (value !== undefined) return { name: signal.name, value };
  if (typeof signal.update !== "string") return signal;
  const update = signal.update.replace(
    /bandspace\(domain\('([^']+)'\)\.length, [\d.]+, [\d.]+\)/g,
    (whole: string, scale: string) =>
      paddings.has(scale) ? `bandspace(domain('${scale}').length, ${paddings.get(scale)}, 0)` : whole,
  );
  return { ...signal, update };
}

function scaleWith(scale: VegaSpec, paddings: ReadonlyMap<string, number>): VegaSpec {
  const inner = paddings.get(scale.name);
  if (inner !== undefined) return { ...scale, paddingInner: inner, paddingOuter: 0 };
  const group = /^(.*[xy])Offset$/.exec(String(scale.name))?.[1];
  return group && scale.range?.step !== undefined && typeof scale.range.step === "number"
    ? { ...scale, range: [0, { signal: `bandwidth('${group}')` }] }
    : scale;
}
