import type { View } from "../vega.ts";
import type { VegaSpec } from "./in-cells.ts";
import { type Labels, longest } from "./labels.ts";
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
  readonly step?: Step;
};

export type Step = {
  readonly scale: string;
  /** How many values the scale has, where there is one of it. */
  readonly count?: number;
  /** The part of a step that is between two bars. */
  readonly inner: number;
  /** Whether things are drawn in the middle of a step, rather than all through it. */
  readonly isCentred: boolean;
  /** How many bars are side by side at each value. */
  readonly group: number;
  /** How many cells its longest name has. */
  readonly labelCells: number;
};

const sizeName = /(?:^|_)(?:child)?(width|height)$/i;
const stepName = /^(.*?)([xy])_step$/;

/** The sizes in a spec that a view has run. */
export function sizesOf(spec: VegaSpec, view: View, labels: Labels): Size[] {
  const sizes = new Map<string, Size>();
  const add = (name: string, axis: Size["axis"], natural: number, scale?: string) => {
    const step = scale === undefined ? undefined : stepOf(spec, scale, axis, view, labels);
    sizes.set(name, { name, axis, natural, ...(step && { step }) });
  };
  /** A width that is given and has bars: their step is what must be whole cells. */
  const addSpace = (name: string, natural: number) => {
    const axis = /width$/i.test(name) ? "x" : "y";
    const bars = scalesOf(spec).find((scale) => isDiscrete(scale) && isRangeOf(scale, name));
    const count = bars && countOf(view, bars.name);
    if (bars && count) add(name, axis, natural / count, bars.name);
    else add(name, axis, natural);
  };
  for (const name of ["width", "height"]) if (typeof spec[name] === "number") addSpace(name, spec[name]);
  for (const signal of signalsOf(spec)) {
    const name = String(signal.name);
    const step = stepName.exec(name);
    if (step) add(name, step[2] as Size["axis"], numberOf(signal, view) ?? 20, `${step[1]}${step[2]}`);
    else if (sizeName.test(name) && (typeof signal.value === "number" || /containerSize/.test(String(signal.init))))
      addSpace(name, numberOf(signal, view) ?? 200);
  }
  return [...sizes.values()];
}

const isDiscrete = ({ type }: VegaSpec) => type === "band" || type === "point";
const isRangeOf = ({ range }: VegaSpec, name: string) =>
  range === name || (Array.isArray(range) && range.some((end) => end?.signal === name));

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

function stepOf(spec: VegaSpec, name: string, axis: Size["axis"], view: View, labels: Labels): Step {
  const scale = scalesOf(spec).find((entry) => entry.name === name);
  const inner = scale?.type === "band" && typeof scale.paddingInner === "number" ? scale.paddingInner : 0;
  return {
    scale: name,
    count: countOf(view, name),
    inner,
    isCentred: scale?.type === "point" || (inner === 0 && hasFixedBars(spec, axis)),
    group: countOf(view, `${name}Offset`) ?? 1,
    labelCells: longest(labels, name),
  };
}

function countOf(view: View, scale: string): number | undefined {
  try {
    return view.scale(scale).domain().length;
  } catch {
    // There is none, or one in each of many small charts.
    return undefined;
  }
}

/** The boxes of a box plot are so many pixels wide. */
const hasFixedBars = (spec: VegaSpec, axis: Size["axis"]) =>
  partsOf(spec).some(
    ({ type, encode }) => type === "rect" && encode?.update?.[axis === "x" ? "width" : "height"]?.value > thin,
  );

const partsOf = (spec: VegaSpec): VegaSpec[] => [spec, ...((spec.marks ?? []) as VegaSpec[]).flatMap(partsOf)];
const signalsOf = (spec: VegaSpec) => partsOf(spec).flatMap(({ signals }) => (signals ?? []) as VegaSpec[]);
const scalesOf = (spec: VegaSpec) => partsOf(spec).flatMap(({ scales }) => (scales ?? []) as VegaSpec[]);

export type Limits = { readonly rows?: number; readonly isRound: boolean };

/** The spec with its sizes scaled: bars by whole cells, as far as there is a cell for each. */
export function withSizes(
  spec: VegaSpec,
  sizes: readonly Size[],
  scaling: Scaling,
  limits: Limits,
): { readonly spec: VegaSpec; readonly stepCells: ReadonlyMap<string, number> } {
  const pixels = new Map<string, number>();
  const paddings = new Map<string, number>();
  const steps = new Map<string, number>();
  for (const { step, axis, name, natural } of sizes) {
    const cell = axis === "x" ? cellWidth : cellHeight;
    const wanted = (natural * scaling[axis]) / cell;
    if (!step) {
      pixels.set(name, Math.max(axis === "x" ? 4 : 3, Math.round(wanted)) * cell);
      continue;
    }
    const cells = stepCells(step, axis, wanted, limits);
    const gap = step.inner > 0 ? gapOf(cells, step) : 0;
    steps.set(step.scale, cells);
    if (gap > 0) paddings.set(step.scale, gap / cells);
    else if (step.inner > 0 && cells >= 1) paddings.set(step.scale, 0);
    pixels.set(name, cell * (stepName.test(name) ? cells : Math.max(1, cells * (step.count ?? 1) - gap)));
  }
  if (limits.isRound) {
    const least = Math.min(...sizes.filter(({ step }) => !step).map(({ name }) => pixels.get(name) ?? 0));
    for (const { step, name } of sizes) if (!step) pixels.set(name, least);
  }
  return { spec: replaced(spec, pixels, paddings, growth(sizes, pixels)), stepCells: steps };
}

/** Cells from a bar to the next. Less than one where there are more bars than cells. */
function stepCells(step: Step, axis: Size["axis"], wanted: number, { rows }: Limits): number {
  const { group, labelCells, count = 1, isCentred } = step;
  const most = axis === "x" ? Math.max(10, 4 * group, Math.min(24, labelCells + 1)) : isCentred ? 3 : 2 * group;
  const least = axis === "y" && count <= (rows ?? 70) ? 1 : 0;
  const cells = Math.max(least, Math.min(most, Math.floor(wanted + 0.01)));
  if (cells < 1) return wanted;
  if (isCentred && cells % 2 === 0) return cells - 1;
  // In a group every bar has as many cells as the others.
  const each = Math.floor((cells - 1) / group);
  return group > 1 && each >= 1 ? each * group + 1 : cells;
}

const gapOf = (cells: number, { inner, group }: Step) =>
  cells < 2 ? 0 : group > 1 ? 1 : Math.max(1, Math.floor(cells * Math.min(inner, 0.5)));

type Growth = { readonly width: number; readonly height: number };

/** How much wider and taller bars are whose size is given in pixels, such as the boxes of a box plot. */
function growth(sizes: readonly Size[], pixels: ReadonlyMap<string, number>): Growth {
  const of = (axis: Size["axis"]) => {
    const [step, ...others] = sizes.filter((size) => size.axis === axis && stepName.test(size.name));
    return step && others.length === 0 ? (pixels.get(step.name) ?? step.natural) / step.natural : 1;
  };
  return { width: of("x"), height: of("y") };
}

function replaced(
  value: VegaSpec,
  pixels: ReadonlyMap<string, number>,
  paddings: ReadonlyMap<string, number>,
  grown: Growth,
): VegaSpec {
  const node: { [property: string]: any } = { ...value };
  if (Array.isArray(node.signals)) node.signals = node.signals.map((signal) => signalWith(signal, pixels, paddings));
  if (Array.isArray(node.scales)) node.scales = node.scales.map((scale) => scaleWith(scale, paddings));
  if (Array.isArray(node.marks)) node.marks = node.marks.map((mark) => replaced(mark, pixels, paddings, grown));
  if (typeof node.width === "number" && pixels.has("width")) node.width = pixels.get("width");
  if (typeof node.height === "number" && pixels.has("height")) node.height = pixels.get("height");
  if (node.type === "rect" && node.encode?.update)
    node.encode = { ...node.encode, update: grownBar(node.encode.update, grown) };
  return node;
}

function grownBar(update: VegaSpec, grown: Growth): VegaSpec {
  const sized = (name: keyof Growth) =>
    update[name]?.value > thin ? { [name]: { value: update[name].value * grown[name] } } : {};
  return { ...update, ...sized("width"), ...sized("height") };
}

/** In pixels: what is a line rather than a bar. */
const thin = 3;

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
