import { inspect } from "node:util";
import { AnalysisError } from "../errors.ts";
import { Chart, type VegaLiteSpec } from "./chart.ts";
import type { DataFrame } from "./dataframe.ts";
import { offered } from "./inspect-text.ts";

/** How a column is drawn: its name, or a Vega-Lite channel ({ field, aggregate, bin, timeUnit, type, title … }). */
export type Channel<S> =
  | (keyof S & string)
  | { readonly field?: (keyof S & string) | undefined; readonly [property: string]: unknown };

export type PlotOptions<S> = {
  readonly x?: Channel<S> | undefined;
  readonly y?: Channel<S> | undefined;
  readonly color?: Channel<S> | undefined;
  readonly size?: Channel<S> | undefined;
  readonly shape?: Channel<S> | undefined;
  readonly opacity?: Channel<S> | undefined;
  readonly tooltip?: Channel<S> | readonly Channel<S>[] | undefined;
  /** Small charts side by side, one for each value. */
  readonly column?: Channel<S> | undefined;
  readonly row?: Channel<S> | undefined;
  readonly title?: string | undefined;
  /** In pixels. */
  readonly width?: number | undefined;
  /** In pixels. */
  readonly height?: number | undefined;
};

export type HistogramOptions<S> = Omit<PlotOptions<S>, "y" | "x"> & {
  readonly x: Channel<S>;
  /** The number of bins at most (30). */
  readonly bins?: number | undefined;
};

/** Charts of a frame: a Vega-Lite specification each, drawn when it is shown. */
export class Plot<S> {
  readonly #frame: DataFrame<S>;

  constructor(frame: DataFrame<S>) {
    this.#frame = frame;
  }

  /** What kinds of charts there are. */
  [inspect.custom](): string {
    return offered("Plot", this);
  }

  /** Without y, the height is the number of rows with this x; with y alone, the bars lie, one for each y. */
  bar(options: PlotOptions<S>): Chart {
    return this.#chart("bar", counting("bar", options), { discrete: options.x === undefined ? "y" : "x" });
  }
  /** Without y, the number of rows with this x. */
  line(options: PlotOptions<S>): Chart {
    return this.#chart("line", counting("line", options));
  }
  /** Without y, the number of rows with this x. */
  area(options: PlotOptions<S>): Chart {
    return this.#chart("area", counting("area", options));
  }
  point(options: PlotOptions<S>): Chart {
    return this.#chart("point", bothOf("point", options));
  }
  /** The same as point. */
  scatter(options: PlotOptions<S>): Chart {
    return this.#chart("point", bothOf("scatter", options));
  }
  tick(options: PlotOptions<S>): Chart {
    return this.#chart("tick", options);
  }
  rect(options: PlotOptions<S>): Chart {
    return this.#chart("rect", options);
  }
  boxplot(options: PlotOptions<S>): Chart {
    return this.#chart("boxplot", options);
  }
  /** How many rows fall into each of up to `bins` parts of the column's range. */
  histogram({ x, bins = 30, ...options }: HistogramOptions<S>): Chart {
    if (!Number.isInteger(bins) || bins < 1)
      throw new AnalysisError("CHART", `histogram: bins is a whole number from 1, not ${bins}`);
    return this.#chart("bar", { ...options, x: { bin: { maxbins: bins }, ...channel(x) }, y: { aggregate: "count" } });
  }

  #chart(mark: string, options: PlotOptions<S>, { discrete }: { discrete?: "x" | "y" } = {}): Chart {
    const { title, width, height, ...channels } = options;
    const encoding: { [name: string]: unknown } = {};
    for (const [name, given] of Object.entries(channels)) {
      if (given === undefined) continue;
      if (!channelNames.has(name)) {
        throw new AnalysisError(
          "CHART",
          `plot.${mark} has no option "${name}". Options: ${[...channelNames].join(", ")}, title, width, height`,
        );
      }
      encoding[name] = Array.isArray(given) ? given.map(channel) : channel(given);
    }
    if (Object.keys(encoding).length === 0)
      throw new AnalysisError("CHART", `plot.${mark} takes columns: plot.${mark}({ x: "…", y: "…" })`);
    // The renderer knows the columns' types; a bar stands for one value of x unless x is binned or a time.
    const spec: { [property: string]: unknown } = { mark: { type: mark, tooltip: true }, encoding };
    if (discrete !== undefined) spec.usermeta = { quern: { discrete } };
    if (title !== undefined) spec.title = title;
    if (width !== undefined) spec.width = width;
    if (height !== undefined) spec.height = height;
    return new Chart(spec as VegaLiteSpec, this.#frame);
  }
}

/** Marks that show how much: without the other channel it is the number of rows. */
function counting<S>(mark: "bar" | "line" | "area", options: PlotOptions<S>): PlotOptions<S> {
  const { x, y } = options;
  if (x !== undefined && y === undefined) return isAggregated(x) ? options : { ...options, y: count };
  if (x === undefined && y !== undefined && !isAggregated(y)) {
    if (mark === "bar") return { ...options, x: count };
    throw new AnalysisError("CHART", `plot.${mark} needs x: plot.${mark}({ x: "…", y: ${example(y)} })`);
  }
  return options;
}

function bothOf<S>(helper: "point" | "scatter", options: PlotOptions<S>): PlotOptions<S> {
  const { x, y } = options;
  if ((x === undefined) === (y === undefined)) return options;
  const [missing, given] = x === undefined ? ["x", `y: ${example(y)}`] : ["y", `x: ${example(x)}`];
  throw new AnalysisError(
    "CHART",
    `plot.${helper} needs ${missing} as well as ${given}: a point for each row has both. ` +
      "One column alone is drawn by plot.histogram({ x }), plot.bar({ x }) or plot.tick({ x })",
  );
}

const count = { aggregate: "count" } as const;
const isAggregated = (given: unknown) =>
  typeof given === "object" && given !== null && "aggregate" in given && given.aggregate !== undefined;
const example = (given: unknown): string => (typeof given === "string" ? JSON.stringify(given) : "{ … }");

const channelNames = new Set(["x", "y", "color", "size", "shape", "opacity", "tooltip", "column", "row"]);

function channel(given: unknown): object {
  if (typeof given === "string") return { field: fieldName(given) };
  if (typeof given !== "object" || given === null)
    throw new AnalysisError("CHART", `${String(given)} is no column: give its name`);
  const { field } = given as { field?: unknown };
  return typeof field === "string" ? { ...given, field: fieldName(field) } : given;
}

// Vega reads "a.b" and "a[b]" as a path into an object.
const fieldName = (name: string): string => name.replace(/[\\.[\]]/g, "\\$&");
