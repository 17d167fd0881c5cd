import { cellHeight, cellWidth } from "./units.ts";

export type VegaSpec = { readonly [property: string]: any };

export type InCells = {
  /** How many cells a label may have. */
  readonly labelCells: number;
  /** How many entries a legend may have. */
  readonly legendEntries: number;
  /** Legends are above a narrow chart, with so many entries in a row. */
  readonly legendColumns?: number;
};

/**
 * A Vega spec whose guides are laid out in cells: each character of a label is as wide as a cell, what is beside or below
 * another thing is so by whole cells, all text is upright, and there are no grid lines.
 */
export function inCells(spec: VegaSpec, room: InCells): VegaSpec {
  const { background: _, ...rest } = guides(spec, room) as VegaSpec;
  return { ...rest, padding: 0, autosize: "pad", config: config(rest.config ?? {}) };
}

function guides(value: unknown, room: InCells, key = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => guides(item, room, key));
  if (typeof value !== "object" || value === null || key === "values") return value;
  const node: { [property: string]: any } = {};
  for (const [name, part] of Object.entries(value)) {
    if (name === "data" && Array.isArray(part)) node[name] = part;
    else if (!/font(?!Weight)|lineHeight/i.test(name) || key === "data") node[name] = guides(part, room, name);
  }
  if (Array.isArray(node.axes)) node.axes = node.axes.filter(isSeen).map((axis) => axisInCells(axis, room));
  if (Array.isArray(node.legends)) node.legends = node.legends.map((legend) => legendInCells(legend, room));
  if (node.title && (node.type === "group" || node.marks)) node.title = titleInCells(node.title);
  if (node.layout && node.marks) node.layout = layoutInCells(node.layout, hasTitledRows(node.marks));
  return node;
}

/** Vega-Lite draws grid lines as an axis of their own. */
const isSeen = (axis: VegaSpec) => !(axis.grid === true && axis.labels === false && axis.ticks === false);

function axisInCells(axis: VegaSpec, { labelCells }: InCells): VegaSpec {
  const {
    labelAngle: _angle,
    labelAlign: _align,
    labelBaseline: _baseline,
    titleAngle: _t,
    maxExtent: _m,
    ...rest
  } = axis;
  const shared = {
    ...rest,
    grid: false,
    translate: 0,
    labelAngle: 0,
    labelLimit: labelCells * cellWidth + 1,
    labelPadding: 0,
    tickWidth: 1,
    ...(axis.tickCount?.signal && { tickCount: { signal: fewerTicks(axis) } }),
    ...(axis.encode?.labels && { encode: { ...axis.encode, labels: upright(axis.encode.labels) } }),
  };
  const offset = typeof axis.offset === "number" ? axis.offset : 0;
  if (axis.orient === "left" || axis.orient === "right") {
    const isLeft = axis.orient === "left";
    return {
      ...shared,
      // The line has the cell beside the chart's first.
      offset: cells(offset, cellWidth) + (isLeft ? cellWidth : 0),
      tickSize: isLeft ? cellWidth : 2 * cellWidth,
      labelSeparation: 2,
      // Upright text reads better above than letter by letter beside.
      titleAngle: 0,
      titleAlign: isLeft ? "left" : "right",
      titleBaseline: "bottom",
      titleAnchor: null,
      titleX: 0,
      titleY: -6,
    };
  }
  const isTop = axis.orient === "top";
  return {
    ...shared,
    offset: cells(offset, cellHeight) + (isTop ? cellHeight : 0),
    tickSize: isTop ? 6 : cellHeight,
    labelAlign: "center",
    labelBaseline: isTop ? "bottom" : "top",
    labelSeparation: cellWidth,
    titlePadding: 6,
  };
}

/** Of Vega-Lite's ticks, one every 40 pixels, those whose labels have room. */
const fewerTicks = ({ orient, tickCount }: VegaSpec) =>
  String(tickCount.signal).replace(/\/40\)$/, orient === "left" || orient === "right" ? "/56)" : "/90)");

const cells = (pixels: number, size: number) => Math.round(pixels / size) * size;

/** Without what would turn a label or move it. */
function upright(part: VegaSpec): VegaSpec {
  const without = (set: VegaSpec | undefined) => {
    if (!set) return undefined;
    const { angle: _a, align: _b, baseline: _c, dx: _d, dy: _e, ...rest } = set;
    return rest;
  };
  return {
    ...part,
    ...(part.update && { update: without(part.update) }),
    ...(part.enter && { enter: without(part.enter) }),
  };
}

function legendInCells(legend: VegaSpec, { legendEntries, labelCells, legendColumns }: InCells): VegaSpec {
  return {
    ...legend,
    ...(legendColumns &&
      legend.orient === undefined && { orient: "top", direction: "horizontal", columns: legendColumns }),
    offset: 2 * cellWidth,
    padding: 0,
    titlePadding: 6,
    titleAngle: 0,
    rowPadding: 6,
    columnPadding: 2 * cellWidth,
    labelOffset: cellWidth,
    labelLimit: labelCells * cellWidth + 1,
    titleLimit: labelCells * cellWidth + 1,
    symbolOffset: 0,
    symbolStrokeWidth: 1,
    symbolLimit: legendEntries,
    // With its stroke a symbol is as wide as a cell.
    ...(legend.size === undefined && { symbolSize: 49 }),
    gradientLength: 6 * cellHeight,
    gradientThickness: 2 * cellWidth,
    gradientLabelOffset: cellWidth,
  };
}

function titleInCells(title: unknown): VegaSpec {
  const { subtitlePadding: _, ...given } =
    typeof title === "string" || Array.isArray(title) ? { text: title } : (title as VegaSpec);
  const across = given.orient === "left" || given.orient === "right";
  return { ...given, angle: 0, offset: across ? cellWidth : 6, subtitlePadding: 6, ...(across && { align: "left" }) };
}

/** The axes of small charts are those of their rows and columns. */
const headers = { rowHeader: 0, rowFooter: 0, columnHeader: 0, columnFooter: 0, rowTitle: cellWidth, columnTitle: 6 };

/** The title of an axis beside a row is above it. */
const hasTitledRows = (marks: readonly VegaSpec[]) =>
  marks.some(({ role, axes }) => role === "row-header" && axes?.some(({ title }: VegaSpec) => title));

function layoutInCells(layout: VegaSpec, areTitled: boolean): VegaSpec {
  return { ...layout, padding: { row: areTitled ? 2 * cellHeight : 12, column: 2 * cellWidth }, offset: headers };
}

function config(given: VegaSpec): VegaSpec {
  const text = { font: "monospace", fontSize: 10, lineHeight: cellHeight };
  const style = Object.fromEntries(
    ["guide-label", "guide-title", "group-title", "group-subtitle", "text"].map((name) => [
      name,
      { ...given.style?.[name], ...text },
    ]),
  );
  return {
    ...given,
    style: { ...given.style, ...style, cell: { ...given.style?.cell, stroke: null, fill: null } },
    text: { ...given.text, ...text },
    axisBand: { ...given.axisBand, tickOffset: 0 },
    axis: { ...given.axis, titleFontSize: 10, labelFontSize: 10 },
    legend: {
      ...given.legend,
      layout: { ...given.legend?.layout, top: { direction: "vertical", margin: 6, ...given.legend?.layout?.top } },
    },
    title: { ...given.title, ...text, subtitleFontSize: 10, subtitleLineHeight: cellHeight },
  };
}
