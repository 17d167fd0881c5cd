import { writeSync } from "node:fs";
import type { SessionEvent } from "./protocol.ts";

const eventsFd = 3;

/**
 * Sends an event to the kernel process, at once and in order, also while the main thread is busy. When the kernel
 * reads slowly this waits, so that a flood of output cannot fill the memory.
 */
export function emit(event: SessionEvent): void {
  writeAll(eventsFd, `${JSON.stringify(event)}\n`);
}

/** Writes all of it, or nothing when the other side is gone; the process then ends by itself. */
function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(fd, bytes, written);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "EAGAIN") return;
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}

const pause = new Int32Array(new SharedArrayBuffer(4));
