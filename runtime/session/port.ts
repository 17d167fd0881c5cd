import { type Batch, createBatch } from "./batch.ts";
import { sentinel } from "./interrupt.ts";
import { type Outgoing, writeOut } from "./outgoing.ts";
import type { RunId, SessionEvent, StreamName } from "./protocol.ts";

/** So many texts may be written in so long; each more is part of a flood, in which texts are collected. */
const singleTexts = 50;
const withinMs = 20;
/** In a flood the collected text is sent as often. */
const betweenBatchesMs = 15;

/** What is being written. Its fields are set without a call in between: an interrupt ends any call at any point. */
const outgoing: Outgoing = { bytes: new Uint8Array(), written: 0 };

/**
 * Sends an event to the kernel process, at once and in order, also while the main thread is busy. When the kernel
 * reads slowly this waits, so that a flood of output cannot fill the memory. In a flood of texts they are collected, and
 * sent 50 times a second.
 */
export function emit(event: SessionEvent): void {
  if (event.type === "stream" && isOfFlood()) collect(event.run, event.name, event.text);
  else sendNow(event);
}

function sendNow(event: SessionEvent): void {
  // A flood of one cell is none of the next.
  if (event.type === "done") {
    isFlood = false;
    texts = 0;
  }
  // Made first: a getter of the user's that prints would come in between.
  const bytes = encode(event);
  batch?.lock();
  sendCollected();
  outgoing.bytes = bytes;
  outgoing.written = 0;
  writeOut(outgoing);
  batch?.unlock();
}

let begunMs = 0;
let texts = 0;
let isFlood = false;

function isOfFlood(): boolean {
  const nowMs = performance.now();
  if (nowMs - begunMs > withinMs) {
    isFlood = texts > singleTexts && nowMs - begunMs < 2 * withinMs;
    begunMs = nowMs;
    texts = 0;
  }
  texts += 1;
  return isFlood || texts > singleTexts;
}

let batch: Batch | undefined;
let sentMs = 0;

function collect(run: RunId, name: StreamName, text: string): void {
  const watcher = sentinel();
  if (watcher === undefined) {
    sendNow({ type: "stream", run, name, text });
    return;
  }
  if (batch === undefined) {
    batch = createBatch();
    flushBeforeTheEnd();
  }
  batch.lock();
  if (!batch.takes(run, name, text) || performance.now() - sentMs > betweenBatchesMs) sendCollected();
  if (batch.takes(run, name, text)) {
    batch.add(run, name, text);
    // When the cell goes on without writing, the sentinel sends what is left.
    if (!batch.isWatched()) {
      watcher.watch(batch.memory);
      batch.setWatched(true);
    }
  } else {
    outgoing.bytes = encode({ type: "stream", run, name, text });
    outgoing.written = 0;
    writeOut(outgoing);
  }
  batch.unlock();
}

/** Where JavaScript ends the process. What native code ends, loses the texts of the last milliseconds of a flood. */
function flushBeforeTheEnd(): void {
  process.on("exit", flush);
  const { abort, kill } = process;
  process.abort = () => {
    flush();
    return abort();
  };
  process.kill = (pid, signal) => {
    if (pid === process.pid) flush();
    return kill.call(process, pid, signal);
  };
}

function flush(): void {
  batch?.lock();
  sendCollected();
  batch?.unlock();
}

/** First what an interrupt kept from being written, then what is collected. Under the batch's lock. */
function sendCollected(): void {
  writeOut(outgoing);
  const event = batch?.event();
  if (batch === undefined || event === undefined) return;
  const { header, lengthAt } = batch;
  const bytes = encode(event);
  // From here the text is in `outgoing`, and nowhere else.
  outgoing.bytes = bytes;
  outgoing.written = 0;
  header[lengthAt] = 0;
  sentMs = performance.now();
  writeOut(outgoing);
}

const { stringify } = JSON;
const encode = (event: SessionEvent): Uint8Array => Buffer.from(`${stringify(event)}\n`);
