import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { hideSecrets } from "../../secrets.ts";
import { lazy } from "../../turns.ts";
import { errorLevel, loader, parse, View } from "./vega.ts";

const resvg = lazy(() => import("@resvg/resvg-js"));

export type ChartImage = {
  readonly png: Buffer;
  /** In CSS pixels: the picture has more of them, twice as many by default, for sharp screens. */
  readonly width: number;
  readonly height: number;
};

/** How a Vega spec is drawn: `settle` may look at the chart's data and scales, and give another spec in its place. */
export type DrawOptions<S> = { readonly baseFolder?: string; readonly settle?: (view: View) => S };

/** Draws a Vega spec as a PNG, with the same fonts, and so the same picture, everywhere. */
export const drawPng = async <S extends object>(spec: S, options: DrawOptions<S> = {}): Promise<ChartImage> =>
  renderSvg(await drawSvg(spec, options));

/** Draws a Vega spec as an SVG, without canvas or browser. Fails where data of the spec's own cannot be read. */
export async function drawSvg<S extends object>(
  spec: S,
  { baseFolder = process.cwd(), settle }: DrawOptions<S> = {},
): Promise<string> {
  const { view, failures } = viewOf(spec, baseFolder);
  let settled = spec;
  try {
    if (settle) {
      await view.runAsync();
      settled = settle(view);
    }
    // Vega does not lay out charts side by side a second time.
    const svg = settled === spec ? await view.toSVG() : await svgOf(settled, baseFolder);
    if (failures.length > 0) throw new Error(failures[0]);
    return validXml(svg);
  } finally {
    view.finalize();
  }
}

/** With pictures, ␀ ␛, in place of the control characters of data, which no XML may hold. */
const validXml = (svg: string): string =>
  svg
    .toWellFormed()
    .replace(/[^\P{Cc}\t\n\r\u007f-\u009f]/gu, (control) =>
      String.fromCodePoint(0x2400 + (control.codePointAt(0) as number)),
    )
    .replace(/[\ufffe\uffff]/g, "\ufffd");

async function svgOf(spec: object, baseFolder: string): Promise<string> {
  const { view } = viewOf(spec, baseFolder);
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

function viewOf(spec: object, baseFolder: string): { view: View; failures: string[] } {
  // Vega writes into the rows that it is given, which are those of the live chart.
  const runtime = parse(structuredClone(spec) as never, { background: "white" } as never);
  const { logger, failures } = dataLogger();
  const view = new View(runtime, {
    renderer: "none",
    loader: loader({ baseURL: `${baseFolder}/`, mode: "file" }),
    logLevel: errorLevel,
    logger,
  });
  return { view, failures };
}

/** Vega only warns of data that it cannot read, and draws an empty chart. */
function dataLogger() {
  const failures: string[] = [];
  const quiet = () => logger;
  const logger = {
    level: quiet,
    info: quiet,
    debug: quiet,
    warn(...[what, url, error]: readonly unknown[]) {
      const reason = error instanceof Error ? error.message : String(error);
      if (/^(Loading|Data ingestion) failed/.test(String(what)))
        failures.push(hideSecrets(`its data "${url}": ${reason}`));
      return logger;
    },
    error(...args: readonly unknown[]) {
      console.error(...args);
      return logger;
    },
  };
  return { logger: logger as never, failures };
}

/**
 * An SVG as a PNG: resvg draws it with fonts from npm, so that labels are there on a machine without fonts. `scale` is
 * the number of pixels for each unit of the chart.
 */
export async function renderSvg(svg: string, scale = sharp): Promise<ChartImage> {
  const { Resvg } = await resvg();
  const image = new Resvg(svg, {
    fitTo: { mode: "zoom", value: scale },
    font: {
      // Fonts of the system are looked for only where ours have no glyphs: that takes a while, and pictures differ.
      loadSystemFonts: beyondDejaVu.test(svg),
      fontFiles: fontFiles(),
      defaultFontFamily: "DejaVu Sans",
      sansSerifFamily: "DejaVu Sans",
      serifFamily: "DejaVu Serif",
      monospaceFamily: "DejaVu Sans Mono",
    },
  }).render();
  return { png: image.asPng(), width: Math.round(image.width / scale), height: Math.round(image.height / scale) };
}

const sharp = 2;

/** Chinese, Japanese, Korean, scripts of India, emoji. */
const beyondDejaVu =
  /[\u0900-\u0dff\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]|[\ud83c-\ud83e][\udc00-\udfff]/;

function fontFiles(): string[] {
  const folder = join(dirname(createRequire(import.meta.url).resolve("dejavu-fonts-ttf/package.json")), "ttf");
  return ["DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSansMono", "DejaVuSerif"].map((name) =>
    join(folder, `${name}.ttf`),
  );
}
