import type { Origin } from "../errors.ts";

/**
 * Remembers where in the user's code a step is made. V8 takes the frames at once, which is cheap, and writes them as
 * text only when `stack` is read.
 */
export function here(): Origin {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = framesKept;
  const origin: { stack?: string } = {};
  Error.captureStackTrace(origin, here);
  Error.stackTraceLimit = limit;
  return origin;
}

// A step passes two or three frames of this folder before it comes to the user's.
const framesKept = 8;
