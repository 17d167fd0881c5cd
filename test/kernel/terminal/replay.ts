import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { startInTerminal } from "../../helpers/tmux.ts";

export type Seen = {
  readonly screen: string;
  /** With what has scrolled away. */
  readonly all: string;
  readonly cursor: { readonly column: number; readonly row: number };
};

/** What a terminal shows after these bytes. */
export async function seen(bytes: string, { columns, rows }: { columns: number; rows: number }): Promise<Seen> {
  using folder = tempFolder();
  const file = join(folder.path, "bytes");
  writeFileSync(file, bytes);
  await using terminal = startInTerminal(["bash", "-c", script, "bash", file], { columns, rows });
  await terminal.until(() => existsSync(`${file}.ready`), "that it is ready");
  // Without the status line.
  terminal.resize(columns, rows);
  terminal.press("Enter");
  await terminal.until(() => existsSync(`${file}.shown`), "the bytes");
  return { screen: terminal.screen(), all: terminal.screen({ history: true }), cursor: terminal.cursor() };
}

/** The terminal answers where its cursor is when it has drawn all that came before. */
const script = `stty -echo; touch "$1.ready"; read -r; cat "$1"; printf '\\033[6n'; read -rsd R; touch "$1.shown"; read -r`;
