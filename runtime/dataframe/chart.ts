import { inspect } from "node:util";
import type { Origin } from "../errors.ts";
import { type ChartSaveOptions, saveChart } from "./chart-file.ts";
import type { DataFrame } from "./dataframe.ts";
import { here } from "./origin.ts";

/** A Vega-Lite specification, without its data. */
export type VegaLiteSpec = { readonly [property: string]: unknown };

/** A chart over a frame: data only. Whoever shows it computes what it draws in the engine. */
export class Chart {
  readonly spec: VegaLiteSpec;
  /** The data of the whole chart; undefined where the specification brings its own. */
  readonly frame: DataFrame<any> | undefined;
  /** Where the chart was made: what is wrong with it is found only when it is shown. */
  declare readonly origin: Origin;

  constructor(spec: VegaLiteSpec, frame?: DataFrame<any>) {
    this.spec = Object.freeze(spec);
    this.frame = frame;
    Object.defineProperty(this, "origin", { value: here(), enumerable: false });
  }

  /** The same chart with these properties of the specification: `chart.with({ width: 800, title: "Delays" })`. */
  with(properties: VegaLiteSpec): Chart {
    return new Chart({ ...this.spec, ...properties }, this.frame);
  }

  /**
   * Draws the chart into a file, in the format of its name: `await chart.save("delays.png")`, `.svg`, or `.json` for the
   * Vega specification with its data. A file of that name is replaced, by a whole one; the folder has to exist.
   */
  save(file: string, options?: ChartSaveOptions): Promise<void> {
    return saveChart(this, file, options);
  }

  [inspect.custom](): string {
    const { mark, encoding } = this.spec as { mark?: any; encoding?: { [channel: string]: any } };
    const channels = Object.entries(encoding ?? {}).map(
      ([channel, { field, aggregate }]) => `${channel}: ${field ?? aggregate ?? "…"}`,
    );
    return `Chart { ${[mark?.type ?? mark ?? "Vega-Lite", ...channels].join(", ")} }`;
  }
}
