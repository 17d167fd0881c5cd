import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { openTerminal, type Terminal } from "../../helpers/tmux.ts";

export type Seen = {
  readonly screen: string;
  readonly all: string;
  readonly cursor: { readonly x: number; readonly y: number };
};

/** What a terminal shows after these bytes; `all` has what has scrolled away too. */
export async function seen(bytes: string, size: { columns: number; rows: number }): Promise<Seen> {
  using folder = tempFolder();
  const file = join(folder.path, "bytes");
  writeFileSync(file, bytes);
  await using terminal: Terminal = await openTerminal(["bash", "-c", script, "bash", file], size);
  await terminal.tmux("wait-for", "shown");
  return {
    screen: await terminal.screen(),
    all: await terminal.screen({ history: true }),
    cursor: await terminal.cursor(),
  };
}

/** The terminal answers where its cursor is when it has drawn all that came before. */
const script = `stty -echo; cat "$1"; printf '\\033[6n'; read -rsd R; tmux wait-for -S shown; read -r`;
