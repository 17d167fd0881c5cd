import type { CellError, MimeBundle, StreamName } from "../../runtime/session/protocol.ts";
import type { OutputEvent } from "../session/supervisor.ts";
import { blockOf, textOf } from "./bundle.ts";
import { isTerminal } from "./output.ts";
import { createPipe } from "./pipe.ts";
import { withoutEscapes } from "./plain.ts";
import { isProgress, isProgressEnd } from "./progress.ts";
import type { Block, Surface } from "./surface.ts";
import { createTerminal } from "./terminal.ts";

/** Where a cell's output is shown to a person, or piped to a program. It never throws. */
export type Screen = {
  /** Streams, displays and their updates, results, late errors; prompts are not among them. */
  show(event: Exclude<OutputEvent, { readonly type: "input_request" }>): void;
  /** The error that ended a cell. */
  fail(error: CellError): void;
  /**
   * The cell has ended: what comes now is not drawn over what it has shown. On a terminal the cursor then stands at the
   * start of a line, and no progress bar is left. To be called also before anybody else writes to the terminal (a
   * prompt, a question), from where the screen goes on at the start of a line.
   */
  endCell(): void;
};

export type ScreenOptions = {
  /** Streams of stdout, results and displays. */
  readonly out: Output;
  /** Streams of stderr, errors, progress. */
  readonly err: Output;
  /** ANSI colours; without, they are taken out of all that is shown. */
  readonly colors: boolean;
  /** How the terminal draws pictures; without, charts are drawn with characters. */
  readonly images?: ImageProtocol | undefined;
};

export type ImageProtocol = "kitty" | "iterm2" | "sixel";

/**
 * A terminal, or a file or pipe: `columns` tells the two apart, and two terminals are taken for one. `write` is to wait
 * while the reader of a pipe is slow, as that of `outputOf` in terminal-of.ts does: nothing else holds a flood back.
 */
export type Output = {
  write(text: string): unknown;
  readonly columns?: number | undefined;
  /** The terminal's height; 24 by default. */
  readonly rows?: number | undefined;
};

/** Shows the output of cells: in place and with pictures on a terminal, as text that only grows in a pipe. */
export function createScreen({ out, err, colors, images }: ScreenOptions): Screen {
  const onTerminal = [out, err].find(isTerminal);
  const terminal = onTerminal && createTerminal(onTerminal);
  const surfaceOf = (output: Output): Surface => (terminal && isTerminal(output) ? terminal : createPipe(output));
  const surfaces = { out: surfaceOf(out), err: surfaceOf(err) };
  const plain = { stdout: withoutEscapes(), stderr: withoutEscapes() };
  const room = () => (isTerminal(out) ? { images, columns: out.columns ?? 80, rows: out.rows ?? 24 } : undefined);

  const stream = (name: StreamName, text: string) =>
    surfaces[name === "stdout" ? "out" : "err"].stream(colors ? text : plain[name].next(text));

  const block = (data: MimeBundle, metadata: MimeBundle): Block => {
    const { text, picture } = blockOf(data, metadata, room());
    return { text: picture || colors ? text : plain.stdout.whole(text), picture };
  };

  const progress = (id: string, data: MimeBundle) => {
    const text = plain.stderr.whole(textOf(data));
    if (isProgressEnd(text)) surfaces.err.endProgress(id, text);
    else surfaces.err.progress(id, text);
  };

  const fail = ({ ename, evalue, traceback }: CellError) => {
    const text = traceback.length > 0 ? traceback.join("\n") : `${ename}: ${evalue}`;
    surfaces.err.block({ text: colors ? text : plain.stderr.whole(text) });
  };

  return {
    show(event) {
      switch (event.type) {
        case "stream":
          return stream(event.name, event.text);
        case "result":
          return surfaces.out.block(block(event.data, event.metadata));
        case "display": {
          const { displayId: id, data, metadata } = event;
          if (id !== undefined && isProgress(id)) return progress(id, data);
          if (id !== undefined && event.update) return surfaces.out.update(id, block(data, metadata));
          return surfaces.out.block(block(data, metadata), id);
        }
        case "clear_output":
          return surfaces.out.clear(event.wait);
        case "late_error":
          return fail(event);
      }
    },
    fail,
    endCell() {
      plain.stdout.end();
      plain.stderr.end();
      surfaces.out.endCell();
      if (surfaces.err !== surfaces.out) surfaces.err.endCell();
    },
  };
}
