import stringWidth from "string-width";
import { inCells, type VegaSpec } from "./in-cells.ts";
import { type Labels, labelsOf, longestEntry, withBrokenLabels } from "./labels.ts";
import { type Drawn, drawSpec } from "./layout.ts";
import { type Size, sizesOf, withSizes } from "./sizes.ts";
import { cellHeight } from "./units.ts";

export type CharactersOptions = {
  /** How many characters wide the drawing may be. */
  readonly columns: number;
  /** How many lines it should have; it has more where it would not be readable in so few. */
  readonly rows?: number;
};

/**
 * Draws a Vega spec with characters, for terminals without pictures: at most so many columns wide, with ANSI colours, and
 * readable without them. Empty where there is nothing to draw. Throws what Vega throws for a spec that it cannot draw.
 */
export async function renderChartCharacters(spec: VegaSpec, options: CharactersOptions): Promise<string> {
  const columns = Math.min(widest, Math.floor(options.columns));
  if (!(columns >= narrowest)) return "";
  const { lines } = await fitted(spec, columns, options.rows);
  return lines.map((line) => cutStyled(line, columns)).join("\n");
}

const narrowest = 16;
const widest = 240;
const rounds = 4;

async function fitted(spec: VegaSpec, columns: number, givenRows: number | undefined): Promise<Drawn> {
  const rows = Math.max(4, givenRows ?? Math.min(24, Math.max(10, Math.round(columns / 3))));
  const labelCells = Math.max(6, Math.floor(columns / 4));
  const room = { labelCells, legendEntries: Math.max(4, rows - 2) };
  let laidOut = inCells(spec, room);
  let sizes: Size[] = [];
  let labels: Labels = new Map();
  let entryCells = 0;
  const natural = await drawSpec(laidOut, columns, (view, root) => {
    labels = labelsOf(root);
    sizes = sizesOf(laidOut, view, labels);
    entryCells = 4 + Math.min(labelCells, longestEntry(root));
  });
  if (!natural.hasMarks) return { ...natural, lines: [] };
  // A symbol, its name and what is between entries; a chart's axis has the left of the first row.
  if (columns < 60)
    laidOut = inCells(spec, { ...room, legendColumns: Math.max(1, Math.floor((columns - 6) / entryCells)) });
  const limits = { rows: givenRows, isRound: hasArcs(spec) };
  const tall = givenRows ?? Math.max(rows, Math.min(70, chartsAbove(natural, sizes) * 10));
  let best: Drawn | undefined;
  let last = natural;
  let tooWide = 0;
  let before = { x: 0, y: 0 };
  for (let round = 0; round < rounds; round++) {
    const scaling = {
      x: Math.max(4, columns - tooWide - (last.width - last.plotWidth)) / Math.max(1, natural.plotWidth),
      y: Math.max(3, tall - (last.height - last.plotHeight)) / Math.max(1, natural.plotHeight),
    };
    if (scaling.x === before.x && scaling.y === before.y) break;
    const sized = withSizes(laidOut, sizes, scaling, limits);
    last = await drawSpec(withBrokenLabels(sized.spec, labels, sized.stepCells), columns);
    if (!best || best.width > columns || last.width <= columns) best = last;
    if (last.width > columns) tooWide += 1;
    before = scaling;
  }
  return best ?? natural;
}

/** How many charts are on top of each other. */
function chartsAbove({ plotHeight }: Drawn, sizes: readonly Size[]): number {
  const heights = sizes.filter(({ axis, step }) => axis === "y" && !step).map(({ natural }) => natural / cellHeight);
  return heights.length === 0 ? 1 : Math.round(plotHeight / Math.max(...heights));
}

const hasArcs = (spec: VegaSpec): boolean =>
  spec.type === "arc" || ((spec.marks ?? []) as readonly VegaSpec[]).some(hasArcs);

/** A line of at most so many columns; its styles end with it. */
function cutStyled(line: string, columns: number): string {
  let [width, text] = [0, ""];
  for (const [part] of line.matchAll(styleOrText)) {
    if (part.startsWith(escapeCode)) text += part;
    else
      for (const { segment } of segments.segment(part)) {
        width += stringWidth(segment);
        if (width <= columns) text += segment;
      }
  }
  return text;
}

const escapeCode = "\u001b";
const styleOrText = new RegExp(`${escapeCode}\\[[\\d;]*m|[^${escapeCode}]+`, "g");
const segments = new Intl.Segmenter();
