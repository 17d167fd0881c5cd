import type { RunId, StreamName } from "../runtime/session/protocol.ts";
import type { Json } from "./protocol/request.ts";
import type { OutputEvent } from "./session/supervisor.ts";

/**
 * What cells show, on its way to iopub. Text of streams is collected, and sent at most about every 20 ms for each run;
 * whatever else a run shows sends the collected text first, so that everything appears in the order it was made.
 */
export type Outbox = {
  /** A message that belongs to a request, not to what its cell shows. */
  publish(type: string, parent: Json, content: Json): void;
  /** From now on events of this run are shown under `owner.parent`, also long after its end. */
  open(run: RunId, owner: Owner): void;
  show(event: ShownEvent): void;
  /** Sends what is collected of a run; its reply and idle come after this. */
  flush(run: RunId): void;
  flushAll(): void;
  /** The text of what the run gave as its result, for the history; it is forgotten then. */
  takeResultText(run: RunId): string | undefined;
};

export type Owner = {
  readonly parent: Json;
  readonly executionCount: number;
  /** Nothing of it is shown. */
  readonly silent: boolean;
};

export type ShownEvent = Exclude<OutputEvent, { readonly type: "input_request" }>;

export type Publication = { readonly type: string; readonly parent: Json; readonly content: Json };

export type Clock = {
  nowMs(): number;
  /** Calls back once after so long; without keeping the process alive. */
  later(delayMs: number, callback: () => void): void;
};

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  later: (delayMs, callback) => void setTimeout(callback, delayMs),
};

const betweenStreamMessagesMs = 20;
/** More than this is sent at once: memory stays bounded, and messages stay of a size that front ends bear. */
const mostCollectedUnits = 1 << 20;
/** Older runs than these many cannot show late output any more. */
const rememberedRuns = 10_000;

/** `texts` holds what is collected, the stream that was written to first in front. */
type Run = Owner & { readonly texts: Map<StreamName, string>; sentAtMs: number; resultText?: string };

export function createOutbox(send: (publication: Publication) => void, clock: Clock = systemClock): Outbox {
  const runs = new Map<RunId, Run>();
  const withText = new Set<Run>();
  let isTimerSet = false;

  const flushRun = (run: Run) => {
    if (!withText.delete(run)) return;
    for (const [name, text] of run.texts) send({ type: "stream", parent: run.parent, content: { name, text } });
    run.texts.clear();
    run.sentAtMs = clock.nowMs();
  };

  const flushAll = () => {
    for (const run of withText) flushRun(run);
  };

  const collect = (run: Run, name: StreamName, text: string) => {
    const collected = (run.texts.get(name) ?? "") + text;
    run.texts.set(name, collected);
    withText.add(run);
    const dueInMs = run.sentAtMs + betweenStreamMessagesMs - clock.nowMs();
    if (dueInMs <= 0 || collected.length > mostCollectedUnits) return flushRun(run);
    if (isTimerSet) return;
    isTimerSet = true;
    clock.later(dueInMs, () => {
      isTimerSet = false;
      flushAll();
    });
  };

  return {
    publish: (type, parent, content) => send({ type, parent, content }),
    open(id, owner) {
      runs.set(id, { ...owner, texts: new Map(), sentAtMs: Number.NEGATIVE_INFINITY });
      if (runs.size > rememberedRuns) {
        for (const oldest of runs.keys()) {
          runs.delete(oldest);
          break;
        }
      }
    },
    show(event) {
      const run = runs.get(event.run);
      if (!run || run.silent) return;
      if (event.type === "stream") return collect(run, event.name, event.text);
      const text = event.type === "result" ? event.data["text/plain"] : undefined;
      if (typeof text === "string") run.resultText = text;
      flushRun(run);
      send({ parent: run.parent, ...asPublication(event, run) });
    },
    flush(id) {
      const run = runs.get(id);
      if (run) flushRun(run);
    },
    flushAll,
    takeResultText(id) {
      const run = runs.get(id);
      const text = run?.resultText;
      delete run?.resultText;
      return text;
    },
  };
}

function asPublication(event: Exclude<ShownEvent, { readonly type: "stream" }>, run: Run): Omit<Publication, "parent"> {
  switch (event.type) {
    case "display": {
      const { data, metadata, displayId } = event;
      // Clients read transient.display_id; null or nothing in the place of {} breaks nbclient.
      const transient = displayId === undefined ? {} : { display_id: displayId };
      return { type: event.update ? "update_display_data" : "display_data", content: { data, metadata, transient } };
    }
    case "result": {
      const { data, metadata } = event;
      return {
        type: "execute_result",
        content: { execution_count: run.executionCount, data, metadata, transient: {} },
      };
    }
    case "clear_output":
      return { type: "clear_output", content: { wait: event.wait } };
    case "late_error": {
      const { ename, evalue, traceback } = event;
      return { type: "error", content: { ename, evalue, traceback } };
    }
  }
}
