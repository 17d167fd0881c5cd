/**
 * The messages between the kernel process and the session process. Types only: this file is the one door from
 * `kernel/` into `runtime/`, and it imports nothing.
 *
 * The session process has these channels:
 * - fd 1, fd 2: what native code and child processes write, and nothing else;
 * - fd 3: {@link SessionEvent}s, one JSON object a line, written synchronously, so that a busy session is heard too;
 * - fd 4: {@link UrgentRequest}s, one JSON object a line, read by a worker thread even while a cell computes;
 * - Node's IPC channel: {@link SessionRequest}s, handled by the main thread.
 */

/** A run is one execution of one cell; its number is never used again in the life of a kernel. */
export type RunId = number;

export type MimeBundle = { readonly [mime: string]: unknown };

/** What goes through a comm, in either direction. */
export type CommEvent = {
  readonly kind: CommKind;
  readonly commId: string;
  /** Of `open` alone. */
  readonly targetName?: string;
  readonly data: unknown;
  readonly metadata: { readonly [key: string]: unknown };
  /** In base64. */
  readonly buffers: readonly string[];
};

export type CommKind = "open" | "msg" | "close";

export type RunRequest = {
  readonly type: "run";
  readonly run: RunId;
  /** The number shown in front of the cell, `[3]`; stack traces name it. */
  readonly executionCount: number;
  /** Jupyter's id of the cell, where the front end sends one. */
  readonly cellId?: string;
  readonly code: string;
  /** Runs of a subshell do not wait for those of others; without, it is the main shell's. */
  readonly subshell?: string;
  /** Not a cell but a message of the front end's: what its callback shows belongs to this run. `code` is empty. */
  readonly comm?: CommEvent;
  /** Neither a result nor output is shown. */
  readonly silent: boolean;
  readonly allowStdin: boolean;
  readonly userExpressions: { readonly [name: string]: string };
  /** The width of the terminal that shows the cell's output: text/plain fits into it, charts too. */
  readonly columns?: number;
  /** The result is wanted as JSON too. */
  readonly wantsJson?: boolean;
};

/** A source of rows that stands in the text of a cell, with all that tells its columns. */
export type LiteralSource =
  | {
      readonly kind: "read";
      readonly format: "parquet" | "csv" | "json";
      readonly paths: readonly string[];
      readonly options: { readonly [name: string]: string | number | boolean };
      /** As text: "id LONG, name STRING". */
      readonly schema?: string;
    }
  | { readonly kind: "table"; readonly name: string }
  | { readonly kind: "sql"; readonly text: string }
  /** Of a frame of data: "id LONG, name STRING". */
  | { readonly kind: "schema"; readonly text: string };

/** Runs of one shell are handled in order; questions when the main thread is free. */
export type SessionRequest =
  | RunRequest
  /** What could stand at the cursor, from the live values; runs no user code, getters included. */
  | { readonly type: "complete"; readonly id: number; readonly code: string; readonly cursorUtf16: number }
  | {
      readonly type: "inspect";
      readonly id: number;
      readonly code: string;
      readonly cursorUtf16: number;
      /** The source of what stands there, too. */
      readonly wantsSource?: boolean;
    }
  /** The columns of what these would give, found without running it: answered by `described`, within 250 ms. */
  | { readonly type: "describe"; readonly id: number; readonly sources: readonly LiteralSource[] }
  /** End in good order: close the engine, then exit; with `whenIdle` once nothing goes on that the cells have begun. */
  | { readonly type: "stop"; readonly whenIdle?: boolean };

/** Handled at once, by the worker thread beside the main thread. */
export type UrgentRequest =
  /** Ends the run, and those of other subshells with it. */
  { readonly type: "interrupt"; readonly run: RunId } | { readonly type: "input_reply"; readonly value: string };

export type StreamName = "stdout" | "stderr";

export type CellError = {
  readonly ename: string;
  readonly evalue: string;
  /** Lines for the screen, with ANSI colours, the user's positions and no frames of ours. */
  readonly traceback: readonly string[];
};

export type Completion = { readonly text: string; readonly kind: string };

/** What has become of the names that cells declare, since the last `done`; a session begins with none. */
export type NameChanges = {
  /** New ones, and those of another kind than before. */
  readonly declared: readonly Completion[];
  readonly removed: readonly string[];
};

export type SessionEvent =
  /** The first cell can be sent. */
  | { readonly type: "ready" }
  | { readonly type: "stream"; readonly run: RunId; readonly name: StreamName; readonly text: string }
  | {
      readonly type: "display";
      readonly run: RunId;
      readonly data: MimeBundle;
      readonly metadata: MimeBundle;
      readonly displayId?: string;
      /** Replace what was shown under `displayId` instead of adding. */
      readonly update: boolean;
    }
  | {
      readonly type: "result";
      readonly run: RunId;
      readonly data: MimeBundle;
      readonly metadata: MimeBundle;
      /** The value, where the run wants JSON and JSON says all of it; no longer than a million characters. */
      readonly json?: string;
    }
  | { readonly type: "clear_output"; readonly run: RunId; readonly wait: boolean }
  | { readonly type: "input_request"; readonly run: RunId; readonly prompt: string; readonly password: boolean }
  | ({ readonly type: "comm"; readonly run: RunId } & CommEvent)
  /** An error that belongs to a run but comes outside it (a timer, an unhandled rejection after its end). */
  | ({ readonly type: "late_error"; readonly run: RunId } & CellError)
  /** The last event of a run, but for what its timers and callbacks print later. */
  | {
      readonly type: "done";
      readonly run: RunId;
      readonly outcome: RunOutcome;
      readonly names: NameChanges;
      /** A `types` event of this run follows, at the latest when the next run begins. */
      readonly describes?: true;
    }
  /**
   * What has become of the variables that hold frames, since the last such event; of run 0 are those that an earlier
   * session has left. It may come a second time, for sources that are slow.
   */
  | {
      readonly type: "types";
      readonly run: RunId;
      /** Their whole types: `DataFrame<{ "id": Sql.Long | null }>`; null where a type that was told does not hold any more. */
      readonly frames: { readonly [name: string]: string | null };
      /** All names of the global object that no cell has declared: `globalThis.count = 1`. */
      readonly extra: readonly string[];
    }
  | {
      readonly type: "completed";
      readonly id: number;
      readonly matches: readonly Completion[];
      readonly startUtf16: number;
      readonly endUtf16: number;
    }
  | { readonly type: "inspected"; readonly id: number; readonly data: MimeBundle | undefined }
  /** For each source the S of `DataFrame<S>`; null where it is not known. */
  | { readonly type: "described"; readonly id: number; readonly schemas: readonly (string | null)[] };

export type RunOutcome = (
  | { readonly status: "ok"; readonly userExpressions: { readonly [name: string]: ExpressionOutcome } }
  | ({ readonly status: "error"; readonly interrupted: boolean } & CellError)
) & {
  /** What the cell asks of its front end; at most one of each source. */
  readonly payload?: readonly Payload[];
};

/** As in the `payload` of an execute_reply. */
export type Payload =
  /** Shown in the pager, from line `start` on. */
  | { readonly source: "page"; readonly data: MimeBundle; readonly start: number }
  /** The text of the next cell, or of this one with `replace`. */
  | { readonly source: "set_next_input"; readonly text: string; readonly replace: boolean };

export type ExpressionOutcome =
  | { readonly status: "ok"; readonly data: MimeBundle; readonly metadata: MimeBundle }
  | ({ readonly status: "error" } & CellError);

/** Rows that a session has stored. It leaves the list as `storage.json` in the kernel's folder, for when it crashes. */
export type HeldRows = {
  /** Memory goes with the session; the rows of the others are there again in the next. */
  readonly kind: "memory" | "disk" | "checkpoint";
  /** A checkpoint's is a table's name. */
  readonly name: string;
  /** Under which disk rows are found. */
  readonly key?: string;
  /** Variables whose frame has these rows. */
  readonly variables: readonly string[];
  /** The line of the user's that asked for it. */
  readonly place?: string;
  /** Where the engine has told. */
  readonly rows?: number;
  readonly bytes?: number;
};
