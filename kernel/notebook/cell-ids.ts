import { createHash } from "node:crypto";
import type { Cell } from "./nbformat.ts";

type Unnamed = Omit<Cell, "id"> & { readonly id?: unknown };

/**
 * An id for each cell: its own where that is valid and no earlier cell's (nbformat 4.5 wants both), else one made from the
 * cell's text, so that the same file gives the same ids each time.
 */
export function idsOf(cells: readonly Unnamed[]): string[] {
  const own = new Set<string>();
  const kept = cells.map(({ id }) => {
    const free = isId(id) && !own.has(id);
    if (free) own.add(id);
    return free ? id : undefined;
  });
  const derived = derivedIds(cells);
  return cells.map((cell, index) => {
    const known = kept[index];
    if (known !== undefined) return known;
    let id = derived[index] as string;
    for (let attempt = 1; own.has(id); attempt++) id = hash(cell, `taken ${attempt} ${index}`);
    own.add(id);
    return id;
  });
}

/** The ids that `idsOf` gives to cells without ids. */
export function derivedIds(cells: readonly Unnamed[]): string[] {
  const seen = new Map<string, number>();
  return cells.map((cell) => {
    const key = `${cell.cell_type} ${cell.source}`;
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    return hash(cell, `${nth}`);
  });
}

const isId = (id: unknown): id is string => typeof id === "string" && /^[a-zA-Z0-9-_]{1,64}$/.test(id);

const hash = ({ cell_type, source }: Unnamed, salt: string): string =>
  createHash("sha256")
    .update(JSON.stringify([cell_type, source, salt]))
    .digest("hex")
    .slice(0, 8);
