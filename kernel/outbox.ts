import type { RunId, StreamName } from "../runtime/session/protocol.ts";
import { type Allowance, createAllowance, type OutputLimit, unlimited } from "./output-limit.ts";
import type { Pace } from "./output-rate.ts";
import type { Json } from "./protocol/request.ts";
import type { OutputEvent } from "./session/supervisor.ts";

/**
 * What cells show, on its way to iopub. Text of streams is collected, and sent at most about every 20 ms for each run;
 * whatever else a run shows sends the collected text first, so that everything appears in the order it was made. What
 * goes beyond the limit of a run is counted instead, and a note says so.
 */
export type Outbox = {
  /** A message that belongs to a request, not to what its cell shows. */
  publish(type: string, parent: Json, content: Json, beside?: Pick<Publication, "metadata" | "buffers">): void;
  /** What the messages of a run have as their parent. */
  parentOf(run: RunId): Json;
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
  /** Not a cell but a message of a comm. */
  readonly isMessage?: boolean;
};

export type ShownEvent = Exclude<OutputEvent, { readonly type: "input_request" }>;

export type Publication = {
  readonly type: string;
  readonly parent: Json;
  readonly content: Json;
  readonly metadata?: Json;
  readonly buffers?: readonly Buffer[];
};

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
/** A slider that is dragged sends many; they must not push out the cells. */
const rememberedMessages = 1000;

/** A cell that changes between the streams more often is shown them one after the other, each time they are sent. */
const streamsInOrder = 1000;
/** While more is left out, the note is brought up to date as often. */
const betweenNotesMs = 1000;

type Text = { readonly name: StreamName; text: string };

type Run = Owner & {
  readonly id: RunId;
  /** What is collected, and how long it is. */
  texts: Text[];
  units: number;
  /** How often the stream changed. */
  changes: number;
  sentAtMs: number;
  readonly allowance: Allowance;
  note: { readonly displayId: string; text: string; isDue: boolean } | undefined;
  resultText: string | undefined;
};

export type OutboxOptions = { readonly clock?: Clock; readonly limit?: OutputLimit; readonly pace?: Pace | undefined };

export function createOutbox(
  send: (publication: Publication) => void,
  { clock = systemClock, limit = unlimited, pace }: OutboxOptions = {},
): Outbox {
  const runs = new Map<RunId, Run>();
  const messages: RunId[] = [];
  const withText = new Set<Run>();
  let isTimerSet = false;
  let notes = 0;

  const flushTexts = (run: Run) => {
    if (!withText.delete(run)) return;
    for (const { name, text } of run.texts) {
      send({ type: "stream", parent: run.parent, content: { name, text } });
      pace?.spendMessage();
    }
    run.texts = [];
    run.units = 0;
    run.sentAtMs = clock.nowMs();
  };

  const flushRun = (run: Run) => {
    flushTexts(run);
    if (run.note?.isDue) sendNote(run);
  };

  const flushAll = () => {
    for (const run of withText) flushTexts(run);
  };

  const collect = (run: Run, name: StreamName, whole: string) => {
    const text = run.allowance.take(whole);
    if (text !== "") {
      pace?.spend(text);
      const before = textToJoin(run, name);
      if (before) before.text += text;
      else if (run.texts.push({ name, text }) > 1) run.changes += 1;
      run.units += text.length;
      withText.add(run);
    }
    if (text.length < whole.length) return noteLeftOut(run);
    const dueInMs = run.sentAtMs + betweenStreamMessagesMs - clock.nowMs();
    if (dueInMs <= 0 || run.units > mostCollectedUnits) return flushTexts(run);
    if (isTimerSet) return;
    isTimerSet = true;
    clock.later(dueInMs, () => {
      isTimerSet = false;
      flushAll();
    });
  };

  /** The note stands where the output ends, and is replaced by the next count. */
  const noteLeftOut = (run: Run) => {
    if (run.note === undefined) {
      flushTexts(run);
      run.note = { displayId: `quern-left-out-${run.id}-${++notes}`, text: "", isDue: false };
      return sendNote(run);
    }
    if (run.note.isDue) return;
    run.note.isDue = true;
    const { note } = run;
    clock.later(betweenNotesMs, () => {
      if (run.note === note && note.isDue) sendNote(run);
    });
  };

  const sendNote = (run: Run) => {
    const text = run.allowance.note();
    if (run.note === undefined || text === undefined) return;
    const type = run.note.text === "" ? "display_data" : "update_display_data";
    run.note.text = text;
    run.note.isDue = false;
    const transient = { display_id: run.note.displayId };
    send({ type, parent: run.parent, content: { data: { "text/plain": text }, metadata: {}, transient } });
  };

  return {
    publish: (type, parent, content, beside = {}) => send({ type, parent, content, ...beside }),
    parentOf: (id) => runs.get(id)?.parent ?? {},
    open(id, owner) {
      runs.set(id, {
        ...owner,
        id,
        texts: [],
        units: 0,
        changes: 0,
        sentAtMs: Number.NEGATIVE_INFINITY,
        allowance: createAllowance(limit),
        note: undefined,
        resultText: undefined,
      });
      if (owner.isMessage && messages.push(id) > rememberedMessages) runs.delete(messages.shift() as RunId);
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
      flushTexts(run);
      if (event.type === "display" && !event.update && !run.allowance.takeDisplay()) return noteLeftOut(run);
      if (event.type === "clear_output") {
        run.allowance.reset();
        run.note = undefined;
      }
      send({ parent: run.parent, ...asPublication(event, run) });
    },
    flush(id) {
      const run = runs.get(id);
      if (run) flushRun(run);
      pace?.reset();
    },
    flushAll() {
      for (const run of runs.values()) flushRun(run);
    },
    takeResultText(id) {
      const run = runs.get(id);
      const text = run?.resultText;
      // Not deleted: V8 would keep the run as a table of names from then on, which takes ten times the room.
      if (run) run.resultText = undefined;
      return text;
    },
  };
}

/** Text of the same stream goes on in the last of the collected, so that the streams keep their order. */
function textToJoin(run: Run, name: StreamName): Text | undefined {
  const isOfStream = (text: Text): boolean => text.name === name;
  if (run.changes > streamsInOrder) return run.texts.find(isOfStream);
  const last = run.texts.at(-1);
  return last && isOfStream(last) ? last : undefined;
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
