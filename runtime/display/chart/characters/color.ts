import { rgbOf, type SceneItem } from "./scene.ts";

/** The colour of text, which suits the terminal whatever its background is. */
export const plain = 0;

/** Colours by number. The first is the terminal's own. */
export class Palette {
  readonly #codes: (number | undefined)[] = [undefined];
  readonly #lightness: number[] = [0];
  readonly #numbers = new Map<unknown, number | undefined>();

  /** The number of a colour that Vega names; undefined when it cannot be seen. */
  number(color: unknown): number | undefined {
    const given = gradientStop(color);
    if (this.#numbers.has(given)) return this.#numbers.get(given);
    const rgb = rgbOf(given);
    const number = rgb && this.#add(rgb);
    this.#numbers.set(given, number);
    return number;
  }

  /** One of the 256 colours that every terminal has, over ssh too. */
  code = (number: number): number | undefined => this.#codes[number];
  /** From black, 0, to white, 1. */
  lightness = (number: number): number => this.#lightness[number] ?? 0;

  #add([r, g, b]: readonly [number, number, number]): number {
    // Black and grey lines and letters would not be seen on a dark background.
    if (Math.max(r, g, b) - Math.min(r, g, b) < 12 && r < 150) return plain;
    this.#codes.push(nearest(r, g, b));
    this.#lightness.push((0.2126 * r + 0.7152 * g + 0.0722 * b) / 255);
    return this.#codes.length - 1;
  }
}

export const fillOf = (item: SceneItem): unknown => (visible(item, item.fillOpacity) ? item.fill : undefined);
export const strokeOf = (item: SceneItem): unknown =>
  visible(item, item.strokeOpacity) && item.strokeWidth !== 0 ? item.stroke : undefined;

const visible = (item: SceneItem, opacity = 1) => (item.opacity ?? 1) * opacity > 0.05;

function gradientStop(color: unknown): unknown {
  const stops = stopsOf(color);
  return stops ? stops[stops.length >> 1]?.color : color;
}

/** The colours that a gradient runs through, each at its part of the way. */
export function stopsOf(fill: unknown): readonly { readonly offset: number; readonly color: unknown }[] | undefined {
  const stops = (fill as { stops?: unknown } | null | undefined)?.stops;
  return Array.isArray(stops) ? stops : undefined;
}

/** The nearest of the colour cube of 6 x 6 x 6 and of the 24 greys. */
function nearest(r: number, g: number, b: number): number {
  const [cr, cg, cb] = [level(r), level(g), level(b)];
  const cube = distance([r, g, b], [levels[cr] ?? 0, levels[cg] ?? 0, levels[cb] ?? 0]);
  const grey = Math.max(0, Math.min(23, Math.round(((r + g + b) / 3 - 8) / 10)));
  const shade = 8 + 10 * grey;
  return distance([r, g, b], [shade, shade, shade]) < cube ? 232 + grey : 16 + 36 * cr + 6 * cg + cb;
}

const levels = [0, 95, 135, 175, 215, 255];
const level = (value: number) =>
  levels.reduce((best, at, index) => (Math.abs(at - value) < Math.abs((levels[best] ?? 0) - value) ? index : best), 0);
/** How different eyes find two colours: https://www.compuphase.com/cmetric.htm */
function distance([r = 0, g = 0, b = 0]: readonly number[], [or = 0, og = 0, ob = 0]: readonly number[]): number {
  const red = (r + or) / 2;
  return (2 + red / 256) * (r - or) ** 2 + 4 * (g - og) ** 2 + (2 + (255 - red) / 256) * (b - ob) ** 2;
}
