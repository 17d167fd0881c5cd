import { statSync } from "node:fs";
import { dirname, extname } from "node:path";
import { AnalysisError, QuernError } from "../errors.ts";
import { didYouMean } from "../plan/nearest.ts";
import { lazy } from "../turns.ts";
import { throwIfAborted, untilAborted } from "./aborted.ts";
import type { Chart } from "./chart.ts";
import { host } from "./host.ts";
import { here, showPlaces } from "./origin.ts";

const atomicWriter = lazy(() => import("write-file-atomic"));

export type ChartSaveOptions = {
  /** Of a PNG: pixels for each unit of the chart's width and height. By default 2, for sharp screens and print. */
  readonly scale?: number;
};

const formats = ["png", "svg", "json"] as const;
export type ChartFormat = (typeof formats)[number];

/** Draws a chart as the content of a file. */
export type ChartDrawer = (
  chart: Pick<Chart, "spec" | "frame">,
  format: ChartFormat,
  options: Required<ChartSaveOptions>,
) => Promise<string | Buffer>;

let draw: ChartDrawer | undefined;

/** To be called once by whoever brings frames and their display together: nothing of this folder can draw. */
export function setChartDrawer(drawer: ChartDrawer): void {
  draw = drawer;
}

/** Draws a chart and writes it: an action, like writing a frame. The file is whole or it is not there. */
export async function saveChart(chart: Chart, file: string, options: ChartSaveOptions = {}): Promise<void> {
  const called = here();
  const action = host().begin(`save ${file}`);
  try {
    const format = formatOf(file);
    const scale = scaleOf(options);
    checkFolder(file);
    if (draw === undefined) throw new QuernError("CHART", 'Charts are drawn where "quern" itself is imported');
    const content = await untilAborted(draw(chart, format, { scale }), action.signal).catch((error) => {
      // What is wrong with the chart is in the line that made it.
      showPlaces(error, { stack: `${chart.origin.stack}\n${called.stack}` });
      throw error;
    });
    throwIfAborted(action.signal);
    await write(file, content);
    action.end();
  } catch (failure) {
    showPlaces(failure, called);
    action.end(failure);
    throw failure;
  }
}

function formatOf(file: unknown): ChartFormat {
  if (typeof file !== "string" || file === "") {
    throw new AnalysisError("PATH", 'chart.save takes the path of a file: chart.save("delays.png")');
  }
  const extension = extname(file).slice(1).toLowerCase();
  const found = formats.find((format) => format === extension);
  if (found !== undefined) return found;
  const given = extension === "" ? "no extension" : `the extension ".${extension}"`;
  const all = formats.map((format) => `.${format}`);
  throw new AnalysisError(
    "CHART_FILE",
    `chart.save(${JSON.stringify(file)}): a chart is saved as ${all.slice(0, -1).join(", ")} or ${all.at(-1)}, and the file has ${given}.${didYouMean(extension, formats)}`,
  );
}

function scaleOf(options: unknown): number {
  const isOptions = typeof options === "object" && options !== null;
  const [unknown] = isOptions ? Object.keys(options).filter((name) => name !== "scale") : [String(options)];
  if (unknown !== undefined) {
    throw new AnalysisError("CHART_FILE", `chart.save has no option "${unknown}". Options: scale`);
  }
  const { scale = 2 } = options as ChartSaveOptions;
  if (typeof scale === "number" && scale > 0 && Number.isFinite(scale)) return scale;
  throw new AnalysisError("CHART_FILE", `chart.save: scale is a positive number of pixels, not ${String(scale)}`);
}

/** Before anything is computed. */
function checkFolder(file: string): void {
  const folder = dirname(file);
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined) {
    throw new QuernError(
      "NO_FOLDER",
      `chart.save(${JSON.stringify(file)}): there is no folder "${folder}". Make it first, or save the chart elsewhere`,
    );
  }
}

async function write(file: string, content: string | Buffer): Promise<void> {
  const { default: writeFileAtomic } = await atomicWriter();
  try {
    await writeFileAtomic(file, content);
  } catch (cause) {
    throw new QuernError(
      "CHART_FILE",
      `The chart cannot be saved as "${file}": ${reasonOf(cause as NodeJS.ErrnoException)}`,
      { cause },
    );
  }
}

const reasonOf = ({ code, message }: NodeJS.ErrnoException): string => reasons[code ?? ""] ?? message;

const reasons: { readonly [code: string]: string } = {
  EACCES: "you may not write there (EACCES)",
  EPERM: "you may not write there (EPERM)",
  EROFS: "the disk is read-only (EROFS)",
  ENOSPC: "the disk is full (ENOSPC)",
  ENOTDIR: "a part of its path is a file and no folder (ENOTDIR)",
  ENOENT: "no file can be made there (ENOENT)",
  EISDIR: "there is a folder of that name (EISDIR)",
};
