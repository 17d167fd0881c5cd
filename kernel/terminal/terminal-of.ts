import type { WriteStream } from "node:tty";
import { createSupportsTerminalGraphics } from "supports-terminal-graphics";
import type { ImageProtocol, Output } from "./screen.ts";

type Stream = Pick<WriteStream, "write"> &
  Partial<Pick<WriteStream, "isTTY" | "columns" | "rows">> & {
    readonly _handle?: { setBlocking?(isBlocking: boolean): void } | null;
  };

export type TerminalTraits = {
  readonly colors: boolean;
  readonly images?: ImageProtocol;
  /** Of a terminal that can be drawn over; undefined for a pipe, a file and `TERM=dumb`. */
  readonly columns?: number;
};

/**
 * What the terminal behind a stream can do, by the environment alone; nothing is asked of it.
 * - Colours: on a terminal, but with NO_COLOR set and TERM=dumb; FORCE_COLOR has them everywhere.
 * - Pictures: as the package supports-terminal-graphics knows terminals (it reads process.env); not within tmux and
 *   screen and in VS Code, which draw them only if they are set to. Many terminals with Sixel (xterm, foot) do not say
 *   so in the environment: QUERN_IMAGES=kitty, iterm2, sixel or none says it for all of these.
 */
export function terminalOf(stream: Stream, env: NodeJS.ProcessEnv): TerminalTraits {
  const canDraw = stream.isTTY === true && env.TERM !== "dumb";
  const images = canDraw ? imagesOf(stream, env) : undefined;
  return {
    colors: hasColors(canDraw, env),
    ...(images && { images }),
    // A terminal that does not know its size says 0.
    ...(canDraw && { columns: stream.columns || 80 }),
  };
}

/**
 * A stream as the screen's output: what {@link terminalOf} takes for a pipe has no width, and sizes are the present ones.
 * From now on a write to a pipe waits for its reader. An `error` event of the stream (EPIPE: the reader has gone) is for
 * whoever owns the process.
 */
export function outputOf(stream: Stream, env: NodeJS.ProcessEnv): Output {
  // Node would keep in memory what a slow reader has not taken yet. So this process waits, and the session, whose output
  // it reads, waits in turn.
  stream._handle?.setBlocking?.(true);
  const canDraw = terminalOf(stream, env).columns !== undefined;
  return {
    write: (text) => stream.write(text),
    get columns() {
      return canDraw ? stream.columns || 80 : undefined;
    },
    get rows() {
      return canDraw ? stream.rows || 24 : undefined;
    },
  };
}

function hasColors(canDraw: boolean, { NO_COLOR, FORCE_COLOR }: NodeJS.ProcessEnv): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return canDraw;
}

function imagesOf(stream: Stream, env: NodeJS.ProcessEnv): ImageProtocol | undefined {
  const wanted = env.QUERN_IMAGES;
  if (wanted === "none") return undefined;
  if (wanted && isProtocol(wanted)) return wanted;
  if (env.TMUX || env.STY || /^(tmux|screen)/.test(env.TERM ?? "")) return undefined;
  // Its pictures are off until a setting has them (terminal.integrated.enableImages), and gaps are worse than characters.
  if (env.TERM_PROGRAM === "vscode") return undefined;
  const supported = createSupportsTerminalGraphics({ isTTY: stream.isTTY === true });
  // Terminals that know several know their own longest, which few others have.
  return protocols.find((protocol) => supported[protocol]);
}

const protocols: readonly ImageProtocol[] = ["iterm2", "kitty", "sixel"];
const isProtocol = (name: string): name is ImageProtocol => protocols.some((protocol) => protocol === name);
