import type { CellError } from "../../runtime/session/protocol.ts";
import type { OutputEvent } from "../session/supervisor.ts";

/** Where a cell's output is shown to a person, or piped to a program. */
export type Screen = {
  /** Streams, displays and their updates, results, late errors; prompts are not among them. */
  show(event: Exclude<OutputEvent, { readonly type: "input_request" }>): void;
  /** The error that ended a cell. */
  fail(error: CellError): void;
  /** The cell has ended: what comes now is not drawn over what it has shown. */
  endCell(): void;
};

export type ScreenOptions = {
  /** Streams of stdout, results and displays. */
  readonly out: Output;
  /** Streams of stderr, errors. */
  readonly err: Output;
  /** ANSI colours; without, they are taken out of all that is shown. */
  readonly colors: boolean;
  /** How the terminal draws pictures; without, charts are drawn with characters. */
  readonly images?: ImageProtocol | undefined;
};

export type ImageProtocol = "kitty" | "iterm2" | "sixel";

/** A terminal, or a file or pipe: `columns` tells the two apart. */
export type Output = { write(text: string): unknown; readonly columns?: number | undefined };
