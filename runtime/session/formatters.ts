import { isNativeError } from "node:util/types";
import type { Chart } from "../dataframe/chart.ts";
import type { DataFrame } from "../dataframe/dataframe.ts";
import type { Preview } from "../dataframe/preview.ts";
import type { QueryPlan } from "../dataframe/query-plan.ts";
import { errorText } from "../display/error-text.ts";
import { escapeHtml, formatCount } from "../display/html.ts";
import { imageOfBytes } from "../display/image-bytes.ts";
import { inspectText, plainText } from "../display/inspect.ts";
import { isTabular } from "../display/object-table.ts";
import { displaySymbol, textOfHtml } from "../display/tags.ts";
import { lazy } from "../turns.ts";
import { type Bundle, bundle, text } from "./bundle.ts";

// The renderers of tables, plans and charts bring heavy libraries: each is loaded when the first such value is shown.
const actions = lazy(() => import("../dataframe/actions.ts"));
const origins = lazy(() => import("../dataframe/origin.ts"));
const tableBundle = lazy(() => import("../display/table-bundle.ts"));
const planHtml = lazy(() => import("../display/plan.ts"));
const planText = lazy(() => import("../display/text-plan.ts"));
const chartBundle = lazy(() => import("../display/chart/bundle.ts"));
const chartSources = lazy(() => import("../display/chart/source.ts"));

export type Surroundings = {
  readonly warn: (note: string) => void;
  /** The session's time zone, for data that does not say its own. */
  readonly zone?: string | undefined;
  /** The width of the terminal that shows the text; undefined where none does. */
  readonly columns?: number | undefined;
};

/** What an object or a function wants to be shown as; undefined where its text will do. */
export async function format(value: object, around: Surroundings): Promise<Bundle | undefined> {
  for (const formatter of formatters) {
    const found = await formatter(value, around);
    if (found) return found;
  }
  return undefined;
}

/** Frames and charts run a query to be shown: that it fails is the user's to know, as of any other action. */
export const mayReject = (value: object): boolean => isFrame(value) || isChart(value);

type Formatter = (value: any, around: Surroundings) => Bundle | undefined | Promise<Bundle | undefined>;

/** Asked in this order; the first that knows the value shows it. */
const formatters: readonly Formatter[] = [
  showsItself,
  frame,
  preview,
  queryPlan,
  chart,
  arrow,
  image,
  url,
  error,
  objects,
  vegaBuilder,
  canvas,
  element,
];

async function showsItself(value: any, { columns }: Surroundings): Promise<Bundle | undefined> {
  if (typeof value[displaySymbol] !== "function") return undefined;
  const data: unknown = await value[displaySymbol]();
  if (!isObject(data) || Array.isArray(data) || !Object.keys(data).every((mime) => mime.includes("/"))) {
    const given = inspectText(data, { colors: false });
    throw new TypeError(`its [Symbol.for("Jupyter.display")]() gave ${given}, which is no MIME bundle`);
  }
  return bundle({ ...data, ...("text/plain" in data ? {} : { "text/plain": plainText(value, columns) }) });
}

/** Reads no more rows than it may show. */
async function frame(value: unknown, { columns }: Surroundings): Promise<Bundle | undefined> {
  if (!isFrame(value)) return undefined;
  const [{ preview: first }, { previewBundle, rowsShown }] = await Promise.all([actions(), tableBundle()]);
  return bundle(previewBundle(await first(value, rowsShown.first, rowsShown.whole), { columns }));
}

async function preview(value: Preview, { columns }: Surroundings): Promise<Bundle | undefined> {
  if (!isObject(value.table) || !Array.isArray(value.schema) || typeof value.limit !== "number") return undefined;
  const { previewBundle } = await tableBundle();
  return bundle(previewBundle(value, { columns }));
}

async function queryPlan(value: QueryPlan, { columns }: Surroundings): Promise<Bundle | undefined> {
  if (!isObject(value.tree) || !isObject(value.tree.physical) || typeof value.tree.sql !== "string") return undefined;
  const [{ renderPlanHtml }, { renderPlanText }] = await Promise.all([planHtml(), planText()]);
  return bundle({ "text/html": renderPlanHtml(value.tree), "text/plain": renderPlanText(value.tree, columns) });
}

/** A chart, or a Vega or Vega-Lite specification, which says so in its `$schema`. */
async function chart(value: { $schema?: unknown }, around: Surroundings): Promise<Bundle | undefined> {
  if (isChart(value)) {
    try {
      return await drawn(value.spec, value.frame, around);
    } catch (error) {
      const { showPlaces } = await origins();
      showPlaces(error, value.origin);
      throw error;
    }
  }
  const isSpec = typeof value.$schema === "string" && /\/(vega|vega-lite)\//.test(value.$schema);
  return isSpec ? drawn(value, undefined, around) : undefined;
}

async function drawn(spec: object, data: DataFrame | undefined, around: Surroundings): Promise<Bundle> {
  const { renderChart } = await chartBundle();
  const { chartSource } = await chartSources();
  const source = data && (await chartSource(data));
  const shown = await renderChart(spec as { [property: string]: unknown }, source, around.columns);
  for (const warning of shown.warnings) around.warn(warning);
  return { data: shown.data, metadata: shown.metadata };
}

async function arrow(value: any, { zone, columns }: Surroundings): Promise<Bundle | undefined> {
  const isArrow = isObject(value.schema) && Array.isArray(value.schema.fields) && typeof value.numRows === "number";
  if (!isArrow) return undefined;
  const { arrowBundle } = await tableBundle();
  return bundle(arrowBundle(value, { zone, columns }));
}

function image(value: unknown): Bundle | undefined {
  const found = imageOfBytes(value);
  if (!found) return undefined;
  const data = Buffer.from(found.bytes).toString("base64");
  return bundle({ [found.mime]: data, "text/plain": `${found.mime} (${formatCount(found.bytes.length)} bytes)` });
}

function url(value: unknown): Bundle | undefined {
  // Other schemes could run code when clicked.
  if (!(value instanceof URL) || !/^(https?|ftp|file|mailto):$/.test(value.protocol)) return undefined;
  const href = escapeHtml(value.href);
  const link = `<a href="${href}" target="_blank" rel="noopener noreferrer">${href}</a>`;
  return bundle({ "text/html": link, "text/plain": value.href });
}

function error(value: unknown): Bundle | undefined {
  return isNativeError(value) || value instanceof Error ? text(errorText(value as Error)) : undefined;
}

async function objects(value: unknown, { columns }: Surroundings): Promise<Bundle | undefined> {
  if (!isTabular(value)) return undefined;
  const { objectsBundle } = await tableBundle();
  return bundle(objectsBundle(value, { columns }));
}

/** Builders of Vega-Lite specifications. */
async function vegaBuilder(value: any, around: Surroundings): Promise<Bundle | undefined> {
  if (typeof value.toSpec !== "function") return undefined;
  const spec: unknown = await value.toSpec();
  return isObject(spec) ? drawn(spec, undefined, around) : undefined;
}

/** Canvas libraries. */
async function canvas(value: any, { columns }: Surroundings): Promise<Bundle | undefined> {
  if (typeof value.toDataURL !== "function") return undefined;
  const dataUrl: unknown = await value.toDataURL("image/png");
  const match = typeof dataUrl === "string" ? /^data:(image\/[a-z+]+);base64,(.+)$/s.exec(dataUrl) : null;
  if (!match) throw new TypeError("its toDataURL() gave no base64 picture");
  return bundle({ [match[1] as string]: match[2], "text/plain": plainText(value, columns) });
}

/** Elements of DOM libraries. */
function element(value: any): Bundle | undefined {
  if (typeof value.outerHTML !== "string") return undefined;
  return bundle({ "text/html": value.outerHTML, "text/plain": textOfHtml(value.outerHTML) });
}

/** By its looks: this file loads neither frames nor their libraries. */
function isFrame(value: unknown): value is DataFrame {
  if (!isObject(value) || !isObject(value.plan) || !isObject(value.context)) return false;
  return (
    typeof value.plan.kind === "string" &&
    typeof value.context.run === "function" &&
    typeof value.toArrow === "function"
  );
}

function isChart(value: unknown): value is Chart {
  return isObject(value) && isObject(value.spec) && "frame" in value && typeof value.with === "function";
}

const isObject = (value: unknown): value is { [key: PropertyKey]: any } => typeof value === "object" && value !== null;
