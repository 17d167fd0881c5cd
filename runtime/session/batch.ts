import type { RunId, SessionEvent, StreamName } from "./protocol.ts";

/**
 * Text of one run and one stream that waits to be sent, in memory that the main thread and the sentinel share: while
 * the main thread computes, the sentinel sends it. Whoever holds the lock may look at it and write to the kernel.
 *
 * An interrupt may end the main thread's work at any point, also under the lock. So only the sentinel is waited for: the
 * main thread that finds its own lock has it; and each change is complete with one last store.
 */
export type Batch = {
  readonly memory: SharedArrayBuffer;
  /** Set to 0, the element `lengthAt` empties the batch. */
  readonly header: Int32Array<SharedArrayBuffer>;
  readonly lengthAt: number;
  lock(): void;
  /** False when the main thread has the lock; for the sentinel. */
  tryLock(): boolean;
  unlock(): void;
  takes(run: RunId, name: StreamName, text: string): boolean;
  add(run: RunId, name: StreamName, text: string): void;
  /** What is collected. */
  event(): SessionEvent | undefined;
  /** How often something was added, for the sentinel to see whether that goes on. */
  additions(): number;
  isWatched(): boolean;
  setWatched(isWatched: boolean): void;
};

const at = { owner: 0, length: 1, run: 2, stream: 3, watched: 4, additions: 5 };
const owner = { nobody: 0, mainThread: 1, sentinel: 2 };
const headerBytes = 64;
/** In UTF-16 units, which keep any text as it is. */
const capacity = 1 << 16;
const streams: readonly StreamName[] = ["stdout", "stderr"];

export function createBatch(memory: SharedArrayBuffer = new SharedArrayBuffer(headerBytes + 2 * capacity)): Batch {
  const header = new Int32Array(memory, 0, headerBytes / 4);
  const units = Buffer.from(memory, headerBytes);
  return {
    memory,
    header,
    lengthAt: at.length,
    lock() {
      for (;;) {
        if (Atomics.compareExchange(header, at.owner, owner.nobody, owner.mainThread) !== owner.sentinel) return;
        Atomics.wait(header, at.owner, owner.sentinel);
      }
    },
    tryLock: () => Atomics.compareExchange(header, at.owner, owner.nobody, owner.sentinel) === owner.nobody,
    unlock() {
      Atomics.store(header, at.owner, owner.nobody);
      Atomics.notify(header, at.owner);
    },
    takes(run, name, text) {
      const length = header[at.length] as number;
      if (length === 0) return text.length <= capacity;
      return (
        length + text.length <= capacity && header[at.run] === run && streams[header[at.stream] as number] === name
      );
    },
    add(run, name, text) {
      const length = header[at.length] as number;
      header[at.run] = run;
      header[at.stream] = streams.indexOf(name);
      units.write(text, 2 * length, "utf16le");
      header[at.additions] = (header[at.additions] as number) + 1;
      header[at.length] = length + text.length;
    },
    event() {
      const length = header[at.length] as number;
      if (length === 0) return undefined;
      const name = streams[header[at.stream] as number] as StreamName;
      return { type: "stream", run: header[at.run] as number, name, text: units.toString("utf16le", 0, 2 * length) };
    },
    additions: () => header[at.additions] as number,
    isWatched: () => header[at.watched] === 1,
    setWatched(isWatched) {
      header[at.watched] = isWatched ? 1 : 0;
    },
  };
}
