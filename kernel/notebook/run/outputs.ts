import type { CellError, RunId } from "../../../runtime/session/protocol.ts";
import type { OutputEvent } from "../../session/supervisor.ts";
import type { Output } from "../nbformat.ts";

export type ShownEvent = Exclude<OutputEvent, { readonly type: "input_request" }>;

/** What the cells of a run have shown so far, as a notebook keeps it. */
export type Outputs = {
  /** From now on the events of `run` belong to the cell `index`. The run is its execution count. */
  begin(index: number, run: RunId): void;
  /** Events of runs that never began are ignored. */
  show(event: ShownEvent): void;
  /** The error that ended a run. */
  fail(run: RunId, error: CellError): void;
  /** A copy that later events leave alone. */
  of(index: number): readonly Output[];
};

/** One output of a cell; that of a display is replaced when it is updated. */
type Slot = { output: Output; readonly displayId?: string | undefined };

type Shown = {
  readonly run: RunId;
  slots: Slot[];
  /** `clearOutput({ wait: true })` was called, and nothing has come since. */
  clearsBeforeNext: boolean;
};

type Stream = Output & { readonly output_type: "stream" };

/** Beyond so many, text joins that of its stream even where the other stream has written in between. */
const outputsInOrder = 1000;

/**
 * Keeps outputs by the rules of nbclient and JupyterLab: text of one stream is one output until something else comes; a
 * display's id finds every output that was shown under it, in whichever cell; `clear_output` empties its own cell.
 * What a timer shows after the end of its cell stands under that cell, as in JupyterLab; nbclient drops it.
 */
export function createOutputs(): Outputs {
  const byRun = new Map<RunId, Shown>();
  const byCell = new Map<number, Shown>();
  const displays = new Map<string, Set<Slot>>();

  const clear = (shown: Shown) => {
    for (const slot of shown.slots) if (slot.displayId !== undefined) displays.get(slot.displayId)?.delete(slot);
    shown.slots = [];
    shown.clearsBeforeNext = false;
  };

  const add = (shown: Shown, slot: Slot) => {
    if (shown.clearsBeforeNext) clear(shown);
    shown.slots.push(slot);
  };

  const addText = (shown: Shown, { name, text }: { name: Stream["name"]; text: string }) => {
    if (shown.clearsBeforeNext) clear(shown);
    const slot = slotToContinue(shown.slots, name);
    if (slot) slot.output = { ...slot.output, text: slot.output.text + text };
    else shown.slots.push({ output: { output_type: "stream", name, text } });
  };

  const display = (shown: Shown, { data, metadata, displayId, update }: ShownEvent & { type: "display" }) => {
    const known = displayId === undefined ? undefined : displays.get(displayId);
    for (const slot of known ?? []) slot.output = { ...slot.output, data, metadata } as Output;
    if (update) return;
    const slot: Slot = { output: { output_type: "display_data", data, metadata }, displayId };
    add(shown, slot);
    if (displayId !== undefined) displays.set(displayId, (displays.get(displayId) ?? new Set()).add(slot));
  };

  return {
    begin(index, run) {
      const shown = { run, slots: [], clearsBeforeNext: false };
      byRun.set(run, shown);
      byCell.set(index, shown);
    },
    show(event) {
      const shown = byRun.get(event.run);
      if (!shown) return;
      switch (event.type) {
        case "stream":
          return addText(shown, event);
        case "display":
          return display(shown, event);
        case "result": {
          const { data, metadata } = event;
          return add(shown, {
            output: { output_type: "execute_result", execution_count: shown.run, data, metadata },
          });
        }
        case "clear_output":
          if (event.wait) shown.clearsBeforeNext = true;
          else clear(shown);
          return;
        case "late_error":
          return add(shown, { output: errorOutput(event) });
      }
    },
    fail(run, error) {
      const shown = byRun.get(run);
      if (shown) add(shown, { output: errorOutput(error) });
    },
    of: (index) => byCell.get(index)?.slots.map(({ output }) => output) ?? [],
  };
}

/** A cell that writes to both streams in turn, a million times, must not become a million outputs. */
function slotToContinue(slots: readonly Slot[], name: Stream["name"]): (Slot & { output: Stream }) | undefined {
  const isSame = (slot: Slot | undefined): slot is Slot & { output: Stream } =>
    slot?.output.output_type === "stream" && slot.output.name === name;
  const last = slots.at(-1);
  if (isSame(last)) return last;
  const before = slots.at(-2);
  const isCrowded = slots.length >= outputsInOrder && last?.output.output_type === "stream";
  return isCrowded && isSame(before) ? before : undefined;
}

const errorOutput = ({ ename, evalue, traceback }: CellError): Output => ({
  output_type: "error",
  ename,
  evalue,
  traceback,
});
