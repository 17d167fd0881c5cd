import { fileURLToPath } from "node:url";
import { type Origin, QuernError } from "../errors.ts";

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

/**
 * Gives an error of Quern's the stack that its reader wants: the step that is at fault and the action that ran it, in
 * the user's own code, in place of frames of ours.
 */
export function showPlaces(error: unknown, action: Origin): void {
  if (!(error instanceof QuernError) || shown.has(error)) return;
  const frames = new Set([...userFrames(error.origin), ...userFrames(action)]);
  // Who knows more may say so later.
  if (frames.size === 0) return;
  shown.add(error);
  const stack = [`${error.name}: ${error.message}`, ...frames].join("\n");
  Object.defineProperty(error, "stack", { value: stack, writable: true, configurable: true, enumerable: false });
}

const shown = new WeakSet<QuernError>();

const runtimeFolder = new URL("..", import.meta.url);
const internal = ["(node:", "at node:", "at async node:", runtimeFolder.href, fileURLToPath(runtimeFolder)];

function userFrames(origin: Origin | undefined): string[] {
  const lines = (origin?.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const isUsers = (line: string | undefined) => line === undefined || !internal.some((part) => line.includes(part));
  // A built-in function (`Array.map`) belongs to those who call it and whom it calls.
  const isWithin = (index: number) =>
    isUsers(lines.slice(0, index).findLast(isNamed)) && isUsers(lines.slice(index + 1).find(isNamed));
  return lines.filter((line, index) => (isNamed(line) ? isUsers(line) : isWithin(index)));
}

const isNamed = (line: string): boolean => !line.endsWith("<anonymous>)");
