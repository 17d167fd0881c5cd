import { resolve } from "node:path";
import { startInTerminal, type Terminal, type TerminalOptions } from "../../helpers/tmux.ts";

export const quern = resolve(import.meta.dirname, "../../../kernel/cli/quern.js");

export type Repl = Terminal & {
  /** Types a line, presses Enter and waits until the screen shows something. */
  enter(line: string, wanted: string | RegExp): Promise<string>;
};

/** `quern repl` in a terminal, with its history in `data`; its first prompt is there. */
export async function startRepl(data: string, { env, ...options }: TerminalOptions = {}): Promise<Repl> {
  const command = [process.execPath, quern, "repl"];
  const terminal = startInTerminal(command, { ...options, env: { XDG_DATA_HOME: data, ...env } });
  try {
    await terminal.shows("[1] >");
  } catch (error) {
    await terminal[Symbol.asyncDispose]();
    throw error;
  }
  return {
    ...terminal,
    enter(line, wanted) {
      terminal.type(line);
      terminal.press("Enter");
      return terminal.shows(wanted);
    },
  };
}
