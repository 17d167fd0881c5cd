import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { found, missing, type Part } from "./machine.ts";
import { patienceMs } from "./patience.ts";

/** The terminal multiplexer that the machine has: a real terminal for programs under test. */
export function tmux(): Part {
  const { status } = spawnSync("tmux", ["-V"], { stdio: "ignore" });
  return status === 0 ? found("tmux") : missing("there is no tmux on the PATH (apt-get install tmux)");
}

export type TerminalOptions = {
  readonly columns?: number;
  readonly rows?: number;
  readonly cwd?: string;
  /** Beside the test's own. */
  readonly env?: NodeJS.ProcessEnv;
};

type Place = { readonly column: number; readonly row: number };

export type Terminal = AsyncDisposable & {
  /** Types text as it is. */
  type(text: string): void;
  /** Presses keys one after the other, as tmux names them: `Enter`, `Up`, `C-c`. */
  press(...keys: string[]): void;
  /** Pastes as a terminal does, marked as pasted where the program has asked for that. */
  paste(text: string): void;
  resize(columns: number, rows: number): void;
  /** What is to be seen, without empty lines at the end; `history` has what was scrolled away too. */
  screen(options?: { readonly colors?: boolean; readonly history?: boolean }): string;
  /** Waits until the screen shows it, and answers the screen. */
  shows(wanted: string | RegExp): Promise<string>;
  /** Waits until the screen is as wanted. */
  until(isWanted: (screen: string) => boolean, what: string): Promise<string>;
  cursor(): Place;
  /** Waits until the cursor stands there. */
  cursorAt(wanted: Partial<Place>): Promise<void>;
  /** Of the program, while it runs. */
  readonly pid: number;
  /** Waits for the end of the program; its exit code. */
  exited(): Promise<number>;
};

const betweenLooksMs = 15;

/** Runs a program in a terminal of its own, on a tmux server of its own; `await using` ends both. */
export function startInTerminal(command: readonly string[], options: TerminalOptions = {}): Terminal {
  const folder = mkdtempSync(join(tmpdir(), "quern-tmux-"));
  const { columns = 80, rows = 24, cwd, env } = options;
  const tmux = (...args: string[]) =>
    execFileSync("tmux", ["-S", join(folder, "socket"), "-f", "/dev/null", ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      cwd,
      env: { ...process.env, TMUX: undefined, ...env },
    });
  const asked = (format: string) => tmux("display-message", "-p", format).trim();
  tmux(
    ...["start-server", ";", "set", "-g", "remain-on-exit", "on", ";", "set", "-g", "remain-on-exit-format", "", ";"],
    ...["set", "-g", "history-limit", "5000", ";", "set", "-g", "escape-time", "0", ";"],
    ...["new-session", "-d", "-x", String(columns), "-y", String(rows), "--", ...command],
  );
  const pid = Number(asked("#{pane_pid}"));

  const screen = ({ colors = false, history = false } = {}) =>
    tmux("capture-pane", "-p", ...(colors ? ["-e"] : []), ...(history ? ["-S", "-"] : [])).trimEnd();
  /** What they wait for tells a lost key from a program that does not end. */
  const processes = () =>
    spawnSync("ps", ["-t", asked("#{pane_tty}"), "-o", "pid,ppid,stat,wchan,args"], { encoding: "utf8" }).stdout;
  const until = async (isWanted: (screen: string) => boolean, what: string) => {
    const limitMs = performance.now() + patienceMs;
    for (;;) {
      const seen = screen();
      if (isWanted(seen)) return seen;
      const isOver = performance.now() > limitMs || asked("#{pane_dead}") === "1";
      if (isOver && !isWanted(screen())) {
        throw new Error(`The terminal did not show ${what}; it shows:\n${seen}\nIts processes:\n${processes()}`);
      }
      await new Promise((resolve) => setTimeout(resolve, betweenLooksMs));
    }
  };

  const cursor = (): Place => {
    const [column, row] = asked("#{cursor_x} #{cursor_y}").split(" ").map(Number);
    return { column: column as number, row: row as number };
  };

  return {
    pid,
    screen,
    until,
    type: (text) => void tmux("send-keys", "-l", "--", text),
    press: (...keys) => void tmux("send-keys", ...keys),
    paste(text) {
      tmux("set-buffer", "--", text);
      tmux("paste-buffer", "-p", "-d");
    },
    resize: (columns, rows) => void tmux("resize-window", "-x", String(columns), "-y", String(rows)),
    shows: (wanted) =>
      until((seen) => (typeof wanted === "string" ? seen.includes(wanted) : wanted.test(seen)), String(wanted)),
    cursor,
    async cursorAt({ column, row }) {
      const isThere = () => {
        const at = cursor();
        return (column ?? at.column) === at.column && (row ?? at.row) === at.row;
      };
      await until(isThere, `the cursor in column ${column} of row ${row}`);
    },
    async exited() {
      const limitMs = performance.now() + patienceMs;
      while (asked("#{pane_dead}") !== "1") {
        if (performance.now() > limitMs) throw new Error(`The program did not end; the terminal shows:\n${screen()}`);
        await new Promise((resolve) => setTimeout(resolve, betweenLooksMs));
      }
      return Number(asked("#{pane_dead_status}"));
    },
    async [Symbol.asyncDispose]() {
      tmux("kill-server");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
