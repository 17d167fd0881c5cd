import { AnalysisError } from "../errors.ts";
import { Chart, type VegaLiteSpec } from "./chart.ts";
import { DataFrame } from "./dataframe.ts";

/** A chart of any Vega-Lite specification over a frame: `vega({ mark: "bar", encoding: { … } }, df)`. */
export function vega(spec: VegaLiteSpec, frame?: DataFrame<any>): Chart {
  if (typeof spec !== "object" || spec === null || Array.isArray(spec)) {
    throw new AnalysisError(
      "CHART",
      'vega takes a Vega-Lite specification: vega({ mark: "bar", encoding: { … } }, frame)',
    );
  }
  if (frame !== undefined && !(frame instanceof DataFrame))
    throw new AnalysisError("CHART", "vega's second argument is a DataFrame");
  return new Chart({ ...spec }, frame);
}
