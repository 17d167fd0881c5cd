import type { Progress } from "../engine/engine.ts";
import type { Origin } from "../errors.ts";
import type { Held } from "./cache.ts";
import type { Checkpoint } from "./checkpoints.ts";

/** One running action (count, show, write …), as its host sees it. */
export type Action = {
  /** For the progress bar: "count", "write out/late". */
  readonly title: string;
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal;
  /** Called once when the action has ended, however it ended. */
  readonly end: (failure?: unknown) => void;
};

/**
 * What the surroundings of DataFrames do for them: the session process shows progress under the cell and ends its
 * actions with it; a plain script needs none of that.
 */
export interface Host {
  /** Called when an action is called, before any work. */
  begin(title: string): Action;
  /**
   * Shows a value as the last expression of a cell would be shown. Its place is that of the call, however long the value
   * takes to compute.
   */
  show(value: Promise<unknown>): Promise<void>;
  /** Prints a line, in the place of the call too. */
  print(text: Promise<string>): Promise<void>;
  /** A user's variable, by the name that SQL text uses. */
  variable(name: string): unknown;
  /** The names of the variables that hold frames. */
  frameNames?(): Iterable<string>;
  /** So many rows have been read out of the engine, counted or written. */
  rows?(count: number): void;
  /** Settings were changed: where a crash may come, they are to be remembered. */
  settingsChanged?(values: ReadonlyMap<string, string>): void;
  /** What is stored has changed: likewise. */
  storageChanged?(held: readonly Held[]): void;
  /** Checkpoints were made or removed, or are there again from before a crash. */
  checkpointsChanged?(made: ReadonlyMap<string, Checkpoint>): void;
  /** The line of a cell that a step comes from. */
  place?(origin: Origin): CallPlace | undefined;
}

export type CallPlace = { readonly cell: number; readonly line: number; readonly text: string };

/** The host of a plain script: `show` prints text. It is replaced at start-up by the session process. */
let current: Host = {
  begin: (title) => ({ title, onProgress: () => {}, signal: new AbortController().signal, end: () => {} }),
  show: async (value) => console.log(await value),
  print: async (text) => console.log(await text),
  variable: () => undefined,
};

export const host = (): Host => current;
export function setHost(replacement: Host): void {
  current = replacement;
}
