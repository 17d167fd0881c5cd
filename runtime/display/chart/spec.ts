import { compile } from "vega-lite";
import { QuernError } from "../../errors.ts";
import type { Schema } from "../../plan/types.ts";
import { checkFields, checkMarks } from "./fields.ts";
import type { VegaData } from "./push-down.ts";
import { defaultStep, roomFor } from "./size.ts";
import { withTypes } from "./types.ts";
import { drawInUtc } from "./utc.ts";

/** A Vega or Vega-Lite specification, as users write it. */
export type ChartSpec = { readonly [property: string]: unknown };

export type CompiledSpec = {
  /** Vega. */
  readonly spec: { readonly [property: string]: unknown } & { readonly data: readonly VegaData[] };
  /** The data source that the frame fills. */
  readonly root: string;
  /** What Vega-Lite warns of: an unknown channel, an option without effect. */
  readonly warnings: readonly string[];
};

/**
 * Compiles a specification to Vega. With a schema, the chart's data is a frame: its fields are checked, types that are
 * not given are the columns', and times are drawn in UTC, since they come as the wall clock of the session's zone.
 */
export function compileSpec(given: ChartSpec, schema?: Schema): CompiledSpec {
  if (isVega(given)) return { ...vegaSpec(given, schema), warnings: [] };
  checkMarks(given);
  if (schema)
    checkFields(
      given,
      schema.map(({ name }) => name),
    );
  const spec = schema ? { ...(withTypes(given, schema) as ChartSpec), data: { name: frameName } } : given;
  const warnings: string[] = [];
  const compiled = vegaLite(spec, warnings);
  const vega = (schema ? drawInUtc(compiled) : compiled) as CompiledSpec["spec"];
  return { spec: { ...themed(vega, given), $schema: vegaSchema }, root: frameName, warnings };
}

// Front ends have Vega 5, which draws what Vega-Lite 6 compiles to.
const vegaSchema = "https://vega.github.io/schema/vega/v5.json";
const frameName = "quern-frame";

/** Room for the marks, less of it where there are many charts in one. What the specification says goes before it. */
function defaults(spec: ChartSpec): object {
  const { width, height } = roomFor(spec);
  return {
    view: { continuousWidth: width, continuousHeight: height, step: defaultStep },
    axis: { labelLimit: 240, labelSeparation: 5 },
    // Of names that would lie on each other every other is left out.
    axisDiscrete: { labelOverlap: true, labelSeparation: 1 },
  };
}

export const isVega = (spec: ChartSpec): boolean => /\/vega\//.test(String(spec.$schema ?? ""));
export const isChartSpec = (value: object): value is ChartSpec =>
  "$schema" in value && typeof value.$schema === "string" && /\/(vega|vega-lite)\//.test(value.$schema);

function vegaLite(spec: ChartSpec, warnings: string[]): object {
  const note = (...args: readonly unknown[]) => {
    warnings.push(args.map(String).join(" "));
    return logger;
  };
  const quiet = () => logger;
  const logger = { warn: note, error: note, info: quiet, debug: quiet, level: quiet };
  try {
    return compile(spec as never, { config: defaults(spec) as never, logger: logger as never }).spec;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new QuernError("BAD_CHART", `This is no Vega-Lite specification that can be drawn: ${message}`, { cause });
  }
}

function vegaSpec(given: ChartSpec, schema?: Schema): { spec: CompiledSpec["spec"]; root: string } {
  const data = (given.data ?? []) as readonly VegaData[];
  if (!schema) return { spec: { ...given, data }, root: "" };
  const free = data.find((entry) => !("source" in entry) && !("values" in entry) && !("url" in entry));
  const root = free?.name ?? "table";
  const spec = { ...given, data: free ? data : [{ name: root }, ...data], $schema: vegaSchema };
  return { spec: drawInUtc(spec) as CompiledSpec["spec"], root };
}

/**
 * Without the white background that Vega-Lite puts into every chart: a front end in dark mode has light text, and a
 * background of its own.
 */
function themed(vega: CompiledSpec["spec"], given: ChartSpec): CompiledSpec["spec"] {
  const config = given.config as { background?: unknown } | undefined;
  if (given.background !== undefined || config?.background !== undefined) return vega;
  const { background: _, ...rest } = vega;
  return rest as CompiledSpec["spec"];
}
