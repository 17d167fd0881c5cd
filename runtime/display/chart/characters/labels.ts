import stringWidth from "string-width";
import type { VegaSpec } from "./in-cells.ts";
import type { SceneMark } from "./scene.ts";
import { cut } from "./texts.ts";

/** For each scale of bars side by side, what is written below each of its values. */
export type Labels = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** The labels of all upright axes, those included that Vega leaves out for want of room. */
export function labelsOf(root: SceneMark): Labels {
  const found = new Map<string, Map<string, string>>();
  visit(root, (axis) => {
    for (const { items = [], orient, datum } of axis.items) {
      const scale = datum?.scale;
      if (typeof scale !== "string" || orient === "left" || orient === "right") continue;
      const known = found.get(scale) ?? new Map<string, string>();
      found.set(scale, known);
      const labels = items.find(({ role }) => role === "axis-label")?.items ?? [];
      for (const { datum: value, text } of labels) known.set(String(value?.value), String(text ?? ""));
    }
  });
  return found;
}

function visit(mark: SceneMark, see: (axis: SceneMark) => void): void {
  if (mark.marktype !== "group") return;
  if (mark.role === "axis") see(mark);
  else for (const group of mark.items) for (const part of group.items ?? []) visit(part, see);
}

/** In cells: the longest entry of a legend. */
export function longestEntry(mark: SceneMark): number {
  if (mark.marktype === "group")
    return Math.max(0, ...mark.items.flatMap(({ items = [] }) => items.map((part) => longestEntry(part))));
  if (mark.role !== "legend-label") return 0;
  return Math.max(0, ...mark.items.map(({ text }) => stringWidth(String(text ?? ""))));
}

/** In cells: the longest label of a scale. */
export const longest = (labels: Labels, scale: string): number =>
  Math.max(0, ...[...(labels.get(scale)?.values() ?? [])].map((label) => stringWidth(label)));

/**
 * A spec whose names below bars are broken into lines where they are longer than a bar is wide. Numbers and dates are
 * not: of those, some are enough.
 */
export function withBrokenLabels(spec: VegaSpec, labels: Labels, stepCells: ReadonlyMap<string, number>): VegaSpec {
  const { axes, marks } = spec;
  return {
    ...spec,
    ...(Array.isArray(axes) && { axes: axes.map((axis) => brokenAxis(axis, labels, stepCells)) }),
    ...(Array.isArray(marks) && {
      marks: marks.map((mark) => (mark.type === "group" ? withBrokenLabels(mark, labels, stepCells) : mark)),
    }),
  };
}

function brokenAxis(axis: VegaSpec, labels: Labels, stepCells: ReadonlyMap<string, number>): VegaSpec {
  const names = labels.get(axis.scale);
  const room = Math.floor((stepCells.get(axis.scale) ?? 0) - 1);
  if (axis.orient === "left" || axis.orient === "right" || !names || names.size > mostLabels) return axis;
  if (room < 4 || longest(labels, axis.scale) <= room || isSequence([...names.values()])) return axis;
  const lines = Object.fromEntries([...names].map(([value, label]) => [value, broken(label, room)]));
  // Vega's expressions have literals of objects.
  const text = { signal: `(${JSON.stringify(lines)})[datum.value] || datum.label` };
  const { labels: encoded, ...encode } = axis.encode ?? {};
  return {
    ...axis,
    labelOverlap: false,
    labelLimit: 0,
    encode: { ...encode, labels: { ...encoded, update: { ...encoded?.update, text } } },
  };
}

const mostLabels = 100;
const mostLines = 3;

const isSequence = (names: readonly string[]) =>
  names.filter((name) => /^[−-]?\d/.test(name)).length * 2 > names.length;

/** Words in lines of at most so many cells, and the rest cut. */
export function broken(text: string, cells: number): string[] {
  const lines: string[] = [];
  let line = "";
  const words = text.split(/\s+/);
  for (const [index, word] of words.entries()) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line === "" || stringWidth(longer) <= cells) {
      line = longer;
      continue;
    }
    if (lines.length === mostLines - 1) {
      line = `${line} ${words.slice(index).join(" ")}`;
      break;
    }
    lines.push(cut(line, cells));
    line = word;
  }
  return [...lines, cut(line, cells)];
}
