import { writeSync } from "node:fs";

/** Bytes on their way to the kernel process, and how many of them have left. */
export type Outgoing = { bytes: Uint8Array; written: number };

const eventsFd = 3;

/**
 * Writes all that is left, or nothing when the other side is gone; the process then ends by itself. An interrupt that
 * ends it ends it before or after a write, never between the write and its count: called again it goes on from there.
 */
export function writeOut(outgoing: Outgoing): void {
  while (outgoing.written < outgoing.bytes.length) {
    try {
      outgoing.written += writeSync(eventsFd, outgoing.bytes, outgoing.written);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EAGAIN") Atomics.wait(pause, 0, 0, 1);
      // Neither the other side's end: what ended the write is an interrupt's, or a stack without room.
      else if (typeof code !== "string" || !code.startsWith("E") || code.startsWith("ERR_")) throw error;
      else outgoing.written = outgoing.bytes.length;
    }
  }
}

const pause = new Int32Array(new SharedArrayBuffer(4));
