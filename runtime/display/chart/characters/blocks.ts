import { parts } from "./units.ts";

/** A character's block, and where it is: a bit for each of its 8 x 8 parts, rows from the top in two halves. */
type Block = { readonly char: string; readonly upper: number; readonly lower: number };

export type BlockFound = { readonly char: string; readonly ink: number; readonly ground: number };

/**
 * The block character that shows a cell best, with its colour and the colour behind it. `owners` are the colours of the
 * cell's parts, row by row; none is -1. Of more than two the two largest are shown.
 */
export function bestBlock(owners: ArrayLike<number>): BlockFound | undefined {
  const [first, second] = largest(owners);
  if (first === undefined) return undefined;
  const other = second ?? -1;
  let best: BlockFound | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  const inks = first === -1 ? [other] : other === -1 ? [first] : [first, other];
  for (const ink of inks) {
    const { upper, lower } = maskOf(owners, ink);
    const ground = ink === first ? other : first;
    for (const block of blocks) {
      const wrong = bits(upper ^ block.upper) + bits(lower ^ block.lower);
      if (wrong < fewest) {
        fewest = wrong;
        best = { char: block.char, ink, ground };
      }
    }
  }
  return best && best.char === " " && best.ground === -1 ? undefined : best;
}

function largest(owners: ArrayLike<number>): readonly (number | undefined)[] {
  const counts = new Map<number, number>();
  for (let index = 0; index < owners.length; index++) {
    const owner = owners[index] ?? -1;
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  if (counts.size === 1 && counts.has(-1)) return [];
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 2)
    .map(([owner]) => owner);
}

function maskOf(owners: ArrayLike<number>, ink: number): { upper: number; lower: number } {
  let upper = 0;
  let lower = 0;
  for (let index = 0; index < 32; index++) {
    if (owners[index] === ink) upper |= 1 << index;
    if (owners[index + 32] === ink) lower |= 1 << index;
  }
  return { upper, lower };
}

/** How many bits are set. */
export function bits(value: number): number {
  let v = value - ((value >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return (((v + (v >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

const block = (char: string, inside: (x: number, y: number) => boolean): Block => {
  const owners = Array.from({ length: parts * parts }, (_, index) =>
    inside(index % parts, Math.floor(index / parts)) ? 1 : 0,
  );
  return { char, ...maskOf(owners, 1) };
};

const half = parts / 2;
const quarters = (char: string, ...which: readonly number[]) =>
  block(char, (x, y) => which.includes((x < half ? 0 : 1) + (y < half ? 0 : 2)));

/** What is taken first where several are as good: the ends of bars before corners. */
const blocks: readonly Block[] = [
  block("█", () => true),
  ...[..."▁▂▃▄▅▆▇"].map((char, index) => block(char, (_, y) => y >= parts - 1 - index)),
  ...[..."▏▎▍▌▋▊▉"].map((char, index) => block(char, (x) => x <= index)),
  quarters("▀", 0, 1),
  quarters("▐", 1, 3),
  block(" ", () => false),
  block("▔", (_, y) => y === 0),
  block("▕", (x) => x === parts - 1),
  quarters("▘", 0),
  quarters("▝", 1),
  quarters("▖", 2),
  quarters("▗", 3),
  quarters("▚", 0, 3),
  quarters("▞", 1, 2),
  quarters("▛", 0, 1, 2),
  quarters("▜", 0, 1, 3),
  quarters("▙", 0, 2, 3),
  quarters("▟", 1, 2, 3),
];
