import { stripVTControlCharacters } from "node:util";
import type { RunOutcome } from "../../runtime/session/protocol.ts";
import type { History } from "../history/history.ts";
import { derivedIds } from "../notebook/cell-ids.ts";
import { kernelMetadata } from "../notebook/kernel-metadata.ts";
import type { CodeCell, Notebook } from "../notebook/nbformat.ts";
import { createOutputs } from "../notebook/run/outputs.ts";
import { withoutSecrets } from "../session/hidden.ts";
import type { OutputEvent, Session, SupervisorOptions } from "../session/supervisor.ts";
import type { Screen } from "../terminal/screen.ts";
import { openSession } from "../types/checked-session.ts";

export type CellsOptions = {
  readonly session: SupervisorOptions;
  readonly screen: Screen;
  /** A cell asks for input: `prompt()` and `confirm()`. Without, they are errors in it. */
  readonly ask?: ((question: InputRequest) => unknown) | undefined;
  /** The width of the terminal that shows the output, if it is one. */
  columns(): number | undefined;
  /** An error that came outside a cell. */
  readonly failedLate?: () => void;
};

export type InputRequest = OutputEvent & { readonly type: "input_request" };

/** The cells of one session: they are numbered, shown, and kept with their outputs. */
export type Cells = {
  readonly session: Session;
  /** The number of the next cell. */
  readonly next: number;
  /** Runs one cell and shows what it gives; the next may be given when this one is done. Never rejects. */
  run(code: string, history?: History): Promise<RunOutcome>;
  /** All cells so far, with their outputs. */
  notebook(): Notebook;
};

/** Starts the session too. */
export function startCells({ session: options, screen, ask, columns, failedLate }: CellsOptions): Cells {
  const outputs = createOutputs();
  const codes: string[] = [];
  let resultText: string | undefined;

  const show = (given: OutputEvent) => {
    const event = withoutSecrets(given);
    if (event.type === "input_request") return void ask?.(event);
    // What a program asks for itself is no error of its.
    if (event.type === "late_error" && session.exitCode !== undefined) return;
    if (event.type === "late_error") failedLate?.();
    if (event.type === "result" && event.run === codes.length) {
      const text = event.data["text/plain"];
      if (typeof text === "string") resultText = stripVTControlCharacters(text);
    }
    outputs.show(event);
    // Another program reads what goes to a pipe.
    screen.show(columns() === undefined ? (given as typeof event) : event);
  };
  const session = openSession(options, show);
  session.start();

  return {
    session,
    get next() {
      return codes.length + 1;
    },
    async run(code, history) {
      const count = codes.push(code);
      outputs.begin(count - 1, count);
      resultText = undefined;
      const width = columns();
      const outcome = await session.run({
        run: count,
        executionCount: count,
        code,
        silent: false,
        allowStdin: ask !== undefined,
        userExpressions: {},
        ...(width === undefined ? {} : { columns: width }),
      });
      if (outcome.status === "error" && session.exitCode === undefined) {
        outputs.fail(count, outcome);
        screen.fail(outcome);
      }
      for (const asked of outcome.payload ?? []) {
        if (asked.source !== "page") continue;
        // Not among the outputs, which a saved notebook would keep.
        screen.show({ type: "stream", run: count, name: "stdout", text: `${asked.data["text/plain"]}\n` });
      }
      screen.endCell();
      history?.add(count, code, resultText);
      return outcome;
    },
    notebook() {
      const cells = codes.map((source, index) => ({
        cell_type: "code" as const,
        metadata: {},
        source,
        execution_count: index + 1,
        outputs: outputs.of(index),
      }));
      const ids = derivedIds(cells);
      return {
        metadata: kernelMetadata,
        nbformat: 4,
        nbformat_minor: 5,
        cells: cells.map((cell, index): CodeCell => ({ ...cell, id: ids[index] as string })),
      };
    },
  };
}
