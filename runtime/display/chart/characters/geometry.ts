import { followPath } from "./scene.ts";

export type Point = readonly [x: number, y: number];
/** The lines of a path, with its curves as short straight ones. */
export type Lines = readonly (readonly Point[])[];

/** A path of SVG as straight lines, moved and scaled. */
export function linesOf(path: string, x: number, y: number, scaleX = 1, scaleY = 1): Lines {
  const lines: Point[][] = [];
  let line: Point[] = [];
  const at = (): Point => line[line.length - 1] ?? [x, y];
  const begin = (point: Point) => {
    line = [point];
    lines.push(line);
  };
  const add = (point: Point) => (line.length === 0 ? begin(point) : line.push(point));
  const context = {
    beginPath: () => undefined,
    moveTo: (px: number, py: number) => begin([px, py]),
    lineTo: (px: number, py: number) => void add([px, py]),
    bezierCurveTo: (ax: number, ay: number, bx: number, by: number, ex: number, ey: number) => {
      const [sx, sy] = at();
      for (const t of stepsFor([sx, sy], [ax, ay], [bx, by], [ex, ey])) {
        const u = 1 - t;
        const mix = (s: number, a: number, b: number, e: number) =>
          u * u * u * s + 3 * u * u * t * a + 3 * u * t * t * b + t * t * t * e;
        add([mix(sx, ax, bx, ex), mix(sy, ay, by, ey)]);
      }
    },
    quadraticCurveTo: (ax: number, ay: number, ex: number, ey: number) => {
      const [sx, sy] = at();
      for (const t of stepsFor([sx, sy], [ax, ay], [ex, ey])) {
        const u = 1 - t;
        add([u * u * sx + 2 * u * t * ax + t * t * ex, u * u * sy + 2 * u * t * ay + t * t * ey]);
      }
    },
    arc: (cx: number, cy: number, radius: number, start: number, end: number) => {
      const count = Math.max(8, Math.ceil((Math.abs(end - start) * radius) / 4));
      for (let step = 0; step <= count; step++) {
        const angle = start + ((end - start) * step) / count;
        add([cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)]);
      }
    },
    rect: (px: number, py: number, width: number, height: number) =>
      void lines.push([
        [px, py],
        [px + width, py],
        [px + width, py + height],
        [px, py + height],
        [px, py],
      ]),
    closePath: () => {
      const first = line[0];
      if (first) {
        add(first);
        line = [first];
        lines.push(line);
      }
    },
  };
  followPath(context as never, path, x, y, scaleX, scaleY);
  return lines;
}

/** The ends of a curve's parts, each at most about a quarter of a character long. */
function stepsFor(...points: readonly Point[]): number[] {
  const length = points.slice(1).reduce((sum, [x, y], index) => {
    const [px, py] = points[index] as Point;
    return sum + Math.hypot(x - px, y - py);
  }, 0);
  const count = Math.max(1, Math.min(64, Math.ceil(length / 4)));
  return Array.from({ length: count }, (_, index) => (index + 1) / count);
}
