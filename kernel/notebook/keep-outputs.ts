import { derivedIds } from "./cell-ids.ts";
import { type Cell, isCode, type Notebook } from "./nbformat.ts";

/**
 * The notebook with what an older state of it knows of the cells whose text is the same: their outputs, and their ids
 * where the new state has none of its own.
 */
export function keepOutputs(notebook: Notebook, old: Notebook): Notebook {
  const known = new Map<string, Cell[]>();
  for (const cell of old.cells) {
    const same = known.get(keyOf(cell));
    if (same) same.push(cell);
    else known.set(keyOf(cell), [cell]);
  }
  const derived = derivedIds(notebook.cells);
  const taken = new Set(notebook.cells.map(({ id }) => id));
  const cells = notebook.cells.map((cell, index): Cell => {
    const before = known.get(keyOf(cell))?.shift();
    if (!before) return cell;
    const takesId = cell.id === derived[index] && !taken.has(before.id);
    if (takesId) taken.add(before.id);
    const named = takesId ? { ...cell, id: before.id } : cell;
    if (!isCode(named) || !isCode(before) || named.outputs.length > 0) return named;
    return { ...named, outputs: before.outputs, execution_count: before.execution_count };
  });
  return { ...notebook, cells };
}

const keyOf = ({ cell_type: type, source }: Cell): string => `${type} ${source}`;
