import { AnalysisError } from "../errors.ts";
import { Chart, type VegaLiteSpec } from "./chart.ts";
import type { DataFrame } from "./dataframe.ts";

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

  bar(options: PlotOptions<S>): Chart {
    return this.#chart("bar", options, { discrete: "x" });
  }
  line(options: PlotOptions<S>): Chart {
    return this.#chart("line", options);
  }
  area(options: PlotOptions<S>): Chart {
    return this.#chart("area", options);
  }
  point(options: PlotOptions<S>): Chart {
    return this.#chart("point", options);
  }
  /** The same as point. */
  scatter(options: PlotOptions<S>): Chart {
    return this.#chart("point", options);
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

  #chart(mark: string, options: PlotOptions<S>, { discrete }: { discrete?: "x" } = {}): Chart {
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
