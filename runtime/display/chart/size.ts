import type { View } from "./vega.ts";

type Spec = { readonly [property: string]: unknown };
type Signal = { readonly name: string; readonly value?: unknown; readonly update?: unknown };

/** In pixels: what each value of a discrete scale has, until the number of values is known. */
export const defaultStep = 20;

/** In pixels: the space of continuous scales, less of it where one chart is many small ones. */
export function roomFor(spec: Spec): { readonly width: number; readonly height: number } {
  const has = (names: readonly string[]) =>
    names.some((name) => name in spec || name in ((spec.encoding as object | undefined) ?? {}));
  if (has(["row", "column", "facet"])) return { width: 220, height: 160 };
  return has(["hconcat", "concat", "repeat"]) ? { width: 320, height: 220 } : { width: 480, height: 280 };
}

/**
 * Steps that fit a chart with discrete scales to a page: few bars get more than the default, many less, so that a chart
 * of 300 bars is as wide as the page. By the names of their signals in the compiled `spec`; a step that `given` says is
 * not there.
 */
export function fittedSteps(given: Spec, spec: Spec, view: View): ReadonlyMap<string, number> {
  const steps = new Map<string, number>();
  if (saysStep(given)) return steps;
  const room = roomFor(given);
  const signals = (spec.signals ?? []) as readonly Signal[];
  for (const { name, value } of signals) {
    if (value !== defaultStep || !/(^|_)[xy]_step$/.test(name)) continue;
    const reader = signals.find(({ update }) => typeof update === "string" && update.endsWith(`* ${name}`));
    const scale = /domain\('((?:[^'\\]|\\.)*)'\)\.length/.exec(String(reader?.update ?? ""))?.[1];
    const count = scale === undefined ? undefined : valuesOf(view, scale);
    if (count === undefined) continue;
    const step = name.endsWith("x_step") ? across(count, room.width) : down(count, room.height);
    if (step !== defaultStep) steps.set(name, step);
  }
  return steps;
}

/** `width: { step: 20 }`, in any of its charts, or in the configuration of its view. */
const saysStep = ({ data: _data, datasets: _datasets, ...given }: Spec): boolean =>
  /"(width|height|view)":\{[^{}]*"step"/.test(JSON.stringify(given));

/** Half as much again as a continuous scale is as wide as a page. */
const across = (count: number, width: number) =>
  count * defaultStep < width
    ? Math.min(60, floor(width / count))
    : Math.min(defaultStep, floor((width * 1.5) / count));

/** A page scrolls downwards; and the names beside 100 bars can be read. */
const down = (count: number, height: number) =>
  count * defaultStep < height
    ? Math.min(40, floor(height / count))
    : Math.min(defaultStep, floor((height * 4) / count));

/** To hundredths: thousands of values have less than a pixel each. */
const floor = (pixels: number) => (pixels > 10 ? Math.floor(pixels) : Math.ceil(pixels * 100) / 100);

function valuesOf(view: View, scale: string): number | undefined {
  try {
    return view.scale(scale).domain().length || undefined;
  } catch {
    // A scale of one of many small charts.
    return undefined;
  }
}

/** The specification with these values of its signals. */
export function withSignals<S extends Spec>(spec: S, values: ReadonlyMap<string, unknown>): S {
  if (values.size === 0) return spec;
  const signals = (spec.signals as readonly Signal[]).map((signal) =>
    values.has(signal.name) ? { ...signal, value: values.get(signal.name) } : signal,
  );
  return { ...spec, signals };
}
