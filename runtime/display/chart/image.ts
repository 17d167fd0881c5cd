import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { errorLevel, loader, parse, View } from "./vega.ts";

export type ChartImage = {
  readonly png: Buffer;
  /** In CSS pixels: the picture has twice as many, for sharp screens. */
  readonly width: number;
  readonly height: number;
};

/**
 * Draws a Vega spec as a PNG without canvas or browser: Vega makes an SVG, which resvg renders with fonts from npm, so
 * that labels are there on a machine without fonts, and the picture is the same everywhere. `settle` may look at the
 * chart's data and scales, and give another spec to draw in its place.
 */
export async function drawPng<S extends object>(
  spec: S,
  { baseFolder = process.cwd(), settle }: { baseFolder?: string; settle?: (view: View) => S } = {},
): Promise<ChartImage> {
  const view = viewOf(spec, baseFolder);
  let svg: string;
  let settled = spec;
  try {
    if (settle) {
      await view.runAsync();
      settled = settle(view);
    }
    // Vega does not lay out charts side by side a second time.
    svg = settled === spec ? await view.toSVG() : await svgOf(settled, baseFolder);
  } finally {
    view.finalize();
  }
  return renderSvg(svg);
}

async function svgOf(spec: object, baseFolder: string): Promise<string> {
  const view = viewOf(spec, baseFolder);
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

function viewOf(spec: object, baseFolder: string): View {
  // Vega writes into the rows that it is given, which are those of the live chart.
  const runtime = parse(structuredClone(spec) as never, { background: "white" } as never);
  return new View(runtime, {
    renderer: "none",
    loader: loader({ baseURL: `${baseFolder}/`, mode: "file" }),
    logLevel: errorLevel,
  });
}

/** An SVG as a PNG of twice its size. */
export async function renderSvg(svg: string): Promise<ChartImage> {
  const { Resvg } = await import("@resvg/resvg-js");
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

const scale = 2;

/** Chinese, Japanese, Korean, scripts of India, emoji. */
const beyondDejaVu =
  /[\u0900-\u0dff\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]|[\ud83c-\ud83e][\udc00-\udfff]/;

function fontFiles(): string[] {
  const folder = join(dirname(createRequire(import.meta.url).resolve("dejavu-fonts-ttf/package.json")), "ttf");
  return ["DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSansMono", "DejaVuSerif"].map((name) =>
    join(folder, `${name}.ttf`),
  );
}
