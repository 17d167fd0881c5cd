import { showList } from "./list.ts";
import type { MagicCall, MagicEntry } from "./magic.ts";

type Magics = { readonly [name: string]: MagicEntry };

/** `%help` lists the magics; `%help time` those of that name. */
export function showHelp({ argument }: MagicCall, lines: Magics, cells: Magics): Promise<void> {
  const asked = argument.replace(/^%+/, "");
  const entries = [...Object.entries(lines), ...Object.entries(cells)];
  const found = entries.filter(([name]) => name === asked);
  const rows = (found.length > 0 ? found : entries).map(([, { usage, summary }]) => [usage, summary]);
  return showList(found.length > 0 ? rows : [...rows, ...others]);
}

const others = [
  ["!command", "run a command in the shell, in the working folder"],
  ["name?", "what is known of a name; name?? shows its source too"],
  ["_  Out[n]", "the last result, and that of cell [n]"],
];
