import type { History } from "../history/history.ts";
import type { Screen } from "../terminal/screen.ts";
import type { Cells, CellsOptions } from "./cells.ts";
import { sessionOptions } from "./session-options.ts";

/** What runs cells at a terminal. */
export type Engine = { readonly cells: Cells; readonly screen: Screen; readonly history: History };

export type EngineDoors = Pick<CellsOptions, "ask" | "columns"> & {
  readonly colors: boolean;
  /** Shows what cells write. */
  write(text: string): unknown;
  /** The history file cannot be used. */
  warn(line: string): void;
};

/** Loads it all behind the first prompt: what takes longest first, which is the start of the session's process. */
export async function loadEngine(doors: EngineDoors): Promise<Engine> {
  const { startCells } = await import("./cells.ts");
  const loaded: { screen?: Screen } = {};
  // Nothing is shown before the first cell, and that waits for all of this.
  const screen: Screen = {
    show: (event) => loaded.screen?.show(event),
    fail: (error) => loaded.screen?.fail(error),
    endCell: () => loaded.screen?.endCell(),
  };
  const { ask, columns } = doors;
  const cells = startCells({ session: sessionOptions(), screen, ask, columns });
  const history = await openUsersHistory(doors.warn);
  loaded.screen = await loadScreen(doors);
  return { cells, screen, history };
}

async function loadScreen({ colors, write, columns }: EngineDoors): Promise<Screen> {
  const { createScreen } = await import("../terminal/screen.ts");
  const { terminalOf } = await import("../terminal/terminal-of.ts");
  const { images } = terminalOf(process.stdout, process.env);
  const output = {
    write,
    get columns() {
      return columns();
    },
    get rows() {
      return process.stdout.rows;
    },
  };
  return createScreen({ out: output, err: output, colors, images });
}

async function openUsersHistory(warn: (line: string) => void): Promise<History> {
  const { openHistory } = await import("../history/history.ts");
  const { historyFile } = await import("../history/history-file.ts");
  return openHistory(historyFile(process.env, process.platform), warn);
}
