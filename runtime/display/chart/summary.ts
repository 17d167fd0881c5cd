import { plural } from "../html.ts";
import type { ChartSpec } from "./spec.ts";

/** A chart in one line of text: "Chart: bar of mean delay by hours of date (24 rows)". */
export function describeChart(spec: ChartSpec, rows: number | undefined, notes: readonly string[]): string {
  const parts = [markName(spec), channels(spec)].filter((part) => part !== "");
  const count = rows === undefined ? "" : ` (${plural(rows, "row")})`;
  const title = typeof spec.title === "string" ? ` "${spec.title}"` : "";
  return [`Chart${title}: ${parts.join(" of ")}${count}`, ...notes].join("\n");
}

function markName(spec: ChartSpec): string {
  const { mark } = spec as { mark?: string | { type?: string } };
  if (mark !== undefined) return typeof mark === "string" ? mark : (mark.type ?? "");
  const inner = [spec.layer, spec.hconcat, spec.vconcat, spec.concat].find(Array.isArray) as ChartSpec[] | undefined;
  if (inner) return [...new Set(inner.map(markName))].filter((name) => name !== "").join(" and ");
  return spec.spec && typeof spec.spec === "object" ? markName(spec.spec as ChartSpec) : "Vega";
}

function channels(spec: ChartSpec): string {
  const own = (spec.encoding ??
    (Array.isArray(spec.layer) ? (spec.layer[0] as ChartSpec)?.encoding : undefined)) as Encoding;
  if (!own) return "";
  const said = (name: string) => (own[name] ? channelText(own[name]) : "");
  const [x, y, color] = [said("x"), said("y"), said("color")];
  const main = y && x ? `${y} by ${x}` : y || x;
  return color && main ? `${main} and ${color}` : main || color;
}

type Encoding = { readonly [channel: string]: Channel } | undefined;
type Channel = {
  readonly field?: unknown;
  readonly aggregate?: unknown;
  readonly bin?: unknown;
  readonly timeUnit?: unknown;
};

function channelText({ field, aggregate, bin, timeUnit }: Channel): string {
  const name = typeof field === "string" ? field.replace(/\\(.)/g, "$1") : "";
  if (typeof aggregate === "string") return name === "" ? aggregate : `${aggregate} ${name}`;
  if (bin && bin !== "binned") return `bins of ${name}`;
  return typeof timeUnit === "string" ? `${timeUnit} of ${name}` : name;
}
