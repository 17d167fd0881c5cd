import type { Run } from "../run.ts";

/** A magic as it stands in a cell. */
export type MagicCall = {
  readonly run: Run;
  /** What stands behind the name. */
  readonly argument: string;
  /** The text below the line of a cell magic. */
  readonly body: string;
  /** Where that begins in the cell's text. */
  readonly bodyStart: number;
};

export type MagicEntry = {
  /** As it is written: "%cd [folder]". */
  readonly usage: string;
  readonly summary: string;
  /** What it resolves to is the cell's value, for cell magics. It begins within the call, whose stack leads to the cell. */
  readonly run: (call: MagicCall) => unknown;
};
