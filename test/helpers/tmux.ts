import { execFile } from "node:child_process";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { promisify } from "node:util";
import { found, missing, type Part } from "./machine.ts";
import { run } from "./program.ts";
import { tempFolder } from "./temp-folder.ts";

/** A program in a real terminal: keys go in as a person presses them, and what comes out is what a person sees. */
export type Terminal = AsyncDisposable & {
  /** Keys by tmux's names: `"Enter"`, `"C-c"`, `"Up"`, `"BSpace"`; anything else is typed as it is. */
  keys(...names: string[]): Promise<void>;
  /** Characters, none of which is taken for the name of a key. */
  type(text: string): Promise<void>;
  /** From the clipboard: bracketed, if the program has asked for that. */
  paste(text: string): Promise<void>;
  /** The lines on the screen, without spaces at their ends and empty lines at the end; `history` adds what has scrolled away. */
  screen(options?: { readonly history?: boolean; readonly escapes?: boolean }): Promise<string>;
  /** The screen, once it matches; rejects with what there is instead after `withinMs`. */
  shows(pattern: RegExp, withinMs?: number): Promise<string>;
  /** From the upper left corner, which is 0, 0. */
  cursor(): Promise<{ readonly x: number; readonly y: number }>;
  resize(columns: number, rows: number): Promise<void>;
  /** Any other command of tmux. */
  tmux(...args: string[]): Promise<string>;
};

export type TerminalOptions = {
  readonly columns?: number;
  readonly rows?: number;
  readonly cwd?: string;
  /** Added to the environment of the tests. */
  readonly env?: Readonly<Record<string, string>>;
};

/** The tmux of this machine. */
export async function tmux(): Promise<Part> {
  const there = await run(["tmux", "-V"]).catch(() => undefined);
  return there?.code === 0 ? found("tmux") : missing("there is no tmux on the PATH");
}

const execute = promisify(execFile);

/** Starts a program in a terminal of its own; `await using` ends both. */
export async function openTerminal(
  command: readonly string[],
  { columns = 80, rows = 24, cwd = process.cwd(), env = {} }: TerminalOptions = {},
): Promise<Terminal> {
  const folder = tempFolder();
  const socket = join(folder.path, "tmux");
  const call = async (...args: string[]) => {
    const { stdout } = await execute("tmux", ["-u", "-S", socket, "-f", "/dev/null", ...args]);
    return stdout;
  };
  const settings = ["status off", "default-terminal tmux-256color", "escape-time 0", "history-limit 50000"];
  const set = settings.flatMap((setting) => ["set-option", "-g", ...setting.split(" "), ";"]);
  const variables = Object.entries(env).flatMap(([name, value]) => ["-e", `${name}=${value}`]);
  const size = ["-x", String(columns), "-y", String(rows)];
  // The shell's exec keeps no process between tmux and the program.
  const line = `exec ${command.map(quoted).join(" ")}`;
  await call(...set, "new-session", "-d", ...size, "-c", cwd, ...variables, line);

  const screen: Terminal["screen"] = async ({ history = false, escapes = false } = {}) => {
    const text = await call("capture-pane", "-p", ...(history ? ["-S", "-"] : []), ...(escapes ? ["-e"] : []));
    return text.replace(/[ \t]+$/gm, "").replace(/\n+$/, "");
  };

  return {
    tmux: call,
    screen,
    keys: async (...names) => void (await call("send-keys", ...names)),
    type: async (text) => void (await call("send-keys", "-l", "--", text)),
    async paste(text) {
      await call("set-buffer", "--", text);
      await call("paste-buffer", "-p", "-d");
    },
    async shows(pattern, withinMs = 20_000) {
      const until = performance.now() + withinMs;
      for (;;) {
        const shown = await screen();
        if (pattern.test(shown)) return shown;
        if (performance.now() > until) throw new Error(`The terminal does not show ${pattern}, but:\n${shown}`);
        await after(20);
      }
    },
    async cursor() {
      const [x, y] = (await call("display-message", "-p", "#{cursor_x} #{cursor_y}")).split(" ").map(Number);
      return { x: x as number, y: y as number };
    },
    resize: async (width, height) => void (await call("resize-window", "-x", String(width), "-y", String(height))),
    // A program that has ended has ended its tmux.
    async [Symbol.asyncDispose]() {
      await call("kill-server").catch(() => {});
      folder[Symbol.dispose]();
    },
  };
}

const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;
